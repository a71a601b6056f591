"""How far a run is, on stderr: a bar at a terminal, else a plain line now and then."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EVERY = 10.0
"""Seconds between two plain lines; a run that ends sooner prints none."""


class Count:
    """Cases settled so far, and at which rate."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.failed = 0
        self._began = time.monotonic()

    def __call__(self, *, failed: bool) -> None:
        """One more is settled."""
        self.done += 1
        self.failed += failed

    @property
    def rate(self) -> float:
        """Cases a second."""
        return self.done / max(time.monotonic() - self._began, 1e-9)

    def line(self) -> str:
        """Everything in words."""
        left = f"{(self.total - self.done) / self.rate:.0f} s left" if self.done else "no answer yet"
        return f"asked {self.done} of {self.total}, {self.rate:.1f} a second, {left}, {self.failed} errors"


class _Bar(Count):
    def __init__(self, total: int, bar: "Progress", task: "TaskID") -> None:
        super().__init__(total)
        self._bar, self._task = bar, task

    def __call__(self, *, failed: bool) -> None:
        super().__call__(failed=failed)
        self._bar.update(self._task, advance=1, errors=self.failed, rate=self.rate)


@contextlib.contextmanager
def progress(total: int, out: TextIO = sys.stderr) -> Iterator[Count]:
    """Count the cases of a run for as long as the block lasts, and tell."""
    if total and out.isatty():
        with _bar(total, out) as count:
            yield count
        return
    count = Count(total)
    ended = threading.Event()
    teller = threading.Thread(target=_tell, args=(count, ended, out), daemon=True)
    teller.start()
    try:
        yield count
    finally:
        ended.set()
        teller.join()


def _tell(count: Count, ended: threading.Event, out: TextIO) -> None:
    while not ended.wait(EVERY):
        out.write(f"{count.line()}\n")
        out.flush()


@contextlib.contextmanager
def _bar(total: int, out: TextIO) -> Iterator[Count]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate, errors = TextColumn("{task.fields[rate]:.1f}/s"), TextColumn("{task.fields[errors]} errors")
    columns = (BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(), errors)
    with Progress(*columns, console=Console(file=out)) as bar:
        yield _Bar(total, bar, bar.add_task("asking", total=total, errors=0, rate=0.0))
