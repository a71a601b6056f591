"""What an answer has to hold: a number to call, a time, a price, a duration, for whoever asks for one."""

import re
from functools import lru_cache

from guide.understand.rules import load

MISSING = 4.0
"""Log-odds that a statement loses for each thing that is asked for and that it does not hold."""


def wanting(question: str, texts: list[str]) -> list[int]:
    """How many of the things that the question asks for each text lacks."""
    held = [holds for asks, holds in _expectations() if asks.search(question)]
    return [sum(not holds.search(text) for holds in held) for text in texts]


@lru_cache(1)
def _expectations() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rules = load("expected").values()
    return tuple((re.compile(asks, re.IGNORECASE), re.compile(holds, re.IGNORECASE)) for asks, holds in rules)
