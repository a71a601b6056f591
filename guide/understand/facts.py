"""Questions about the whole shop: how many, the cheapest, which brands, whether it sells something."""

import re
from typing import Literal, TypeAlias

from guide.understand.rules import load, pattern

Fact: TypeAlias = Literal["", "count", "cheapest", "dearest", "brands", "categories", "sells"]

_FACTS: dict[Fact, re.Pattern[str]] = {name: pattern(lines) for name, lines in load("facts").items()}  # type: ignore[misc]


def read(text: str) -> Fact:
    """The whole-shop fact that is asked for, "" if none is."""
    return next((fact for fact, words in _FACTS.items() if words.search(text)), "")
