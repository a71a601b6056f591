"""The title of a product whose variants have titles of their own: `Linen shirt` of `Linen shirt, red` and `…, blue`."""

import re
from typing import Any

_TOKEN = re.compile(r"[^\W\u3400-\u9fff]+|.", re.DOTALL)
"""A word, or a character of a script without blanks between words."""
_SEPARATORS = " -–—/|,，、:：(（[·"
_EMPTY = re.compile(r"[(（\[]\s*[)）\]]")
_REPEATED = re.compile(r"\s*([,，、/|·])(?:\s*[,，、/|·])+|\s{2,}")
_ENOUGH = 3
"""What titles begin with must be a third of the shortest, or it names nothing."""


def common_title(titles: list[str], chosen: list[list[Any]]) -> str | None:
    """The titles without the values that each one's variant is chosen by, else what all begin with in whole words.

    None where they have too little in common: they hardly name one product.
    """
    if len(set(titles)) == 1:
        return titles[0]
    plain = {_without(title, values) for title, values in zip(titles, chosen, strict=True)}
    if len(plain) == 1 and (title := plain.pop()):
        return title
    same = []
    for tokens in zip(*(_TOKEN.findall(title) for title in titles), strict=False):
        if len(set(tokens)) > 1:
            break
        same.append(tokens[0])
    start = "".join(same).rstrip(_SEPARATORS)
    return start if start and len(start) * _ENOUGH >= len(min(titles, key=len)) else None


def _without(title: str, values: list[Any]) -> str:
    for value in sorted((value for value in values if isinstance(value, str)), key=len, reverse=True):
        title = re.sub(rf"(?<![A-Za-z0-9]){re.escape(value)}(?![A-Za-z0-9])", "", title, flags=re.IGNORECASE)
    title = _EMPTY.sub("", title)
    return _REPEATED.sub(lambda found: found[1] or " ", title).strip(_SEPARATORS)
