"""Live changes on top of a snapshot: rows with rising numbers in DATA/overlay.db, durable before they are acknowledged.

SQLite in WAL mode: any number of processes read while one writes. `synchronous=FULL`: an acknowledged row outlives a
loss of power, for one fsync a batch (ten a second at a thousand updates a second in batches of a hundred). A row is
only ever added, and pruned once every kept snapshot holds what it says.

SQLite notices damage of its own structures only: each row carries a checksum, and a row that is not there is missed by
its number. Damage is an error, never another price.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from index.changes import Change
from index.errors import StorageError

BUSY_SECONDS = 5.0
"""How long one process waits for another's write to end (a batch takes milliseconds)."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, body BLOB NOT NULL, received_at TEXT NOT NULL,
    by TEXT NOT NULL, sum BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS change_id ON change (id);
"""
_COLUMNS = "SELECT seq, body, received_at, by, sum FROM change"

_T = TypeVar("_T")
_decoder: msgspec.json.Decoder[Change] = msgspec.json.Decoder(Change)


class Row(msgspec.Struct, frozen=True):
    """One accepted change."""

    seq: int
    change: Change
    """Complete: it says its moment, and the currency of every amount."""
    received_at: str
    by: str
    """Who sent it: the name of a key, or `cli`."""


class Overlay:
    """The rows of one data directory; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Touches nothing: the file is made by the first `append`."""
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def append(self, changes: Sequence[Change], by: str, received_at: str, above: int = 0) -> tuple[int, int]:
        """Add all rows or none; they are on the disk when this returns.

        Args:
            changes: complete changes, at least one.
            by: who sent them.
            received_at: when, ISO 8601.
            above: the highest number that any snapshot has seen; a file that was lost must not give it out again.

        Returns:
            The first and last number given.

        Raises:
            StorageError: the disk is full, or the file is damaged or busy; nothing was added.
        """

        def work(connection: sqlite3.Connection) -> tuple[int, int]:
            connection.execute("BEGIN IMMEDIATE")
            first = max(_last(connection), above) + 1
            bodies = [(seq, change.id, msgspec.json.encode(change)) for seq, change in enumerate(changes, first)]
            rows = [(seq, id_, body, received_at, by, _sum(seq, body, received_at, by)) for seq, id_, body in bodies]
            connection.executemany(
                "INSERT INTO change (seq, id, body, received_at, by, sum) VALUES (?, ?, ?, ?, ?, ?)", rows
            )
            connection.execute("COMMIT")
            return first, rows[-1][0]

        return self._run(work, create=True) or (0, 0)

    def seq(self) -> int:
        """The highest number ever given, 0 before the first.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._run(_last) or 0

    def after(self, seq: int) -> list[Row]:
        """Rows above `seq`, in order.

        Raises:
            StorageError: the file cannot be read.
        """

        def work(connection: sqlite3.Connection) -> list[Row]:
            connection.execute("BEGIN")  # rows and last number of one moment
            rows = [_row(values) for values in connection.execute(f"{_COLUMNS} WHERE seq > ? ORDER BY seq", (seq,))]
            _require_all(rows, seq, _last(connection))
            return rows

        return self._run(work) or []

    def rows_of(self, record_id: str) -> list[Row]:
        """Rows of one product or promotion, in order.

        Raises:
            StorageError: the file cannot be read.
        """

        def work(connection: sqlite3.Connection) -> list[Row]:
            found = connection.execute(f"{_COLUMNS} WHERE id = ? ORDER BY seq", (record_id,))
            return [_row(values) for values in found]

        return self._run(work) or []

    def prune(self, upto: int) -> None:
        """Forget rows up to and with `upto`: every kept snapshot must hold them.

        Raises:
            StorageError: the file cannot be written.
        """
        self._run(lambda connection: connection.execute("DELETE FROM change WHERE seq <= ?", (upto,)) and None)

    def close(self) -> None:
        """Close the file; it opens again when it is needed."""
        with self._lock:
            self._close()

    def _run(self, work: Callable[[sqlite3.Connection], _T], *, create: bool = False) -> _T | None:
        """Do `work` with the open file; None where there is no file and none is made."""
        with self._lock:
            try:
                connection = self._open(create=create)
                if connection is None:
                    return None
                try:
                    return work(connection)
                finally:
                    if connection.in_transaction:
                        connection.rollback()
            except (sqlite3.Error, OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
                self._close()
                raise StorageError(f"{self._path}: {error}; the offers are what they were") from error

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        inode = self._path.stat().st_ino if self._path.exists() else 0
        if self._connection is not None and inode == self._inode:
            return self._connection
        self._close()  # the file was replaced or taken away
        if not inode:
            if not create:
                return None
            _make(self._path)
        connection = sqlite3.connect(self._path, BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            _require_tables(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._inode = connection, self._path.stat().st_ino
        return connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _make(path: Path) -> None:
    """Show the file only when it is whole: SQLite lets nobody else in while it changes the mode of a file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        with suppress(FileExistsError):  # another process was first
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _last(connection: sqlite3.Connection) -> int:
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
    return int(found[0]) if found else 0


def _row(values: tuple[int, bytes, str, str, bytes]) -> Row:
    seq, body, received_at, by, checksum = values
    if checksum != _sum(seq, body, received_at, by):
        raise sqlite3.DatabaseError(f"row {seq} does not match its checksum")
    return Row(seq, _decoder.decode(body), received_at, by)


def _sum(seq: int, body: bytes, received_at: str, by: str) -> bytes:
    return hashlib.blake2b(repr((seq, body, received_at, by)).encode(), digest_size=8).digest()


def _require_tables(connection: sqlite3.Connection) -> None:
    """A file without tables is damaged; making them would hide that."""
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        raise sqlite3.DatabaseError("its tables are gone")


def _require_all(rows: Sequence[Row], after: int, last: int) -> None:
    """Numbers follow each other up to the last one given; the first may be any, for older rows are pruned."""
    expected = range(last - len(rows) + 1, last + 1) if last > after else range(0)
    if [row.seq for row in rows] != [*expected]:
        raise sqlite3.DatabaseError(f"rows between {after} and {last} are missing")
