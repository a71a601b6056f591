"""Whether what was read is what had to be read."""

import math
from typing import Any

from bench.understanding.expected import readings
from bench.understanding.normal import Normaliser
from guide.understand.text import one_spelling

_SAME = 0.01 + 1e-9
"""Numbers that differ by less than this share are one (docs/design/understanding.md)."""
_ABOUT = 0.30
"""How far from the value a band around it may reach at either end."""


def matches(expect: dict[str, Any], read: dict[str, Any], normal: Normaliser) -> bool:
    """Whether any of the readings that are right is the one that was read."""
    return any(_equal(normal(wanted), normal(read), "type" in _named(wanted)) for wanted in readings(expect))


def _named(wanted: dict[str, Any]) -> set[str]:
    return {*wanted.get("attributes", {}), *wanted.get("not_attributes", {})}


def _equal(wanted: dict[str, Any], read: dict[str, Any], typed: bool) -> bool:
    """`type` is the wanted noun once more: it is compared only where the case names it."""
    if not typed:
        read = {**read, "attributes": {k: v for k, v in read.get("attributes", {}).items() if k != "type"}}
    keys = {key for key in (*wanted, *read) if wanted.get(key) or read.get(key)}
    return all(_same(key, wanted.get(key), read.get(key)) for key in keys)


def _same(key: str, wanted: Any, read: Any) -> bool:
    if wanted is None or read is None:
        return False
    if key == "price":
        return wanted["currency"] == read["currency"] and _price(wanted, read)
    if key == "without":
        return _words(wanted, read)
    if key in {"attributes", "not_attributes"}:
        return wanted.keys() == read.keys() and all(_value(wanted[name], read[name]) for name in wanted)
    return _value(wanted, read)


def _price(wanted: dict[str, Any], read: dict[str, Any]) -> bool:
    about = wanted.get("about")
    if about is None:
        return all(_value(wanted.get(end), read.get(end)) for end in ("min", "max"))
    low, high = read.get("min"), read.get("max")
    if low is None or high is None:
        return False
    least, most = about * (1 - _ABOUT), about * (1 + _ABOUT)
    return bool(least * (1 - _SAME) <= low <= about <= high <= most * (1 + _SAME))


def _words(wanted: list[str], read: list[str]) -> bool:
    """Each thing denied was read, in more words or fewer, and nothing else was."""
    said, found = ([one_spelling(text).casefold() for text in texts] for texts in (wanted, read))
    return all(any(a in b or b in a for b in found) for a in said) and all(
        any(a in b or b in a for a in said) for b in found
    )


def _value(wanted: Any, read: Any) -> bool:
    if isinstance(wanted, dict) and isinstance(read, dict):
        return wanted.keys() == read.keys() and all(_value(wanted[key], read[key]) for key in wanted)
    if isinstance(wanted, bool) or isinstance(read, bool):
        return wanted is read
    if isinstance(wanted, int | float) and isinstance(read, int | float):
        return math.isclose(wanted, read, rel_tol=_SAME)
    return bool(wanted == read)
