"""Words that turn a number into a limit: at most, 以上, around, between … and …; shared by money and measures.

A caller replaces each number it cares for by MARK and matches these patterns, so that no rule parses numbers again.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from guide.understand.rules import EDGE, load
from guide.understand.text import Span

MARK = "\ue000"
NEAR = 0.15
"""左右, around: this share above and below (a shopper who says about 2000 looks at 1700 to 2300)."""

OVER = 0.25
"""多, 出头, just over: from the number up to this share above it."""

_WORDS = {name: f"(?:{'|'.join(lines)})" for name, lines in load("bounds").items()}
_GAP = _WORDS["gap"]


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written.format(M=MARK, G=_GAP, **_WORDS).replace(r"\b", EDGE), re.IGNORECASE)


_PATTERNS = (
    ("range", _pattern(r"\b(?:anywhere |somewhere )?between{G}{M}\s*(?:and|to|-|~)\s*{M}")),
    (
        "range",
        _pattern(r"(?:\bfrom\s*|从\s*)?{M}\s*(?:-|~|–|—|至|到|to|或|或者|or)\s*{M}(?:\s*(?:之间|以内|区间|range))?"),
    ),
    ("range", _pattern(r"(?:{before_min}){G}{M}\s*(?:[,,、]|and|but)?\s*(?:{before_max}){G}{M}")),
    ("max", _pattern(r"(?:{before_max}){G}{M}(?:\s*(?:{after_max}))?")),
    ("over", _pattern(r"(?:{over_before}){G}{M}")),
    ("min", _pattern(r"(?:{before_min}){G}{M}(?:\s*(?:{after_min}))?")),
    ("max", _pattern(r"{M}\s*(?:{after_max})")),
    ("min", _pattern(r"{M}\s*(?:{after_min})")),
    ("near", _pattern(r"(?:{before_near}){G}{M}(?:\s*(?:{after_near}))?")),
    ("over", _pattern(r"{M}\s*(?:{over_after})")),
    ("near", _pattern(r"{M}\s*-?(?:{after_near})")),
    ("bare", re.compile(MARK)),
)


class Bound(NamedTuple):
    """A limit: its kind (range, max, min, near, over, bare), which of the marks it uses, and the words [start, end)."""

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
