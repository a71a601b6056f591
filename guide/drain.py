"""The end of a worker: what is being answered may end by itself for a while, then it ends with an event that says so.

The server stops taking connections at SIGTERM and waits for the open ones. They get `limits.drain_seconds`; answers
that are still being written then end with an `error` event of the kind `shutting_down`, whole, in every wire.
"""

import asyncio
import contextlib
import signal
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from types import FrameType

from guide import problems
from guide.events import ErrorEvent, Event
from guide.problems import Problem

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Drain:
    """One worker's end; made where its event loop runs."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._end: float | None = None
        self._limits: set[asyncio.Timeout] = set()

    def begin(self) -> None:
        """The end has come: answers have `seconds` from now."""
        if self._end is None:
            self._end = self._loop.time() + self._seconds
            for limit in self._limits:
                limit.reschedule(self._end)

    @contextlib.contextmanager
    def at_signals(self) -> Iterator[None]:
        """Begin at SIGTERM or SIGINT, beside what the server itself does then; only a main thread hears them."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.getsignal(number) for number in _SIGNALS}

        def heard(number: int, frame: FrameType | None) -> None:
            self._loop.call_soon_threadsafe(self.begin)
            if callable(server := before[signal.Signals(number)]):
                server(number, frame)

        for number in _SIGNALS:
            signal.signal(number, heard)
            signal.siginterrupt(number, False)  # as asyncio has it: no call is broken off
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def until_over(self, events: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
        """The events; when time is over, an error in place of those that are missing. Closing this closes them."""
        try:
            while self._end is None or self._loop.time() < self._end:
                try:
                    async with self._waiting() as limit:
                        event = await anext(events)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    if limit.expired():
                        break
                    raise
                yield event
            yield _farewell()
        finally:
            if isinstance(events, AsyncGenerator):
                await events.aclose()

    @contextlib.asynccontextmanager
    async def _waiting(self) -> AsyncGenerator[asyncio.Timeout, None]:
        """A wait that the end breaks off, also one that comes meanwhile."""
        async with asyncio.timeout_at(self._end) as limit:
            self._limits.add(limit)
            try:
                yield limit
            finally:
                self._limits.discard(limit)


def _farewell() -> ErrorEvent:
    sent = problems.body(Problem("shutting_down", "this server is being stopped: ask again in a moment"))
    return ErrorEvent(type=sent.type, title=sent.title, detail=sent.detail)
