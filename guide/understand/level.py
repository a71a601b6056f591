"""Cheap or dear without a number: 便宜点的, 高端, affordable, top of the line; relative to the kind that is wanted."""

from guide.model import Constraint, Level
from guide.understand.found import NOTHING, Found
from guide.understand.rules import load, pattern
from guide.understand.text import blank

_DATA = load("offers")
_LEVELS: tuple[Level, ...] = ("cheap", "dear")
_WORDS = {level: pattern(_DATA["level"][level]) for level in _LEVELS}
_NONE = pattern(_DATA["level"]["none"])


def read(text: str) -> tuple[Level, Found]:
    """The level that is wished for, "" if none is, and the words that say so."""
    text = blank(text, (match.span() for match in _NONE.finditer(text)))
    for level, words in _WORDS.items():
        match = words.search(text)
        if match:
            return level, Found(constraints=(Constraint("level", match.group().strip(), level),), spans=(match.span(),))
    return "", NOTHING
