"""The words that are searched: what is left of a wish without its constraints and without 请问 or "I'm looking for"."""

import re

from guide.understand.rules import load, pattern
from guide.understand.text import Span, without

_ORPHAN = re.compile(r"(?:^|\s+)的|\s+(?=\s)")
_RULES = {name: pattern(lines) for name, lines in load("framing").items()}


def words(text: str, spans: list[Span]) -> str:
    """The wish without the spans and without framing words; empty when nothing but constraints was said."""
    rest = without(text, spans)
    for rule in ("before", "after"):
        bare = without(rest, [match.span() for match in _RULES[rule].finditer(rest)])
        rest = _ORPHAN.sub(" ", bare).strip()
    return rest
