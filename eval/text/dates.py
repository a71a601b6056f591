"""Calendar dates in English and Chinese text: 2026-11-24, 2026年11月24日, 24 November 2026, Oct 2026."""

import re
from functools import lru_cache
from typing import NamedTuple

from eval.text.blank import blank
from eval.text.fold import READ_ONCE

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENDINGS = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "t(?:ember)?", "ober", "ember", "ember")
_NAMES = "|".join(f"{month}(?:{ending})?" for month, ending in zip(_MONTHS, _ENDINGS, strict=True))
_MONTH = rf"(?P<name>{_NAMES})(?![a-z])\.?"
# The time of day goes with its date.
_TIME = r"(?:\s*(?:,|at)?\s*(?P<time>\d{1,2}:\d{2})(?::\d{2})?(?:\s?(?:UTC|GMT|Z)\b)?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
        r"(?:T(?P<time>\d{2}:\d{2})[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d){_TIME}",
        r"(?:(?P<year>\d{4})\s?年\s?)?(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]" + _TIME,
        r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月",
        rf"\b{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+(?P<year>\d{{4}})\b)?{_TIME}",
        rf"(?<!\d){_DAY}\s+{_MONTH}(?:,?\s+(?P<year>\d{{4}})\b)?{_TIME}",
        rf"\b{_MONTH},?\s+(?P<year>\d{{4}})\b",
    )
]


class Date(NamedTuple):
    """A date, a year or day of 0 and a time of "" where the text gives none, and where it stands."""

    year: int
    month: int
    day: int
    start: int
    end: int
    time: str = ""

    def same(self, other: "Date") -> bool:
        """Whether both may mean the same day and time, as far as they say."""
        pairs = ((self.year, other.year), (self.day, other.day), (self.time, other.time))
        return self.month == other.month and all(not one or not two or one == two for one, two in pairs)


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
    return blank(text, dates(text))


def _date(match: re.Match[str]) -> Date | None:
    groups = match.groupdict()
    name = groups.get("name")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(groups["month"])
    day = int(groups.get("day") or 0)
    time = time_.zfill(5) if (time_ := groups.get("time")) else ""
    return Date(int(groups["year"] or 0), month, day, *match.span(), time) if 1 <= month <= 12 and day <= 31 else None
