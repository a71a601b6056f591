"""English numbers in words: thirty, twenty-five, two thousand five hundred, a hundred and fifty."""

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 10 * at for at, word in enumerate(_TENS, start=2)}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

_WORD = "|".join(sorted([*_VALUES, *_POWERS], key=len, reverse=True))
NUMBER = (
    rf"(?:\ba\s+(?=hundred|thousand|million))?\b(?:{_WORD})(?:(?:[\s-]|\s+and\s+)(?:{_WORD}))*"
    rf"(?:\s+point(?:\s+(?:{'|'.join(_ONES[:10])}))+)?\b"
)
"""The pattern of a number in words; match it without regard to case."""
_SPLIT = re.compile(r"[\s-]+")


def english_number(text: str) -> float:
    """The value of a text that `NUMBER` matches: two thousand -> 2000, one point five -> 1.5."""
    whole, _, decimals = text.lower().partition(" point ")
    total, section = 0, 0
    for word in _SPLIT.split(whole.strip()):
        if word in _VALUES:
            section += _VALUES[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _POWERS:
            total, section = total + (section or 1) * _POWERS[word], 0
    tail = "".join(str(_VALUES[word]) for word in decimals.split())
    return float(f"{total + section}.{tail or 0}")
