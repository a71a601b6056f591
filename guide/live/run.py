"""One answer that runs: made once, apart from its readers, of whom there may be any number."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable

from guide import problems
from guide.events import Done, ErrorEvent, Event
from guide.live.opening import Opened
from guide.live.recorder import Recorder
from guide.live.transcript import Transcript
from guide.problems import Problem

MOST_EVENTS = 10_000
"""No true answer has a hundredth of it; an engine that never ends must not fill the memory."""
log = logging.getLogger("guide")


class Run:
    """An answer in this process."""

    def __init__(self, opened: Opened, owner: str, transcript: Transcript, recorder: Recorder | None) -> None:
        """Without a recorder nobody elsewhere can read it."""
        self.answer_id = opened.answer_id
        self.conversation_id = opened.conversation_id
        self.owner = owner
        self.readers = 0
        self.left = False
        """Whether its last reader has gone; the first one of a new answer may still be on the way."""
        self.over = False
        self._events: list[Event] = []
        self._transcript = transcript
        self._recorder = recorder
        self._news = asyncio.Event()
        self._pumping: asyncio.Task[None] | None = None
        self._why = Problem("internal", "the answer was broken off")
        self._when_left: Callable[[], None] | None = None

    def begin(self, events: AsyncIterator[Event]) -> "asyncio.Task[None]":
        """Let the engine's events come; the task ends when all is said and written."""
        self._pumping = asyncio.ensure_future(self._pump(events))
        return asyncio.ensure_future(self._make(self._pumping))

    async def follow(self, after: int) -> AsyncGenerator[Event, None]:
        """The events after number `after`, those to come included; the last is `done` or `error`."""
        self.readers += 1
        self.left = False
        try:
            while True:
                news = self._news
                for event in self._events[after:]:
                    yield event
                    after += 1
                if news is not self._news:
                    continue  # more was said while it was read
                if self.over:
                    return
                await news.wait()
        finally:
            self.readers -= 1
            if not self.readers:
                self.left = True
                if self._when_left:
                    self._when_left()

    def when_left(self, call: Callable[[], None]) -> None:
        """Call this whenever the last reader has gone."""
        self._when_left = call

    def stop(self, why: Problem) -> None:
        """End it now; whoever reads it, or will, is told why."""
        self._why = why
        if self._pumping:
            self._pumping.cancel()

    async def _pump(self, events: AsyncIterator[Event]) -> None:
        last: Event | None = None
        try:
            async for event in events:
                last = await self._transcript.take(event, lost=self._recorder is not None and self._recorder.lost)
                self._publish(last)
                if len(self._events) >= MOST_EVENTS:
                    raise Problem("internal", f"the answer has more than {MOST_EVENTS} events")
        finally:
            if isinstance(events, AsyncGenerator):
                await events.aclose()
        if not isinstance(last, Done | ErrorEvent):
            raise Problem("internal", "the answer ended early")

    async def _make(self, pumping: "asyncio.Task[None]") -> None:
        writing = asyncio.ensure_future(self._recorder.write()) if self._recorder else None
        await asyncio.wait({pumping})
        if pumping.cancelled():
            self._publish(problems.event(self._why))
        elif error := pumping.exception():
            self._publish(problems.event(self._problem(error)))
        self.over = True
        self._tell()
        if self._recorder and writing:
            self._recorder.finish()
            await writing

    def _problem(self, error: BaseException) -> Problem:
        problem = problems.from_error(error) if isinstance(error, Exception) else self._why
        if problem.kind == "internal":
            log.error("unexpected error answer_id=%s", self.answer_id, exc_info=error)
        return problem

    def _publish(self, event: Event) -> None:
        self._events.append(event)
        if self._recorder:
            self._recorder.add(event)
        self._tell()

    def _tell(self) -> None:
        told, self._news = self._news, asyncio.Event()
        told.set()
