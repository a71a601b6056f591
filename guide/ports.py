"""The seams of the API: what it needs from the index and from the engine, and no more."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from catalog.model import Record
from guide.events import Event
from guide.model import Question, Understanding
from index.filters import Filter
from index.results import Facets, LiveOffer, Query, Results


class View(Protocol):
    """One snapshot at one moment; an answer uses the same view from end to end."""

    @property
    def snapshot(self) -> str:
        """Name of the snapshot."""

    @property
    def as_of(self) -> str:
        """The moment offers and promotions are read at, ISO 8601."""

    def search(self, query: Query, /) -> Results:
        """A page of hits."""

    def facets(self, filter_: Filter, /) -> Facets:
        """Whole-shop facts over the products that pass."""

    def record(self, record_id: str, /) -> Record | None:
        """The record with this id."""

    def offer(self, product_id: str, variant_id: str | None = None, /) -> LiveOffer | None:
        """What a sellable costs now."""


class Store(Protocol):
    """An opened data folder."""

    @property
    def degraded(self) -> list[str]:
        """Why answers are less than they could be (empty: they are not)."""

    def view(self, now: datetime, /) -> View:
        """What the shop looks like at this moment."""

    def warm(self, threads: int, /) -> None:
        """Load the encoder; takes seconds and blocks. Without its weights the store stays as it is, degraded."""

    def close(self) -> None:
        """Let files go."""


class Engine(Protocol):
    """Question in, events out; it knows no HTTP."""

    def answer(self, question: Question, view: View, answer_id: str, explain: bool, /) -> AsyncIterator[Event]:
        """The answer as it becomes true."""

    def understand(self, question: Question, view: View, /) -> Understanding:
        """What the words ask for; constraints become filters."""
