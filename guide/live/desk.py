"""The way from the event loop to the state: every call in a thread, none at all to a database that just failed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from guide.errors import StateError
from guide.state.ports import State
from guide.write.breaker import Breaker

T = TypeVar("T")
_THREADS = 4
"""Apart from the threads that answer, so that a database that hangs holds up nobody else."""
_PAUSE_SECONDS = 2.0
"""After a failure answers go out unkept at once for this long, instead of each waiting for the same lock."""


class Desk:
    """Runs the state's blocking calls."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._threads = ThreadPoolExecutor(_THREADS, "state")
        self._breaker = Breaker(limit=1, pause=_PAUSE_SECONDS)
        self.failing = False
        """Whether the last call failed."""

    async def run(self, call: Callable[..., T], *args: object) -> T:
        """What the call gives.

        Raises:
            StateError: the state cannot be read or written now.
        """
        if not self._breaker.allows():
            raise StateError("the state failed a moment ago and is left alone")
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, call, *args)
        except StateError:
            self._breaker.failed()
            self.failing = True
            raise
        self._breaker.succeeded()
        self.failing = False
        return found

    def close(self) -> None:
        """Wait for the calls that have begun, then let the state go."""
        self._threads.shutdown()
        self.state.close()
