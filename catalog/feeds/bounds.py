"""How much of the outside may come in: everything that is fetched, piped or unpacked passes through here."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from catalog.errors import FeedError

CHUNK = 1 << 20
"""Bytes read at once."""
_SMALL = 4 << 20
"""Below it a file may be packed as tightly as it likes: a short list of equal rows is no bomb."""


class Bounds(msgspec.Struct, frozen=True):
    """What one feed may take before it is refused."""

    size: int = 4 << 30
    """Bytes, fetched or unpacked: two million rows of 2 KB."""
    ratio: int = 100
    """How many times larger than its archive the content may be; honest tables pack 5 to 30 times."""
    entries: int = 1000
    """Files in one archive."""
    seconds: float = 600.0
    """Time for one fetch or one archive."""


BOUNDS = Bounds()


class Intake:
    """Writes chunks to files and stops when together they are too much, or take too long."""

    def __init__(self, name: str, bounds: Bounds, packed: int | None = None) -> None:
        self._name = name
        self._bounds = bounds
        self._allowed = bounds.size if packed is None else min(bounds.size, max(_SMALL, packed * bounds.ratio))
        self._taken = 0
        self._left = bounds.seconds

    def write(self, chunks: Iterable[bytes], target: Path) -> None:
        """Put the chunks into `target`; errors as those of `into`."""
        with self.into(target) as put:
            for chunk in chunks:
                put(chunk)

    @contextmanager
    def into(self, target: Path) -> Iterator[Callable[[bytes], None]]:
        """What adds a chunk to `target` while the block runs.

        Raises:
            FeedError: more bytes or more time than the bounds allow, or the disk is full.
        """
        began = time.monotonic()  # what a reader does between two files of an archive takes its own time
        with disk(self._name), target.open("wb") as handle:

            def put(chunk: bytes) -> None:
                self._taken += len(chunk)
                self._check(time.monotonic() - began)
                handle.write(chunk)

            yield put
        self._left -= time.monotonic() - began

    def _check(self, seconds: float) -> None:
        if self._taken > self._bounds.size:
            raise FeedError(f"{self._name} is larger than {self._bounds.size >> 20} MiB: split it")
        if self._taken > self._allowed:
            raise FeedError(f"{self._name} unpacks to over {self._bounds.ratio} times its size: send it unpacked")
        if seconds > self._left:
            raise FeedError(f"{self._name} took longer than {self._bounds.seconds:g} s: split it, or send it as a file")


@contextmanager
def disk(name: str) -> Iterator[None]:
    """What the disk refuses is a `FeedError` that names the feed."""
    try:
        yield
    except OSError as error:
        raise FeedError(f"{name} cannot be taken in: {error.strerror or error}") from error
