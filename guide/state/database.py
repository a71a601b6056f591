"""A database behind a URL: made on first use, shared by processes, its errors told as ours."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from guide.errors import ConfigError, StateClash, StateError
from guide.state.tables import METADATA

THREADS = 4
"""Connections of a process. SQLite writes one after another anyway; readers go beside them."""
_BUSY_SECONDS = 1.0
"""How long a writer waits for another; each holds the file for milliseconds. After it answers go out unkept."""
# SQLite in WAL: readers never wait for a writer, and a commit needs no fsync of its own to survive a killed process.
# secure_delete: what was erased is overwritten, not only unlinked.
_PRAGMAS = ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")


class Database:
    """Transactions on one database. Nothing is opened or made before the first."""

    def __init__(self, url: str | URL) -> None:
        """Take an address.

        Raises:
            ConfigError: it is none, or its driver is not installed.
        """
        try:
            self._url = make_url(url)
            self._engine = _sqlite(self._url) if self._sqlite else _other(self._url)
        except (ArgumentError, ImportError) as error:
            raise ConfigError(f"state.url cannot be used: {error}") from error
        self._reader = self._engine.execution_options(reads=True)
        self._made = False
        self._making = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write: all of it is kept, or nothing.

        Raises:
            StateClash: another process wrote the same row first.
            StateError: it cannot be written now.
        """
        try:
            self._make()
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise StateClash(f"the state was written twice: {error.orig}") from error
        except (SQLAlchemyError, OSError) as error:
            raise StateError(f"the state cannot be written: {_why(error)}") from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that only reads, and sees one moment.

        Raises:
            StateError: it cannot be read now.
        """
        try:
            self._make()
            with self._reader.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise StateError(f"the state cannot be read: {_why(error)}") from error

    def settle(self) -> None:
        """Let no copy of what was erased stay in SQLite's log beside the file; as far as readers permit."""
        if self._sqlite:
            with self._engine.connect().execution_options(raw=True) as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let every connection go."""
        self._engine.dispose()

    @property
    def _sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    def _make(self) -> None:
        """Make the tables that are missing. Workers that start at once wait for each other inside the transaction."""
        if self._made:
            return
        with self._making:
            if self._sqlite and self._url.database:
                Path(self._url.database).touch(mode=0o600)  # conversations are nobody else's to read
            with self._engine.begin() as connection:
                METADATA.create_all(connection)
            self._made = True


def _sqlite(url: URL) -> Engine:
    """One connection for a database in memory, since each would see its own; a few for a file."""
    size = THREADS if url.database else 1
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=size, max_overflow=0, hide_parameters=True,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        with suppress(sqlite3.OperationalError):  # another process is at it: the mode belongs to the file
            connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: the wait for another writer comes first, not in the middle, where SQLite would refuse at once.
        options = connection.get_execution_options()
        if not options.get("raw"):
            connection.exec_driver_sql("BEGIN" if options.get("reads") else "BEGIN IMMEDIATE")

    return engine


def _other(url: URL) -> Engine:
    return create_engine(url, pool_size=THREADS, pool_pre_ping=True, hide_parameters=True)


def _why(error: Exception) -> str:
    """The database's own words, without the statement and the shoppers' words in it."""
    return str(error.orig if isinstance(error, DBAPIError) else error)
