"""What an answer has to say of an attribute value, in any unit and either language."""

from collections.abc import Iterable
from decimal import Decimal

from catalog.model import AttributeValue, Measure
from eval.generate.amounts import plain
from eval.text.units import UNITS

_SMALLEST, _LARGEST = Decimal("0.1"), Decimal(10_000)
_DECIMALS = 3
"""Nobody converts 196 g into 0.000196 t or a year into minutes: a conversion has to be a short number."""
_ALSO = {"year": ("岁", "周岁"), "years": ("岁", "周岁")}
"""Units that go by another name where the measure is an age."""
_TELLING, _LETTERS = 10, 3
"""The least number, and the fewest Latin letters, that do not stand in every text."""


def musts(values: Iterable[AttributeValue]) -> list[str | list[str]]:
    """`must` entries for one value that records state in one or two languages; [] where text cannot tell it.

    Lists give an entry an item; plain numbers and yes/no values are not told from other numbers and words.
    """
    said = list(values)
    if all(isinstance(value, list) for value in said):
        lists = [value for value in said if isinstance(value, list)]
        if len({len(items) for items in lists}) != 1:
            return []
        return [_entry(group) for group in zip(*lists, strict=True)]
    if any(isinstance(value, bool | int | float | list) for value in said) or any(map(_is_short, said)):
        return []
    return [_entry(said)]


def _is_short(value: AttributeValue) -> bool:
    """Whether a value says so little that it stands in any other text: M, 大, 0 months."""
    if isinstance(value, Measure):
        return value.value == 0
    return isinstance(value, str) and len(value) < (_LETTERS if value.isascii() else 2)


def measured(value: Measure) -> list[str]:
    """A measure in its own unit and in every other one that gives a short number: 1.2 kg, 1200 g, 1.2公斤.

    Of pieces the number is enough where it has several digits: 104 keys.
    """
    number = Decimal(str(value.value))
    own = value.unit.strip()
    canonical, factor = UNITS.get(own.lower(), ("", 1.0))
    said = [f"{plain(number)}{own}"]
    if canonical == "count" and number >= _TELLING:
        return [plain(number)]
    said += [f"{plain(number)}{word}" for word in _ALSO.get(own.lower(), ())]
    for spelling, (unit, other) in UNITS.items():
        if unit != canonical:
            continue
        converted = number * Decimal(str(factor)) / Decimal(str(other))
        short = round(converted, _DECIMALS)
        if abs(converted - short) < Decimal("1e-9") and _SMALLEST <= short <= _LARGEST:
            said.append(f"{plain(short)}{spelling}")
    return _shortest(said)


def _entry(values: Iterable[AttributeValue]) -> str | list[str]:
    said: list[str] = []
    for value in values:
        said += measured(value) if isinstance(value, Measure) else [str(value)]
    return _shortest(said)


def _shortest(said: list[str]) -> list[str]:
    """Without spellings that another one begins (196g stands in 196grams), in order."""
    folded = list(dict.fromkeys(text.casefold() for text in said))
    return [text for text in folded if not any(text != other and text.startswith(other) for other in folded)]
