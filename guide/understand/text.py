"""The question as the readers see it: one spelling, and every short phrase of it ready for look-ups."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from catalog.language import simplify
from catalog.lexicon import fold, singular

Span: TypeAlias = tuple[int, int]
T = TypeVar("T")

_LONGEST = 600
"""Code points that are read; a question that goes on longer has said what it wants by then."""
_UNITS_IN_A_PHRASE = 8
_UNIT = re.compile(r"[A-Za-z0-9]+(?:[.'’][A-Za-z0-9]+)*\+*|&|[\u3400-\u9fff]")
_GAP = re.compile(r"[\s_\-‐‑–—/]*")
_LEFTOVER = re.compile(r"\s*([,，、;；]\s*)+")
_EDGES = " ,，、;；.。:：!！?？-"


_SHORT = (
    (re.compile(r"(?<![A-Za-z])w/o\s?(?=[A-Za-z])", re.IGNORECASE), "without "),
    (re.compile(r"(?<![A-Za-z0-9])w(?:/\s?|\s)(?=[A-Za-z0-9])", re.IGNORECASE), "with "),
    (
        re.compile(r"(?<![A-Za-z])(do|does|is|are|should|would|could|did|has|have)nt(?![A-Za-z])", re.IGNORECASE),
        r"\1n't",
    ),
)
"""What is typed in short, as the rules spell it."""


class Phrase(NamedTuple):
    """Up to eight neighbouring words or characters: its place, folded as the lexicon folds, and without blanks."""

    start: int
    end: int
    folded: str
    squeezed: str


def one_spelling(text: str) -> str:
    """NFKC, simplified characters."""
    return simplify(unicodedata.normalize("NFKC", text))


def prepare(text: str) -> str:
    """NFKC, simplified characters, single blanks; cut where no reader looks any more."""
    spelled = " ".join(one_spelling(text).split())[:_LONGEST]
    for short, whole in _SHORT:
        spelled = short.sub(whole, spelled)
    return spelled


@lru_cache(512)
def phrases(text: str) -> tuple[Phrase, ...]:
    """Every phrase of the text, the longest first at each place."""
    units, found = list(_UNIT.finditer(text)), []
    for i, first in enumerate(units):
        ends = [first.end()]
        for unit in units[i + 1 : i + _UNITS_IN_A_PHRASE]:
            if _GAP.fullmatch(text, ends[-1], unit.start()) is None:
                break
            ends.append(unit.end())
        for end in reversed(ends):
            folded = fold(text[first.start() : end])
            found.append(Phrase(first.start(), end, folded, folded.replace(" ", "")))
    return tuple(found)


def lookup(phrases: Iterable[Phrase], table: Mapping[str, T]) -> list[tuple[Phrase, T]]:
    """Phrases found in a table of folded names (English ones in the singular too), longest first, none overlapping."""
    hits = []
    for phrase in phrases:
        value = table.get(phrase.folded)
        if value is None:
            value = table.get(singular(phrase.folded))
        if value is not None:
            hits.append((phrase, value))
    hits.sort(key=lambda hit: (hit[0].start - hit[0].end, hit[0].start))
    kept: list[tuple[Phrase, T]] = []
    for phrase, value in hits:
        if all(phrase.end <= other.start or phrase.start >= other.end for other, _ in kept):
            kept.append((phrase, value))
    return sorted(kept, key=lambda hit: hit[0].start)


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans turned into blanks, so that the next reader keeps the offsets but not the words."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans taken out and what they leave behind tidied up."""
    rest = _LEFTOVER.sub(lambda match: match[1][0] + " ", blank(text, spans))
    return " ".join(rest.split()).strip(_EDGES)
