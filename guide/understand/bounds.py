"""Words that turn a number into a limit: at most, 以上, around, between … and …; shared by money and measures.

A caller replaces each number it cares for by MARK and matches these patterns, so that no rule parses numbers again.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from guide.understand.text import Span

MARK = "\ue000"
NEAR = 0.15
"""左右, around: this share above and below (a shopper who says about 2000 looks at 1700 to 2300)."""

_BEFORE_MAX = (
    r"(?:\bfor )?(?:under|below|less than)|cheaper than|at most|up to|no(?:t)? more than|within|max(?:imum)?(?: of)?|"
    r"beneath|lower than|"
    r"lighter than|smaller than|shorter than|quieter than|"
    r"不超过|不要超过|别超过|不高于|低于|少于|最多|最高|不到|小于|不大于|便宜于"
)
_AFTER_MAX = (
    r"以内|之内|以下|之下|及以下|内(?![存置衣胆容部])|封顶|or (?:less|under|below|cheaper|lighter)|max\b|tops\b|at most"
)
_BEFORE_MIN = (
    r"over|above|more than|at least|no less than|not less than|starting (?:at|from)|min(?:imum)?(?: of)?|greater than|"
    r"longer than|larger than|bigger than|不低于|不少于|高于|超过|至少|大于|最少|起码"
)
_AFTER_MIN = (
    r"以上|及以上|起步|起(?!来|床)|往上|or (?:more|above|over|longer|larger|better)|and (?:up|above|over)|plus\b|\+"
)
_BEFORE_NEAR = r"around|about|approximately|approx\.?|roughly|circa|~|大概|大约|约|差不多|接近"
_AFTER_NEAR = r"左右|上下|or so|ish\b|前后"
_GAP = r"\s*(?:的|是|在|(?:只|能|想)*花|to|of)?\s*"

_PATTERNS = (
    ("range", re.compile(rf"\bbetween\s*{MARK}\s*(?:and|to|-)\s*{MARK}", re.IGNORECASE)),
    ("range", re.compile(rf"(?:\bfrom\s*)?{MARK}\s*(?:-|~|–|—|至|到|to)\s*{MARK}(?:\s*(?:之间|以内))?", re.IGNORECASE)),
    ("max", re.compile(rf"(?:{_BEFORE_MAX}){_GAP}(?:about\s*)?{MARK}(?:\s*(?:{_AFTER_MAX}))?", re.IGNORECASE)),
    ("min", re.compile(rf"(?:{_BEFORE_MIN}){_GAP}{MARK}(?:\s*(?:{_AFTER_MIN}))?", re.IGNORECASE)),
    ("max", re.compile(rf"{MARK}\s*(?:{_AFTER_MAX})", re.IGNORECASE)),
    ("min", re.compile(rf"{MARK}\s*(?:{_AFTER_MIN})", re.IGNORECASE)),
    ("near", re.compile(rf"(?:{_BEFORE_NEAR})\s*{MARK}(?:\s*(?:{_AFTER_NEAR}))?", re.IGNORECASE)),
    ("near", re.compile(rf"{MARK}\s*-?(?:{_AFTER_NEAR})", re.IGNORECASE)),
    ("bare", re.compile(MARK)),
)


class Bound(NamedTuple):
    """A limit: its kind (range, max, min, near, bare), which of the marks it uses, and the words [start, end)."""

    kind: str
    marks: tuple[int, ...]
    start: int
    end: int


def read(text: str, numbers: Iterable[Span]) -> list[Bound]:
    """Each of the numbers with the words that limit it; offsets are those of `text`."""
    spans = list(numbers)
    marked, starts, shift = text, [], 0
    for start, end in spans:
        marked = marked[: start - shift] + MARK + marked[end - shift :]
        starts.append(start - shift)
        shift += end - start - 1
    found: list[Bound] = []
    taken: set[int] = set()
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(marked):
            marks = tuple(i for i, at in enumerate(starts) if match.start() <= at < match.end())
            if taken.isdisjoint(marks):
                taken.update(marks)
                found.append(Bound(kind, marks, _back(match.start(), spans), _back(match.end(), spans)))
    return sorted(found, key=lambda bound: bound.start)


def _back(place: int, spans: list[Span]) -> int:
    """A place in the marked text as a place in the text."""
    for start, end in spans:
        if place <= start:
            break
        place += end - start - 1
    return place
