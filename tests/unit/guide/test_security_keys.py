"""Keys: shown once, kept as hashes, over at once, and never opening a door by a fault."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.errors import ConfigError, KeyringError
from guide.security import keys
from guide.security.ring import KeyRing


def test_a_key_is_kept_as_a_hash_and_found_by_its_words(tmp_path: Path) -> None:
    secret, public = (
        keys.add(tmp_path, "secret", "ERP"),
        keys.add(tmp_path, "publishable", origins=("https://a.example",)),
    )
    assert secret.token.startswith("sk_")
    assert public.token.startswith("pk_")
    assert len(secret.token) == len("sk_") + 43  # 256 bits
    stored = (tmp_path / keys.FILE).read_bytes()
    assert secret.token.encode() not in stored
    assert secret.token[3:].encode() not in stored
    assert (tmp_path / keys.FILE).stat().st_mode & 0o077 == 0
    ring = KeyRing(tmp_path)
    assert ring.find(secret.token) == secret.key
    assert ring.find(public.token) == public.key
    assert ring.find(secret.token[:-1]) is None
    assert ring.find("") is None
    assert ring.origins() == {"https://a.example"}


def test_a_ring_follows_what_is_added_and_revoked(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    assert not ring.keyed
    made = keys.add(tmp_path, "secret")
    assert ring.find(made.token) is None
    ring.refresh()
    assert ring.keyed
    assert ring.find(made.token) is not None
    ended = keys.revoke(tmp_path, made.key.id)
    assert ended.revoked_at is not None
    assert keys.revoke(tmp_path, made.key.id) == ended
    ring.refresh()
    assert ring.find(made.token) is None
    assert ring.keyed, "a shop whose last key was revoked must not open to everybody"


def test_a_state_file_without_keys_is_no_key(tmp_path: Path) -> None:
    (tmp_path / keys.FILE).touch()
    assert not KeyRing(tmp_path).keyed


def test_a_killed_writer_leaves_the_keys_as_they_were(tmp_path: Path) -> None:
    made = keys.add(tmp_path, "secret")
    code = (
        "import os, sqlite3, sys; state = sqlite3.connect(sys.argv[1]); state.execute('PRAGMA cache_size = 1'); "
        "state.execute('DELETE FROM keys'); "
        "rows = ((n, 'x' * 900 + str(n)) for n in range(99)); "
        "state.executemany('INSERT INTO keys VALUES (?, ?, 1, 1, 1, 1, 1, 1, 1, 1)', rows); "
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / keys.FILE], check=False)
    assert list(tmp_path.glob("*-journal")), "the writer was to die with its work half on the disk"
    assert KeyRing(tmp_path).find(made.token) == made.key


def test_keys_of_an_earlier_version_stay_valid_beside_new_ones(tmp_path: Path) -> None:
    old = keys.digest("pk_old")
    with closing(sqlite3.connect(tmp_path / keys.FILE)) as state, state:
        state.execute(
            "CREATE TABLE keys (id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
            "name TEXT NOT NULL, origins TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT, revoked_at TEXT)"
        )
        state.execute("INSERT INTO keys VALUES ('key_1', ?, 'publishable', '', '', '2026-01-01', NULL, NULL)", (old,))
    assert KeyRing(tmp_path).find("pk_old").rate is None
    made = keys.add(tmp_path, "publishable", caps=keys.Caps("60/minute", 20))
    ring = KeyRing(tmp_path)
    assert ring.find("pk_old").id == "key_1"
    assert ring.find(made.token) == made.key
    assert (made.key.rate, made.key.max_k) == ("60/minute", 20)


@pytest.mark.parametrize("fault", ["gone", "garbage", "emptied"])
def test_keys_that_cannot_be_read_stay_in_force(tmp_path: Path, fault: str) -> None:
    made = keys.add(tmp_path, "secret")
    ring = KeyRing(tmp_path)
    file = tmp_path / keys.FILE
    if fault == "gone":
        file.unlink()
    elif fault == "emptied":
        file.write_bytes(b"")
    else:
        file.write_bytes(b"no database" * 100)
        with pytest.raises(KeyringError, match=r"state\.db"):
            KeyRing(tmp_path)
    ring.refresh()
    assert ring.keyed
    assert ring.find(made.token) == made.key


def test_a_date_is_the_last_day_and_a_time_is_exact(tmp_path: Path) -> None:
    day = keys.add(tmp_path, "publishable", expires="2999-01-31").key
    assert day.valid(datetime(2999, 1, 31, 23, 59, tzinfo=UTC))
    assert not day.valid(datetime(2999, 2, 1, tzinfo=UTC))
    moment = keys.add(tmp_path, "publishable", expires="2999-01-31T12:00:00+08:00").key
    assert moment.expires_at == "2999-01-31T04:00:00+00:00"


def test_an_expired_key_opens_nothing_but_still_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = keys.add(tmp_path, "secret", expires="2999-01-01")

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2999, 1, 2, tzinfo=UTC)

    monkeypatch.setattr("guide.security.ring.datetime", Later)
    ring = KeyRing(tmp_path)
    assert ring.find(made.token) is None
    assert ring.keyed


@pytest.mark.parametrize(
    ("kind", "wanted", "named"),
    [
        ("publishable", {"origins": ("shop.example",)}, "not an origin"),
        ("publishable", {"origins": ("https://shop.example/page",)}, "without a path"),
        ("publishable", {"origins": ("*",)}, "not an origin"),
        ("secret", {"origins": ("https://shop.example",)}, "no origin"),
        ("publishable", {"caps": keys.Caps("sixty")}, "not a limit"),
        ("publishable", {"caps": keys.Caps("0/minute")}, "allows nothing"),
        ("publishable", {"caps": keys.Caps(" ")}, "leave it out"),
        ("secret", {"expires": "soon"}, "not a date"),
        ("secret", {"expires": "2020-01-01"}, "a day to come"),
        ("secret", {"expires": "2999-01-01T00:00"}, "no offset"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(tmp_path: Path, kind: keys.Kind, wanted: dict, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        keys.add(tmp_path, kind, **wanted)
    assert keys.read(tmp_path) == {}


def test_an_unknown_key_cannot_be_revoked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="guide keys list"):
        keys.revoke(tmp_path, "key_0")
    assert not list(tmp_path.iterdir())


def test_the_trail_names_keys_by_id_only(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from guide.cli import cli

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, ["keys", *arguments, "--data", str(tmp_path)])
        assert done.exit_code == 0, done.output
        return done.stdout

    made = json.loads(run("add", "--kind", "secret", "--name", "ERP", "--json"))
    public = run("add", "--origin", "https://a.example").strip()
    assert public.startswith("pk_")
    assert [key["state"] for key in json.loads(run("list", "--json"))] == ["valid", "valid"]
    run("revoke", made["id"])
    listed = run("list")
    assert "revoked" in listed
    assert "https://a.example" in listed
    trail = (tmp_path / "audit.jsonl").read_text("utf-8")
    events = [json.loads(line) for line in trail.splitlines()]
    assert [(event["event"], event["by"]) for event in events] == [
        ("key_added", "cli"), ("key_added", "cli"), ("key_revoked", "cli"),
    ]  # fmt: skip
    assert events[2]["key"] == made["id"]
    for shown in (trail, listed):
        assert made["key"] not in shown
        assert public not in shown
