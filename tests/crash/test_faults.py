"""A part of `make crash`: some of the system calls of each work killed or failed, some of the damage."""

import contextlib
from pathlib import Path

import pytest

from bench.crash.damage import damage_overlay, damage_snapshots
from bench.crash.points import interrupted, interrupted_first, judge
from bench.crash.served import Client, asking, served
from bench.crash.syscalls import Fault, Kind, supported, traced
from bench.crash.works import Bench

traceable = pytest.mark.skipif(not supported(), reason="processes cannot be traced here")


@traceable
def test_a_fault_strikes_the_call_it_is_meant_for(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def write() -> None:
        path.write_bytes(b"x" * 100)

    assert traced(write).steps == ["create", "write"]
    assert (traced(write, Fault("kill", 1)).code, path.read_bytes()) == (-9, b"")
    assert (traced(write, Fault("torn", 1)).code, path.stat().st_size) == (-9, 50)
    assert "No space left on device" in traced(write, Fault("full", 1)).output
    assert "Input/output error" in traced(write, Fault("error", 0)).output
    short = traced(write, Fault("short", 1))
    assert (short.steps, path.stat().st_size) == (["create", "write", "write"], 50)
    assert "No space left on device" in short.output
    assert not traced(write, Fault("torn", 0)).struck


@traceable
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind", "every"),
    [("fold", "kill", 50), ("fold", "error", 90), ("build", "full", 50), ("offers", "kill", 4), ("offers", "short", 3),
     ("activate", "error", 5), ("rollback", "torn", 4)],
)  # fmt: skip
def test_the_shop_is_the_old_or_the_new_one(tmp_path: Path, name: str, kind: Kind, every: int) -> None:
    bench = Bench(tmp_path / "shop", tmp_path)
    bench.build()
    bench.build()
    found = interrupted(bench, name, kind, every)
    assert found.points
    assert found.wrong == []


@traceable
def test_a_shop_that_never_was_is_there_or_not(tmp_path: Path) -> None:
    found = interrupted_first(tmp_path, "first build", "kill", 60)
    assert found.points
    assert found.wrong == []


@traceable
@pytest.mark.slow
def test_a_server_answers_throughout(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "shop", tmp_path)
    bench.build()
    bench.build()
    with served(bench.data, tmp_path) as address:
        bench.client = client = Client(address)
        with contextlib.closing(client), asking(address) as answers:
            found = interrupted(bench, "build", "kill", 60)
    judge(answers, bench.truth, found)
    assert len(answers) > 2
    assert found.answers == 2 * found.points > 2
    assert (found.wrong, found.failed, found.mixed) == ([], [], [])


def test_a_damaged_snapshot_is_refused_and_the_older_one_serves(tmp_path: Path) -> None:
    found = damage_snapshots(tmp_path, times=200, opened=10)
    assert found.refused == found.tried > 150
    assert found.opened > 5
    assert found.wrong == []


def test_a_damaged_overlay_never_gives_another_price(tmp_path: Path) -> None:
    found = damage_overlay(tmp_path, times=100)
    assert found.refused > 30
    assert found.opened
    assert found.wrong == []
