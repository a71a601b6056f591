"""The words of the checker: what it is given, what it finds, what it concludes."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from catalog.model import Product, Promotion, Record
from eval.answer import Card
from eval.passages import Passage
from eval.truth import Truth

Verdict = Literal["supported", "contradicted", "not_enough_evidence", "not_checkable"]


class Finding(NamedTuple):
    """One fact of a statement (a price, a number, a quote) and what the record says to it; offsets in the statement."""

    verdict: Verdict
    reason: str
    start: int
    end: int


class Source(NamedTuple):
    """What one statement is held against: the products it speaks of and the passages it may draw on.

    `records` are those it cites or names; `promotions` those of its products that run, or that it cites.
    """

    products: Sequence[Product]
    passages: Sequence[Passage]
    records: Sequence[Record] = ()
    promotions: Sequence[Promotion] = ()


class Setting(NamedTuple):
    """What all statements of one answer share.

    `counts` are the numbers of products the answer may truthfully name (those shown, those that match), `matching`
    the products that meet the case's constraints (None where they are not known), `ranges` the sets of products a
    statement about the whole shop may be about.
    """

    question: str = ""
    cards: Sequence[Card] = ()
    truth: Truth | None = None
    now: dt.datetime = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    counts: frozenset[int] = frozenset()
    matching: frozenset[str] | None = None
    ranges: Sequence[frozenset[str]] = ()


class Checked(msgspec.Struct, frozen=True):
    """A statement with its verdict; `support` is 0-1, `cited` whether it carries a mark that leads to a record."""

    text: str
    start: int
    end: int
    verdict: Verdict
    reason: str
    support: float
    cited: bool
