"""Which statements of many are labelled: those whose keys hash lowest, the same for everybody who labels.

The keys hash without regard to words or verdicts, so any first part of the order is a simple random sample.
"""

import hashlib
from collections.abc import Iterable

Place = tuple[str, int]
"""An answer's id and a statement's place in it, from 0."""


def order(places: Iterable[Place]) -> list[Place]:
    """The statements in the order in which they are labelled."""
    return sorted(places, key=lambda place: hashlib.sha256(f"{place[0]}\0{place[1]}".encode()).digest())
