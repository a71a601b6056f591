"""Keys of clients: made here, shown once, kept in `state.db` as hashes.

A key is `pk_` or `sk_` and 256 random bits, so one round of SHA-256 is enough: there is nothing to guess. Revoked keys
stay listed, because the audit log names them; and a data folder that ever had a key never serves without one again.
"""

import hashlib
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from guide.errors import ConfigError, KeyringError

Kind: TypeAlias = Literal["secret", "publishable"]
PREFIXES: dict[Kind, str] = {"secret": "sk_", "publishable": "pk_"}
FILE = "state.db"
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?")
_BUSY_SECONDS = 5.0
"""How long a writer waits for another; each holds the file for milliseconds."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, origins TEXT NOT NULL,
    created_at TEXT NOT NULL, expires_at TEXT, revoked_at TEXT
)
"""
_ROWS = "SELECT digest, id, kind, name, origins, created_at, expires_at, revoked_at FROM keys ORDER BY rowid"


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key; the key itself is not. Times are ISO 8601 in UTC."""

    id: str
    kind: Kind
    name: str = ""
    origins: list[str] = []
    """Pages that may use it, for a publishable key."""
    created_at: str
    expires_at: str | None = None
    revoked_at: str | None = None

    def valid(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and (
            self.expires_at is None or now < datetime.fromisoformat(self.expires_at)
        )  # fmt: skip


class Made(NamedTuple):
    """A new key; `token` is the key itself, which nobody can show again."""

    key: Key
    token: str


def add(data: Path, kind: Kind, name: str = "", origins: tuple[str, ...] = (), expires: str | None = None) -> Made:
    """Make a key.

    Raises:
        ConfigError: an origin or a date is wrong.
        KeyringError: the file cannot be written.
    """
    now = datetime.now(UTC)
    key = Key(
        id=f"key_{secrets.token_hex(4)}", kind=kind, name=name, origins=_origins(kind, origins),
        created_at=_stamp(now), expires_at=_expiry(expires, now),
    )  # fmt: skip
    token = PREFIXES[kind] + secrets.token_urlsafe(32)
    with _writing(data) as state:
        state.execute(
            "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            (key.id, digest(token), kind, name, " ".join(key.origins), key.created_at, key.expires_at),
        )
    return Made(key, token)


def revoke(data: Path, key_id: str) -> Key:
    """End a key; ending it twice changes nothing.

    Raises:
        ConfigError: there is no such key.
        KeyringError: the file cannot be written.
    """
    if (data / FILE).exists():
        with _writing(data) as state:
            state.execute(
                "UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                (_stamp(datetime.now(UTC)), key_id),
            )
    for key in read(data).values():
        if key.id == key_id:
            return key
    raise ConfigError(f"no key has the id {key_id!r}: see `guide keys list`")


def read(data: Path) -> dict[str, Key]:
    """Every key by its digest, oldest first; {} where none was ever made.

    Raises:
        KeyringError: the file cannot be read.
    """
    path = data / FILE
    if not path.exists():
        return {}
    try:
        # Not read-only: what a writer that was killed left behind must be undone first.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS)) as state:
            made = state.execute("SELECT 1 FROM sqlite_master WHERE name = 'keys'").fetchone()
            rows = state.execute(_ROWS).fetchall() if made else []
    except sqlite3.Error as error:
        raise KeyringError(f"cannot read the keys in {path}: {error}") from error
    names = ("id", "kind", "name", "origins", "created_at", "expires_at", "revoked_at")
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    return {mark: Key(**fields | {"origins": fields["origins"].split()}) for mark, fields in found.items()}


def digest(token: str) -> str:
    """What is kept of a key: SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def _writing(data: Path) -> Iterator[sqlite3.Connection]:
    path = data / FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as state, state:
            state.execute(_SCHEMA)
            yield state
    except (OSError, sqlite3.Error) as error:
        raise KeyringError(f"cannot write the keys in {path}: {error}") from error


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _origins(kind: Kind, origins: tuple[str, ...]) -> list[str]:
    if origins and kind == "secret":
        raise ConfigError("a secret key belongs on a server and has no origin; use --kind publishable for pages")
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ConfigError(f"{origin!r} is not an origin: write it like https://shop.example, without a path")
    return list(origins)


def _expiry(text: str | None, now: datetime) -> str | None:
    """A date is the last day that the key works (UTC); a time needs its offset."""
    if text is None:
        return None
    try:
        if len(text) == len("2027-01-31"):
            end = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), UTC)
        else:
            end = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{text!r} is not a date: write it like 2027-01-31") from error
    if end.tzinfo is None or end <= now:
        raise ConfigError(f"{text!r} is over, or has no offset: write a day to come, like 2027-01-31")
    return _stamp(end)
