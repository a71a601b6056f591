"""Writes an answer's events to the state as they are made, a few together, so that another process can read along."""

import asyncio
import logging
from functools import partial

import msgspec

from guide.errors import StateError
from guide.events import ErrorEvent, Event
from guide.live.desk import Desk
from guide.state.answers import HEARTBEAT_SECONDS

_TOGETHER_SECONDS = 0.02
"""Events of this time are one transaction: the Composer's whole answer is one or two."""
log = logging.getLogger("guide")


class Recorder:
    """The log of one answer. It never fails an answer: what cannot be written is told by `lost`."""

    def __init__(self, desk: Desk, answer_id: str) -> None:
        self._desk = desk
        self._answer_id = answer_id
        self._pending: list[Event] = []
        self._written = 0
        self._news = asyncio.Event()
        self._over = False
        self.lost = False
        """Something could not be written, or the answer was erased: the log ends there."""

    def add(self, event: Event) -> None:
        """Take an event; it is written soon."""
        self._pending.append(event)
        self._news.set()

    def finish(self) -> None:
        """The last event was added."""
        self._over = True
        self._news.set()

    async def write(self) -> None:
        """Write until the answer is over, and say from time to time that it lives."""
        while not self.lost:
            try:
                await asyncio.wait_for(self._news.wait(), HEARTBEAT_SECONDS)
                await asyncio.sleep(0 if self._over else _TOGETHER_SECONDS)
            except TimeoutError:
                pass  # silent so far: the write below is the sign of life
            self._news.clear()
            over = self._over
            await self._flush(over=over)
            if over:
                return

    async def _flush(self, *, over: bool) -> None:
        events, self._pending = self._pending, []
        failed = isinstance(events[-1], ErrorEvent) if over and events else None
        lines = [msgspec.json.encode(event) for event in events]
        call = partial(self._desk.state.answers.log, failed=failed)
        try:
            self.lost = not await self._desk.run(call, self._answer_id, self._written, lines)
        except StateError as error:
            log.warning("answer_id=%s cannot be resumed: %s", self._answer_id, error)
            self.lost = True
        self._written += len(events)
