"""How much evidence a judge can read: a guess at tokens, and evidence cut to a number of them."""

import math
from collections.abc import Sequence

ASCII_PER_TOKEN = 3
"""Letters of a token, low on purpose: English has about 4, JSON and numbers about 3. Other scripts count one each."""


def tokens(text: str) -> int:
    """At least as many tokens as any tokenizer in use makes of the text, or nearly."""
    ascii_count = sum(char.isascii() for char in text)
    return math.ceil(ascii_count / ASCII_PER_TOKEN) + len(text) - ascii_count


def cut(texts: Sequence[str], excess: int) -> list[str]:
    """The texts with at least `excess` tokens less, taken from the longest; [] when they hold no more than that.

    Short facts stay whole: what is too long for a judge is a policy or a review, not a weight.
    """
    sizes = [tokens(text) for text in texts]
    left = sum(sizes) - excess
    if left <= 0:
        return []
    low, high = 0, max(sizes)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(size, middle) for size in sizes) <= left else (low, middle - 1)
    return [short for text in texts if (short := _start(text, low))]


def _start(text: str, size: int) -> str:
    """The longest start of the text with at most so many tokens."""
    if tokens(text) <= size:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tokens(text[:middle]) <= size else (low, middle - 1)
    return text[:low]
