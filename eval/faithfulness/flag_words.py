"""Other ways to say a yes/no field (flags.toml): "takes touch" for a touchscreen, 加了香精 against fragrance-free."""

import re
from functools import cache
from typing import NamedTuple

from eval.text.fold import key
from eval.text.listed import listed


class Worded(NamedTuple):
    """Where a text speaks of a field, and whether its words, if nothing beside them denies them, say that it is so."""

    says: bool
    start: int
    end: int


def worded(text: str, label: str) -> list[Worded]:
    """What the words for a field of this label (a key) say, in order; of overlapping ones the longest."""
    found = [
        Worded(says, *match.span()) for says, pattern in _entries().get(label, ()) for match in pattern.finditer(text)
    ]
    kept: list[Worded] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


@cache
def _entries() -> dict[str, tuple[tuple[bool, re.Pattern[str]], ...]]:
    flags = listed("eval.faithfulness", "flags.toml")["flag"]
    return {
        key(label): tuple((side == "yes", _pattern(entry[side])) for side in ("yes", "no") if entry[side])
        for entry in flags
        for label in entry["labels"]
    }


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """An English phrase stands alone, also beside a Chinese character."""
    bounded = [rf"(?<![a-z])(?:{phrase})(?![a-z])" for phrase in phrases]
    return re.compile("|".join(bounded), re.IGNORECASE)
