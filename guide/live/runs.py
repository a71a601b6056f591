"""The answers of one process: begun once, found again, and ended before the process is."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TypeAlias

from guide.config import Settings
from guide.events import Event
from guide.live import remote
from guide.live.desk import Desk
from guide.live.opening import Asked, Opened, opened
from guide.live.patience import Patience
from guide.live.recorder import Recorder
from guide.live.run import Run
from guide.live.transcript import Transcript
from guide.model import Question
from guide.problems import Problem
from guide.state.ports import State

Engine: TypeAlias = Callable[[str, Question], AsyncIterator[Event]]
"""From an answer's id and its question to its events."""


class Runs:
    """All answers of this process that are being given."""

    def __init__(self, state: State, settings: Settings) -> None:
        self.desk = Desk(state)
        self._settings = settings
        self._runs: dict[str, Run] = {}
        self._making: set[asyncio.Task[None]] = set()

    async def start(self, asked: Asked, engine: Engine) -> AsyncGenerator[Event, None]:
        """The events of a new answer, or of the earlier one that its claim stands for.

        Raises:
            Problem: this key knows no such conversation.
            ClaimConflict: the claim was made for another request.
        """
        found = await opened(self.desk, asked, self._settings.limits.history_turns)
        if found.earlier:
            return await self.resume(found.answer_id, asked.owner, 0)
        self._make_room()
        return self._begin(found, asked.owner, engine(found.answer_id, found.question))

    async def resume(self, answer_id: str, owner: str, after: int) -> AsyncGenerator[Event, None]:
        """The events of an answer after number `after`, wherever it runs or ran.

        Raises:
            Problem: this key knows no such answer, or its time is over.
            StateError: the log cannot be read now.
        """
        run = self._runs.get(answer_id)
        if run and run.owner == owner:
            return run.follow(after)
        found = await remote.find(self.desk, answer_id, owner, after)
        return remote.follow(self.desk, answer_id, owner, after, found)

    async def erase(self, conversation_id: str, owner: str) -> bool:
        """Remove a conversation, and end its answers that still run; false: this key knows no such conversation.

        Raises:
            StateError: nothing was removed.
        """
        if not await self.desk.run(self.desk.state.conversations.delete, conversation_id, owner):
            return False
        for run in [run for run in self._runs.values() if run.conversation_id == conversation_id]:
            run.stop(Problem("answer_stopped", "its conversation was removed"))
            del self._runs[run.answer_id]
        return True

    async def close(self) -> None:
        """End what runs, write the last of it, and let the state go."""
        for run in self._runs.values():
            run.stop(Problem("shutting_down", "the server is being stopped; ask again in a moment"))
        if self._making:
            await asyncio.wait(self._making)
        await asyncio.to_thread(self.desk.close)

    def _begin(self, found: Opened, owner: str, events: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
        """Make it in the background; give its events."""
        settings = self._settings.state
        transcript = Transcript(self.desk, found, settings.turns_kept)
        recorder = Recorder(self.desk, found.answer_id) if found.kept else None
        self._runs[found.answer_id] = run = Run(found, owner, transcript, recorder)
        making = run.begin(events)
        Patience(run, settings.resume_seconds, self.desk)
        self._making.add(making)
        making.add_done_callback(lambda task: self._made(found.answer_id, task))
        return run.follow(0)

    def _made(self, answer_id: str, task: "asyncio.Task[None]") -> None:
        self._runs.pop(answer_id, None)
        self._making.discard(task)

    def _make_room(self) -> None:
        """An answer that nobody reads any more gives its place to a new question."""
        running = [run for run in self._runs.values() if not run.over]
        if len(running) >= self._settings.limits.max_in_flight:
            left = next((run for run in running if run.left), None)
            if left:
                left.stop(Problem("answer_stopped", "nobody read this answer, and its place was needed; ask again"))
