"""What an answer has to hold for whoever asks for it: a number to call, a time, a price, a property by name."""

import re
from functools import lru_cache

from guide.understand.rules import load

MISSING = 4.0
"""Log-odds that a statement loses for each thing that is asked for and that it does not hold (tune and development
cases: 2 to 4 alike, 6 declines too much)."""
# LDAC, NFC, HDMI, WPA3: what stands in capitals is a name, not a word that has others.
_CAPITALS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}[0-9]{0,2}(?![A-Za-z0-9])")
_PLAIN = {
    "OK", "ID", "PC", "TV", "UK", "US", "USA", "EU", "DIY", "FAQ", "VIP", "SKU", "CNY", "USD", "RMB", "EUR", "GBP",
    "VAT", "COD", "AM", "PM", "ASAP", "XS", "XL", "XXL", "XXXL", "XXS", "SOS", "LED", "USB",
}  # fmt: skip
"""Sizes, currencies and what is also said in other words."""


def wanting(question: str, texts: list[str], *, names: bool = False) -> list[int]:
    """How many of the things that the question asks for each text lacks; `names` counts abbreviations, too."""
    held = [holds for asks, holds in _expectations() if asks.search(question)]
    if names and not question.isupper():
        held += [_name(found) for found in set(_CAPITALS.findall(question)) - _PLAIN]
    return [sum(not holds.search(text) for holds in held) for text in texts]


def specific(question: str) -> bool:
    """Whether a question asks for something that an answer has to hold."""
    return any(asks.search(question) for asks, _ in _expectations())


def _name(letters: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){letters}(?![A-Za-z])", re.IGNORECASE)


@lru_cache(1)
def _expectations() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rules = load("expected").values()
    return tuple((re.compile(rule[0], re.IGNORECASE), re.compile(rule[-1], re.IGNORECASE)) for rule in rules)
