"""The seams of the API: what it needs from the index and from the engine, and no more."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from guide.events import Event
from guide.model import Question, Understanding
from index.api import Change, Receipt, View


class Store(Protocol):
    """An opened data folder."""

    @property
    def degraded(self) -> list[str]:
        """Why answers are less than they could be (empty: they are not)."""

    @property
    def refused(self) -> str | None:
        """Why the live snapshot is not the one that is served, or None."""

    def view(self, now: datetime, /) -> View:
        """What the shop looks like at this moment."""

    def follow(self, prepare: Callable[[View], None], /) -> bool:
        """Load the snapshot that was switched to since, prepare it, then serve it; true if there was one."""

    def catch_up(self) -> bool:
        """Apply the live changes that were made since; true if there were any."""

    def append(self, changes: Sequence[Change], by: str, /) -> Receipt:
        """Keep the live changes that fit; they are on the disk when this returns."""

    def warm(self, threads: int, /) -> None:
        """Load the encoder; takes seconds and blocks. Without its weights the store stays as it is, degraded."""

    def close(self) -> None:
        """Let files go."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine counted since it began, for the metrics."""

    failed_checks: dict[str, int] = {}
    """How often each check of the verifier said no."""
    model_calls: dict[str, int] = {}
    """Calls of the language model by how they went: ok, error, timeout, resting."""
    model_resting: bool = False
    """Whether the language model is left alone for a while, because it failed too often."""


class Engine(Protocol):
    """Question in, events out; it knows no HTTP."""

    @property
    def figures(self) -> Figures:
        """What it did so far."""

    def answer(self, question: Question, view: View, answer_id: str, explain: bool, /) -> AsyncIterator[Event]:
        """The answer as it becomes true."""

    def warm(self, view: View, /) -> None:
        """Do once what the first question would have to wait for."""

    def understand(self, question: Question, view: View, /) -> Understanding:
        """What the words ask for; constraints become filters."""

    def shown(self, text: str, view: View, /) -> list[str] | None:
        """Ids of the products that an earlier answer's text shows, or None where the text does not tell."""
