"""Numbers with units, read out of Chinese and English text."""

import re

import msgspec

from catalog import numerals, units
from catalog.model import Measure
from catalog.units import canonical, render

__all__ = ("Quantity", "canonical", "parse", "render")


class Quantity(msgspec.Struct, frozen=True):
    """A measure and the code points [start, end) it stands in; `upper` is the far end of a range (3-5 年)."""

    value: float
    unit: str
    start: int
    end: int
    upper: float | None = None

    @property
    def measure(self) -> Measure:
        """The value with its unit, without its place."""
        return Measure(self.value, self.unit)


def _alternatives() -> str:
    """Unit names as one pattern; a Latin name must not run on into a word (m in `mouse`), nor 年 into 年轻."""
    latin: list[str] = []
    han: list[str] = []
    for name in units.names():
        (latin if name[-1].isascii() and name[-1].isalnum() else han).append(re.escape(name))
    return rf"(?:(?:{'|'.join(latin)})(?![A-Za-z0-9])|(?:{'|'.join(han)}))"


_UNIT = re.compile(rf"[\s-]?个?(?P<half>半)?(?P<name>{_alternatives()})(?P<after>半)?", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[-~–—至到]|to|and)\s*")
# Written with one letter, these are something else more often than a unit: 5G network, a 16T model, size 2M, 3D.
_MEMORY = re.compile(r"\s?(?P<size>[GT])(?:\b|(?=[^\x00-\x7f]))")
_MEMORY_AFTER = re.compile(r"\s*(?:内存|运存|显存|存储|储存|硬盘|固态|RAM|memory|storage|SSD|HDD|drive)", re.IGNORECASE)
_NETWORKS = {2.0, 2.4, 3.0, 4.0, 5.0}
_RISKY = {"d", "t", "A", "a", "D", "T", "M", "S", "s", "H", "in", "pack", "转"}
_YEARS = range(1900, 2101)


def parse(text: str) -> list[Quantity]:
    """Every number with a unit, left to right: 两个半小时, 10-15 inches, 1.5万毫安时, 17", 16G.

    Symbols are those of `catalog.units`. A bare number is not a quantity, and neither is 2024年 or 5G.
    """
    numbers, found, i = numerals.find(text), [], 0
    while i < len(numbers):
        quantity, used = _read(text, numbers[i : i + 3])
        if quantity is not None:
            found.append(quantity)
        i += used
    return found


def _read(text: str, numbers: list[numerals.Number]) -> tuple[Quantity | None, int]:
    first, second = numbers[0], numbers[1] if len(numbers) > 1 else None
    if second is not None and _TO.fullmatch(text, first.end, second.start) and _is_range(text, first, second):
        far = _single(text, second)
        if far is not None and far.value >= first.value:
            return msgspec.structs.replace(far, value=first.value, upper=far.value, start=first.start), 2
    one = _single(text, first)
    skipped = sum(number.start < one.end for number in numbers) if one is not None else 1
    # The near end of a range may carry its unit too: 3 年到 5 年.
    if one is not None and skipped < len(numbers) and _TO.fullmatch(text, one.end, numbers[skipped].start):
        far = _single(text, numbers[skipped])
        if far is not None and far.unit == one.unit and far.value >= one.value and _is_range(text, one, far):
            return msgspec.structs.replace(one, upper=far.value, end=far.end), skipped + 1
    return one, skipped


def _is_range(text: str, near: numerals.Number | Quantity, far: numerals.Number | Quantity) -> bool:
    """`and` joins the ends of a range only after `between`; elsewhere it lists two things."""
    return "and" not in text[near.end : far.start] or text[: near.start].rstrip().lower().endswith("between")


def _single(text: str, number: numerals.Number) -> Quantity | None:
    memory = _MEMORY.match(text, number.end)
    if memory:
        known = number.value not in _NETWORKS and memory["size"] == "G"
        if known or _MEMORY_AFTER.match(text, memory.end()):
            return Quantity(number.value, memory["size"] + "B", number.start, memory.end("size"))
        return None
    match = _UNIT.match(text, number.end)
    if match is None or not _plausible(text, number, match):
        return None
    half = 0.5 if match["half"] or match["after"] else 0.0
    return Quantity(number.value + half, units.symbol(match["name"]), number.start, match.end(), number.upper)


def _plausible(text: str, number: numerals.Number, match: re.Match[str]) -> bool:
    name = match["name"]
    if (
        not units.symbol(name)
        or name in _RISKY
        or (name in {"h", "m"} and text[number.end : match.start("name")] == "-")
    ):
        return False
    return not (name == "年" and number.value in _YEARS)
