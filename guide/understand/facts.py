"""Questions about the whole shop: how many, the cheapest, its prices, which brands, whether it sells something."""

import re
from typing import Literal, TypeAlias

from catalog.lexicon import fold
from guide.model import Understanding
from guide.understand.rules import load, pattern

Fact: TypeAlias = Literal["", "count", "cheapest", "dearest", "prices", "on_sale", "brands", "categories", "sells"]

_RULES = {name: pattern(lines) for name, lines in load("facts").items()}
_UNNAMED = _RULES.pop("unnamed")
_WHOLE = _RULES.pop("whole")
_FACTS: dict[Fact, re.Pattern[str]] = _RULES  # type: ignore[assignment]
_WORD = re.compile(r"\w+")


def read(text: str) -> Fact:
    """The whole-shop fact that is asked for, "" if none is."""
    return next((fact for fact, words in _FACTS.items() if words.search(text)), "")


def unheld(understanding: Understanding) -> str:
    """Words that name a thing and that no filter holds: what is counted without them is not what was asked for."""
    rest = fold(understanding.query)
    for constraint in understanding.constraints:
        rest = rest.replace(fold(constraint.text), " ")
    words = _WORD.findall(_UNNAMED.sub(" ", rest))
    return " ".join(word for word in words if len(word) > 1 or not word.isascii())  # the s of a plural is no word


def whole(text: str) -> bool:
    """Whether the words say that any product of the shop is meant (the cheapest thing you sell)."""
    return _WHOLE.search(text) is not None
