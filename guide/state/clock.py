"""The time that rows carry: milliseconds since 1970. The shop's own clock may be fixed for tests; this one runs."""

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]


def wall() -> int:
    """Now."""
    return time.time_ns() // 1_000_000
