"""The plain readings that a case takes for right: every choice of its `any`."""

from collections.abc import Iterator
from itertools import product
from typing import Any


def readings(expect: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each combination of alternatives, without the intent and without what may be left out."""
    wanted = {key: list(_choices(value)) for key, value in expect.items() if key != "intent"}
    for chosen in product(*wanted.values()):
        yield {key: value for key, value in zip(wanted, chosen, strict=True) if value is not None}


def _choices(value: Any) -> Iterator[Any]:
    """The alternatives of a value; those of an attribute's value become alternatives of the whole mapping."""
    if isinstance(value, dict) and "any" in value:
        for one in value["any"]:
            yield from _choices(one)
    elif isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
        inner = {key: list(_choices(one)) for key, one in value.items()}
        for chosen in product(*inner.values()):
            yield {key: one for key, one in zip(inner, chosen, strict=True) if one is not None}
    else:
        yield value
