"""Prices, measures and plain numbers in a text, in a form that compares."""

import re
from typing import Literal

import msgspec

from catalog import numerals, quantity

Kind = Literal["price", "measure", "bare"]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number as it was written; `unit` is canonical for a measure and lists currencies for a price."""

    kind: Kind
    start: int
    end: int
    written: float
    """The number itself, before any conversion."""
    value: float
    """In the canonical unit."""
    unit: str = ""
    spelled: str = ""
    """The unit as it was written, its symbol."""
    upper: float | None = None
    """The far end of a range, in the canonical unit."""


# ¥ and $ are shared by several currencies; a price is right when one of them is the record's.
_BEFORE = (("US$", "USD"), ("HK$", "HKD"), ("CNY", "CNY"), ("RMB", "CNY"), ("USD", "USD"), ("EUR", "EUR"),
           ("GBP", "GBP"), ("JPY", "JPY"), ("¥", "CNY JPY"), ("$", "USD HKD AUD CAD SGD TWD NZD"),
           ("€", "EUR"), ("£", "GBP"))  # fmt: skip
_AFTER = re.compile(
    r"\s?(?:(?P<CNY>人民币|元|块钱|块(?![^\s]*块)|CNY|RMB|yuan)|(?P<USD>美元|美金|刀|USD|US dollars?|dollars?|bucks)"
    r"|(?P<EUR>欧元|EUR|euros?)|(?P<GBP>英镑|GBP)|(?P<JPY>日元|JPY|yen)|(?P<HKD>港币|港元|HKD))(?![A-Za-z])",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:[-~–—至到]|to|and)\s*")
# 一款, 十分 and 第二 are no counts; 三款 and "three options" are.
_COUNTED = re.compile(r"\s?[款个种件项条台部双支瓶盒样]|[\s-](?=[a-z]{3,}s\b)|\s(?=of\b|are\b)")
_WORDY = 2


def read(text: str) -> list[Figure]:
    """Every number that states something, left to right; digits inside model names (N20, 5G) are none."""
    numbers = numerals.find(text)
    prices = _prices(text, numbers)
    measures = [_measure(found) for found in quantity.parse(text) if not _overlaps(found, prices)]
    measures = [found for found in measures if not (found.spelled == "piece" and found.written == 1)]
    known = [*prices, *measures]
    bare = [_bare(text, n) for n in numbers if not _overlaps(n, known) and _states(text, n)]
    return sorted([*known, *bare], key=lambda figure: figure.start)


def _prices(text: str, numbers: list[numerals.Number]) -> list[Figure]:
    currencies = [_currency(text, number) for number in numbers]
    for i, number in enumerate(numbers[1:], 1):  # 100 到 200 元, ¥99-199: both ends are prices
        if _TO.fullmatch(text, numbers[i - 1].end, number.start):
            currencies[i - 1] = currencies[i - 1] or currencies[i]
            currencies[i] = currencies[i] or (currencies[i - 1] if not _unit_follows(text, number) else "")
    return [
        Figure(kind="price", start=n.start, end=n.end, written=n.value, value=n.value, unit=unit, upper=n.upper)
        for n, unit in zip(numbers, currencies, strict=True)
        if unit
    ]


def _currency(text: str, number: numerals.Number) -> str:
    before = text[: number.start].rstrip(" ")
    for sign, currency in _BEFORE:
        if before.upper().endswith(sign):
            return currency
    match = _AFTER.match(text, number.end)
    return match.lastgroup or "" if match else ""


def _unit_follows(text: str, number: numerals.Number) -> bool:
    return any(found.start == number.start for found in quantity.parse(text))


def _measure(found: quantity.Quantity) -> Figure:
    value, unit = quantity.canonical(found.measure)
    upper = None
    if found.upper is not None:
        upper = quantity.canonical(msgspec.structs.replace(found, value=found.upper).measure)[0]
    return Figure(
        kind="measure", start=found.start, end=found.end, written=found.value, value=value, unit=unit,
        spelled=found.unit, upper=upper,
    )  # fmt: skip


def _bare(text: str, number: numerals.Number) -> Figure:
    counted = "piece" if _COUNTED.match(text, number.end) else ""
    return Figure(
        kind="bare", start=number.start, end=number.end, written=number.value, value=number.value, spelled=counted
    )


def _states(text: str, number: numerals.Number) -> bool:
    after = text[number.end : number.end + 1]
    if text[number.start].isascii() and text[number.start].isdigit():
        return not (after.isascii() and after.isalpha())
    if number.value < _WORDY or text[: number.start].endswith("第"):
        return False
    return _COUNTED.match(text, number.end) is not None


def _overlaps(span: numerals.Number | quantity.Quantity, others: list[Figure]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
