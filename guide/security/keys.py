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
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from guide.errors import ConfigError, KeyringError
from guide.security import rates

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
_LATER = {"rate": "TEXT", "max_k": "INTEGER"}
"""Columns that keys made by an earlier version do not have."""


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
    rate: str | None = None
    """Its own limit, like "60/minute;1000/day"; without one a publishable key has that of the settings."""
    max_k: int | None = None
    """Most hits a page it may ask for; without it a publishable key has that of the settings."""

    def valid(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and (
            self.expires_at is None or now < datetime.fromisoformat(self.expires_at)
        )  # fmt: skip


class Made(NamedTuple):
    """A new key; `token` is the key itself, which nobody can show again."""

    key: Key
    token: str


class Caps(NamedTuple):
    """What a key may do less, or more, of than others of its kind."""

    rate: str | None = None
    max_k: int | None = None


NO_CAPS = Caps()


def add(
    data: Path, kind: Kind, name: str = "", origins: tuple[str, ...] = (), expires: str | None = None,
    caps: Caps = NO_CAPS,
) -> Made:  # fmt: skip
    """Make a key.

    Raises:
        ConfigError: an origin, a date or a limit is wrong.
        KeyringError: the file cannot be written.
    """
    now = datetime.now(UTC)
    key = Key(
        id=f"key_{secrets.token_hex(4)}", kind=kind, name=name, origins=_origins(kind, origins),
        created_at=_stamp(now), expires_at=_expiry(expires, now), rate=_rate(caps.rate), max_k=caps.max_k,
    )  # fmt: skip
    token = PREFIXES[kind] + secrets.token_urlsafe(32)
    row = msgspec.to_builtins(key) | {"digest": digest(token), "origins": " ".join(key.origins)}
    with _writing(data) as state:
        places = ", ".join(f":{name}" for name in row)
        state.execute(f"INSERT INTO keys ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608 - our own names
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
            state.row_factory = sqlite3.Row
            made = state.execute("SELECT 1 FROM sqlite_master WHERE name = 'keys'").fetchone()
            rows = [dict(row) for row in state.execute("SELECT * FROM keys ORDER BY rowid")] if made else []
    except sqlite3.Error as error:
        raise KeyringError(f"cannot read the keys in {path}: {error}") from error
    return {row["digest"]: _key(row) for row in rows}


def digest(token: str) -> str:
    """What is kept of a key: SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def _key(row: dict[str, Any]) -> Key:
    known = {name: row[name] for name in Key.__struct_fields__ if name in row}
    return Key(**known | {"origins": known["origins"].split()})


@contextmanager
def _writing(data: Path) -> Iterator[sqlite3.Connection]:
    path = data / FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as state, state:
            state.execute(_SCHEMA)
            known = {row[1] for row in state.execute("PRAGMA table_info(keys)")}
            for name in _LATER.keys() - known:
                state.execute(f"ALTER TABLE keys ADD COLUMN {name} {_LATER[name]}")
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


def _rate(text: str | None) -> str | None:
    if text is not None and not rates.parse(text):
        raise ConfigError('an empty limit limits nothing: leave it out, or write it like "60/minute"')
    return text


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
