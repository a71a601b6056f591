"""The seams of the API: what it needs from the index and from the engine, and no more."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from guide.events import Event
from guide.model import Question, Understanding
from index.api import View


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

    def warm(self, view: View, /) -> None:
        """Do once what the first question would have to wait for."""

    def understand(self, question: Question, view: View, /) -> Understanding:
        """What the words ask for; constraints become filters."""
