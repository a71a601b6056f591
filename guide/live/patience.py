"""How long an answer goes on for nobody: a client whose connection broke has some seconds to come back."""

import asyncio

from guide.errors import StateError
from guide.live.desk import Desk
from guide.live.run import Run
from guide.problems import Problem


class Patience:
    """Stops a run that nobody has read for `seconds`, here or in another process."""

    def __init__(self, run: Run, seconds: float, desk: Desk) -> None:
        self._run = run
        self._seconds = seconds
        self._desk = desk
        self._timer: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        run.when_left(self.begin)
        self.begin()

    def begin(self) -> None:
        """From now on nobody reads."""
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._look)

    def _look(self) -> None:
        if not self._run.over and not self._run.readers:
            self._looking = asyncio.ensure_future(self._give_up())

    async def _give_up(self) -> None:
        if await self._read_elsewhere():
            self.begin()
        elif not self._run.readers:
            self._run.stop(Problem("answer_stopped", "nobody read this answer, so it was stopped; ask again"))

    async def _read_elsewhere(self) -> bool:
        try:
            return await self._desk.run(self._desk.state.answers.watched, self._run.answer_id, self._seconds)
        except StateError:
            return False
