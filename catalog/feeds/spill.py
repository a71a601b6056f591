"""What a pass over a feed must remember, in a temporary SQLite file: memory stays constant however long the feed."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from catalog.errors import FeedError

_CACHE_KIB = 32 << 10
"""Pages SQLite keeps in memory; the rest lies on the disk."""
_SCHEMA = """
CREATE TABLE seen (key TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE member (number INTEGER PRIMARY KEY, grp TEXT NOT NULL, line INTEGER NOT NULL, row BLOB NOT NULL);
"""


class Spill:
    """Ids that were used and rows that wait for their group.

    The file loses its name as soon as it is open, so that it goes with the process, however that ends.

    Raises:
        FeedError: the folder for temporary files is full or cannot be written; at the start, or out of the block.
    """

    def __init__(self) -> None:
        try:
            descriptor, name = tempfile.mkstemp(prefix="shopguide-feed-", suffix=".sqlite")
        except OSError as error:
            raise _unusable(error.strerror) from error
        os.close(descriptor)
        self._db = sqlite3.connect(name, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._db.close()
            raise _unusable(error) from error
        finally:
            with contextlib.suppress(OSError):  # what is read is read, whether or not a stray file stays
                Path(name).unlink()

    def _prepare(self) -> None:
        # The file is thrown away: what a crash does to it does not matter.
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        if isinstance(error, sqlite3.Error):
            raise _unusable(error) from error

    def first(self, key: str, place: str) -> str | None:
        """Remember that `key` was met at `place`; where it was met before, or None if this is the first time."""
        if self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, place)).rowcount:
            return None
        return self.known(key)

    def known(self, key: str) -> str | None:
        """What was remembered first under `key`, or None."""
        row = self._db.execute("SELECT place FROM seen WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def add(self, group: str, line: int, row: dict[str, Any]) -> None:
        """Put a row aside until the feed's end; rows of one group may stand anywhere."""
        content = msgspec.json.encode(row)
        self._db.execute("INSERT INTO member (grp, line, row) VALUES (?, ?, ?)", (group, line, content))

    def groups(self) -> Iterator[list[tuple[int, dict[str, Any]]]]:
        """Every group's rows with their lines, in feed order; groups in the order of their first rows."""
        # Two small orderings instead of one big join: the first row of each group, then its members.
        self._db.execute("CREATE INDEX IF NOT EXISTS by_group ON member (grp, number)")
        rows = self._db.execute(
            "SELECT lead.first, m.line, m.row FROM (SELECT grp, MIN(number) AS first FROM member GROUP BY grp) AS lead "
            "JOIN member AS m ON m.grp = lead.grp ORDER BY lead.first, m.number"
        )
        for _, members in groupby(rows, key=lambda row: row[0]):
            yield [(line, msgspec.json.decode(content)) for _, line, content in members]


def _unusable(reason: object) -> FeedError:
    return FeedError(
        f"the feed was not read to its end: no temporary file can be written ({reason}); free space, or set TMPDIR"
    )
