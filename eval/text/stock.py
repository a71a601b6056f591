"""What a text says of availability, in both languages."""

import re
from typing import NamedTuple

_NOT_NOW = frozenset({"out_of_stock", "preorder", "backorder"})
# In this order: what one pattern has read is taken from the next ("not in stock" holds "in stock").
_SAID = [
    (
        re.compile(
            r"out of stock|sold out|not (?:currently )?(?:in stock|available)|unavailable|no longer available"
            r"|缺货|售罄|无货|没货|(?:没有|暂无|无)现货|没有货|暂无库存|已下架",
            re.IGNORECASE,
        ),
        _NOT_NOW,
    ),
    (re.compile(r"back-?order(?:ed)?|补货中", re.IGNORECASE), frozenset({"backorder"})),
    (re.compile(r"pre-?orders?|预售|预购", re.IGNORECASE), frozenset({"preorder"})),
    (re.compile(r"可预订|可预定", re.IGNORECASE), frozenset({"preorder", "backorder"})),
    (
        re.compile(
            r"in stock|available now|currently available|ready to ship|有货|现货|库存充足|可立即发货", re.IGNORECASE
        ),
        frozenset({"in_stock"}),
    ),
]


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
    for pattern, allowed in _SAID:
        found += [State(allowed, *match.span()) for match in pattern.finditer(text)]
        text = pattern.sub(lambda gone: " " * len(gone[0]), text)
    return found
