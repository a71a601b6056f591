"""A circuit breaker: an endpoint that keeps failing is left alone for a while."""

import time
from collections.abc import Callable


class Breaker:
    """Opens after `limit` failures in a row; `pause` seconds later one attempt is let through to see."""

    def __init__(self, limit: int = 5, pause: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    @property
    def open(self) -> bool:
        """Whether it failed too often and has not answered since."""
        return self._failures >= self._limit

    def allows(self) -> bool:
        """Whether an attempt may be made now; while open, asking takes the one attempt a pause allows."""
        if not self.open:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._pause
        return True

    def succeeded(self) -> None:
        """An attempt went well: closed."""
        self._failures = 0

    def failed(self) -> None:
        """An attempt failed."""
        self._failures += 1
        if self.open:
            self._until = self._clock() + self._pause
