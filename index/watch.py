"""Following a feed: a round looks at it, and builds only when its content is not what was last built from.

A file or folder is looked at first by names, sizes and times; only when those differ are its bytes hashed. An address
is fetched every round and its bytes hashed. A round that fails leaves nothing remembered, so the next one tries again.
"""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from catalog.errors import FeedError, ShopguideError
from index.build import BuildReport

_TICK = 2.0
"""Seconds: the coarsest clock of file times still in use (FAT); a file changed so lately may change unseen."""

Build: TypeAlias = Callable[[str, str | None], BuildReport]
"""Reads the feed at a path and builds; the second argument names its source where the path cannot."""
Stamp: TypeAlias = tuple[tuple[str, int, int], ...]
"""(path, size, time of change in ns) of every file; () for an address."""


class Round(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one look at a feed led to."""

    at: str
    outcome: Literal["built", "unchanged", "failed"]
    reason: str = ""
    """Why it failed."""
    build: BuildReport | None = None
    """What was built, or found to be the same records."""


class _Found(NamedTuple):
    path: Path
    source: str | None
    stamp: Stamp


class Follower:
    """One feed and what it held when it was last built from."""

    def __init__(self, feed: str, build: Build, *, allow_private: bool = False) -> None:
        """`allow_private` lets an address lie in one's own network."""
        self._feed = feed
        self._build = build
        self._allow_private = allow_private
        self._stamp: Stamp = ()
        self._digest = ""

    def look(self) -> Round:
        """Look once; build if the content changed. Whatever is wrong with feed or build is told, not raised."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            report = self._look()
        except (ShopguideError, OSError) as error:
            return Round(at=at, outcome="failed", reason=str(error))
        return Round(at=at, outcome="built" if report and report.changed else "unchanged", build=report)

    def _look(self) -> BuildReport | None:
        with self._found() as found:
            if found.stamp and found.stamp == self._stamp:
                return None
            digest = _digest(found.path)
            report = None if digest == self._digest else self._build(str(found.path), found.source)
            if found.stamp and _stamp(found.path) != found.stamp:
                raise FeedError(f"{self._feed} changed while it was read: the next round reads it again")
        self._digest = digest
        self._stamp = found.stamp if _settled(found.stamp) else ()
        return report

    @contextmanager
    def _found(self) -> Iterator[_Found]:
        if "://" not in self._feed:
            path = Path(self._feed)
            yield _Found(path, None, _stamp(path))
            return
        from catalog.feeds.bounds import BOUNDS
        from catalog.feeds.fetch import fetched

        with tempfile.TemporaryDirectory(prefix="shopguide-watch-") as folder:
            file = fetched(self._feed, Path(folder), BOUNDS, allow_private=self._allow_private)
            yield _Found(file.path.rename(file.path.with_name(file.source)), file.source, ())


def _files(path: Path) -> list[Path]:
    """The files of a feed, with what may describe it beside it."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))


def _stamp(path: Path) -> Stamp:
    """Raises FeedError when the feed is not there."""
    try:
        stats = [(str(file), file.stat()) for file in _files(path)]
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}") from error
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def _settled(stamp: Stamp) -> bool:
    """Whether a later change cannot hide behind the same size and time."""
    latest = max((changed for _, _, changed in stamp), default=0)
    return time.time() - latest / 1e9 > _TICK


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for file in _files(path):
        with file.open("rb") as handle:
            digest.update(f"{file.name}\0{hashlib.file_digest(handle, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()
