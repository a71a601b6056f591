"""What the sender of changes is told."""

from typing import Literal, TypeAlias

import msgspec

Reason: TypeAlias = Literal[
    "unknown_id", "unknown_variant", "bad_price", "bad_currency", "no_price", "nothing_to_change", "bad_time",
    "overtaken", "bad_promotion", "variant_needed",
]  # fmt: skip


class Rejection(msgspec.Struct, frozen=True):
    """A change that was not taken: its place in the batch (from 0), what it spoke of, and why."""

    index: int
    id: str
    reason: Reason
    message: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A batch after it was written: the numbers of its first and last row, 0 where none was accepted."""

    first_seq: int = 0
    last_seq: int = 0
    accepted: int = 0
    rejected: list[Rejection] = []
