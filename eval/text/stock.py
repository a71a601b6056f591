"""What a text says of availability, in both languages."""

import re
from typing import NamedTuple

from eval.text.listed import listed

_NOT_NOW = frozenset({"out_of_stock", "preorder", "backorder"})


def _said() -> list[tuple[re.Pattern[str], frozenset[str]]]:
    """What stock.toml lists, in its order: a pattern, and the states of a record it is true of."""
    groups = listed("eval.text", "stock.toml")["said"]
    return [
        (
            re.compile("|".join([*group["zh"], *(rf"\b(?:{phrase})\b" for phrase in group["en"])]), re.IGNORECASE),
            frozenset(group["states"]),
        )
        for group in groups
    ]


_SAID = _said()


class State(NamedTuple):
    """One thing said of availability: the states of a record it is true of, and where it stands."""

    allowed: frozenset[str]
    start: int
    end: int

    @property
    def denies(self) -> bool:
        """Whether it says that it cannot be had now; of several variants that means all of them."""
        return self.allowed == _NOT_NOW


def states(text: str) -> list[State]:
    """All a text says of availability."""
    found: list[State] = []
    text = text.replace("’", "'")
    for pattern, allowed in _SAID:
        found += [State(allowed, *match.span()) for match in pattern.finditer(text)]
        text = pattern.sub(lambda gone: " " * len(gone[0]), text)
    return found
