"""Calendar dates in English and Chinese text: 2026-11-24, 2026年11月24日, 24 November 2026, Oct 2026."""

import re
from functools import lru_cache
from typing import NamedTuple

from eval.text.fold import READ_ONCE

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)",
        r"(?:(?P<year>\d{4})\s?年\s?)?(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]",
        r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月",
        rf"\b{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+(?P<year>\d{{4}})\b)?",
        rf"(?<!\d){_DAY}\s+{_MONTH}(?![a-z])(?:,?\s+(?P<year>\d{{4}})\b)?",
        rf"\b{_MONTH},?\s+(?P<year>\d{{4}})\b",
    )
]


class Date(NamedTuple):
    """A date, a year or day of 0 where the text gives none, and where it stands."""

    year: int
    month: int
    day: int
    start: int
    end: int

    def same(self, other: "Date") -> bool:
        """Whether both may mean the same day, as far as they say."""
        return self.month == other.month and all(
            0 in (one, two) or one == two for one, two in ((self.year, other.year), (self.day, other.day))
        )


@lru_cache(maxsize=READ_ONCE)
def dates(text: str) -> tuple[Date, ...]:
    """All dates of a text in order of appearance, the longest reading of each."""
    found: list[Date] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            date = _date(match)
            if date and not any(other.start < date.end and date.start < other.end for other in found):
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def without_dates(text: str) -> str:
    """The text with blanks where its dates stand, so that their numbers are not taken for quantities."""
    for date in dates(text):
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return text


def _date(match: re.Match[str]) -> Date | None:
    groups = match.groupdict()
    name = groups.get("name")
    month = _MONTHS.index(name.lower()) + 1 if name else int(groups["month"])
    day = int(groups.get("day") or 0)
    return Date(int(groups["year"] or 0), month, day, *match.span()) if 1 <= month <= 12 and day <= 31 else None
