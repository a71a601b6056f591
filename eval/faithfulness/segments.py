"""Cut an answer into statements: the guide's own spans and every gap between them, sentence by sentence.

The text is read here, whole: a sentence the guide leaves out of its `claims` is checked all the same.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from eval.answer import Span
from eval.text.fold import MARK

_NUMBERS = re.compile(r"\[(\d+)\]")
_END = re.compile(
    r"(?:[.!?]+[\"”’)]*(?=\s|$)|[。！？；!?]+[\"”」』）]*)(?:\s*\[\d+\])*|(?:\[\d+\])+(?=\s*\n)|\n+",
)
_ABBREVIATION = re.compile(r"\b(?:no|approx|e\.g|i\.e|vs|inc|ltd|st|dr|mr|mrs|etc|oz|lbs?|ft|in)\.$", re.IGNORECASE)
_ANSWER_WORD = re.compile(r"\s*(?:yes|no)[.!]", re.IGNORECASE)
# What is quoted is one piece with the words that lead to it.
_QUOTED = re.compile(r"“[^”\n]*”|「[^」\n]*」|『[^』\n]*』")
_LEADING_MARKS = re.compile(r"\s*((?:\[\d+\]\s*)+)")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)）])\s*")


class Segment(NamedTuple):
    """One statement without its marks; `start` and `end` are code points of the answer's text."""

    text: str
    start: int
    end: int
    citations: frozenset[int]


def split(text: str, spans: list[Span]) -> list[Segment]:
    """The statements of a text in order; blank ones are left out."""
    cuts = {0, len(text)}
    for span in spans:
        cuts |= {min(max(at, 0), len(text)) for at in (span.start, span.end)}
    edges = sorted(cuts)
    pieces = [piece for start, end in itertools.pairwise(edges) for piece in _sentences(text, start, end)]
    segments: list[Segment] = []
    for start, end in _marks_join_what_they_follow(text, pieces):
        segment = _segment(text, start, end, spans)
        if segment:
            segments.append(segment)
    return segments


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    for match in _END.finditer(text, start, end):
        said = text[at : match.end()]
        if _ABBREVIATION.search(said) or _ANSWER_WORD.fullmatch(said):
            continue
        if any(opened <= match.start() and match.end() < closed for opened, closed in quoted):
            continue
        yield at, match.end()
        at = match.end()
    if at < end:
        yield at, end


def _marks_join_what_they_follow(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`A. [1] B.` cites [1] for A; a piece of marks alone belongs to the one before."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        match = _LEADING_MARKS.match(text, start, end)
        if match and joined:
            joined[-1] = (joined[-1][0], match.end())
            if match.end() < end:
                joined.append((match.end(), end))
        else:
            joined.append((start, end))
    return joined


def _segment(text: str, start: int, end: int, spans: list[Span]) -> Segment | None:
    raw = text[start:end]
    said = MARK.sub("", _BULLET.sub("", raw)).strip()
    if not any(char.isalnum() for char in said):
        return None
    marks = {int(number) for number in _NUMBERS.findall(raw)}
    for span in spans:
        if span.start < end and start < span.end:
            marks |= set(span.citations)
    return Segment(said, start, end, frozenset(marks))
