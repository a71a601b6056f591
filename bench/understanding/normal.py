"""One shape for what can be said in several: units, spellings of a value, a yes/no wished for or refused.

- A measure is in the canonical unit of its dimension; `["256GB"]` is the range from 256 to 256 GB.
- A value in either language is the value of the shop; beside a value, kinds of it (304 stainless steel) add nothing.
- Refusing what is yes or no wishes for its opposite.
- `gender` men or women is the audience man or woman.
- An age that both ends name is its upper end: a thing for three-year-olds suits from three or earlier.
"""

from typing import Any

from catalog import lexicon
from catalog.model import Measure, as_measure
from catalog.quantity import canonical, parse
from guide.understand import Shop
from guide.understand.text import one_spelling

_GENDERS = {"men": "man", "women": "woman", "kids": "child"}
_EITHER = "unisex"


class Normaliser:
    """Readings over one shop, made comparable."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def __call__(self, reading: dict[str, Any]) -> dict[str, Any]:
        """A plain reading (no `any`) with lists as sets and one shape for each thing; ordered lists stay lists."""
        found = dict(reading)
        for key in ("brand", "not_brand", "category", "audience", "occasion"):
            found[key] = frozenset(_listed(reading.get(key)))
        wanted = {key: self._value(key, value) for key, value in reading.get("attributes", {}).items()}
        refused = {key: self._value(key, value) for key, value in reading.get("not_attributes", {}).items()}
        wanted |= {key: not value for key, value in refused.items() if isinstance(value, bool)}
        found["not_attributes"] = {key: value for key, value in refused.items() if not isinstance(value, bool)}
        gender = wanted.get("gender")
        if isinstance(gender, frozenset) and {_EITHER} < gender | {_EITHER} <= {*_GENDERS, _EITHER}:
            found["audience"] |= {_GENDERS[name] for name in gender - {_EITHER}}
            del wanted["gender"]
        found["attributes"] = wanted
        return found

    def _value(self, key: str, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, dict):
            return _range(key, value)
        values = _listed(value)
        if len(values) == 1 and isinstance(values[0], bool):
            return values[0]
        if len(values) == 1 and (measure := _measure(values[0])) is not None:
            return _range(key, {"min": measure.value, "max": measure.value, "unit": measure.unit})
        named = frozenset(self._named(key, str(one)) for one in values)
        return frozenset(one for one in named if not any(one != other and one.endswith(other) for other in named))

    def _named(self, key: str, value: str) -> str:
        spelling = lexicon.fold(one_spelling(value))
        stated = [name for of, name in self._shop.values.get(spelling, ()) if of == key]
        return lexicon.fold(stated[0] if stated else lexicon.value(one_spelling(value)))


def _range(key: str, value: dict[str, Any]) -> dict[str, float]:
    unit = value.get("unit") or ""
    ends = {name: canonical(Measure(value[name], unit))[0] for name in ("min", "max") if value.get(name) is not None}
    if key == "suitable_age" and ends.get("min") == ends.get("max"):
        del ends["min"]
    return ends


def _measure(value: Any) -> Measure | None:
    if not isinstance(value, str) or not value[:1].isdigit():
        return as_measure(value) if not isinstance(value, str) else None
    found = parse(value)
    whole = len(found) == 1 and found[0].end - found[0].start == len(value)
    return found[0].measure if whole else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
