"""The gate's place in a build, with gates that are functions, and the processes it starts."""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

import pytest
from small_shop import NOW, product, view

from index import processes
from index.build import BuildOptions, build
from index.errors import GateError, GateRefusedError
from index.gate import Canary, Gate
from index.harness import Check, Verdict
from index.layout import Layout

OPTIONS = BuildOptions(encoder=None, threads=1)


def through(gate: Gate | None, data: Path, title: str) -> str:
    return build(data, [product("lamp", title)], OPTIONS, lambda *_: None, gate=gate).gate


def refusing(layout: Layout, candidate: str, live: str | None) -> str:
    raise GateRefusedError("accuracy 1.0000 -> 0.0000")


def test_a_gate_sees_the_candidate_on_the_disk_and_what_is_live(tmp_path: Path) -> None:
    seen: list[tuple[str | None, str | None, bool]] = []

    def passing(layout: Layout, candidate: str, live: str | None) -> str:
        seen.append((layout.live(), live, candidate in layout.names()))
        return "all met"

    assert through(passing, tmp_path, "Red lamp") == "all met"
    first = Layout(tmp_path).live()
    assert through(passing, tmp_path, "Blue lamp") == "all met"
    assert through(passing, tmp_path, "Blue lamp") == ""  # nothing changed: nothing to ask
    assert seen == [(None, None, True), (first, first, True)]
    assert Layout(tmp_path).live() != first


def test_a_refused_snapshot_is_kept_and_never_gone_back_to(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    through(None, tmp_path, "Red lamp")
    live = layout.live()
    with pytest.raises(GateRefusedError):
        through(refusing, tmp_path, "Blue lamp")
    assert layout.live() == live
    (refused,) = set(layout.names()) - {live}
    through(None, tmp_path, "Green lamp")
    (layout.snapshot(layout.live() or "") / "passages.jsonl").write_text("damaged")
    assert view(tmp_path, NOW).snapshot == live
    assert refused in layout.names()


def test_of_refused_snapshots_only_the_last_stays_for_long(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    through(None, tmp_path, "Red lamp")
    through(None, tmp_path, "Green lamp")
    wanted = layout.names()
    for title in ("Blue lamp", "Black lamp", "White lamp"):
        for name in layout.names():
            os.utime(layout.snapshot(name), (0, 0))
        with pytest.raises(GateRefusedError):
            through(refusing, tmp_path, title)
    assert layout.names()[:2] == wanted
    assert len(layout.names()) == 3
    lines = [json.loads(line) for line in layout.audit.read_text("utf-8").splitlines()]
    assert [(line["event"], line["by"]) for line in lines[2:]] == [("refuse", "gate")] * 3
    assert lines[-1]["snapshot"] == layout.names()[-1]
    assert "accuracy 1.0000 -> 0.0000" in lines[-1]["why"]


def test_a_gate_that_cannot_judge_leaves_no_candidate(tmp_path: Path) -> None:
    def lost(layout: Layout, candidate: str, live: str | None) -> str:
        raise GateError("no program")

    through(None, tmp_path, "Red lamp")
    before = Layout(tmp_path).names()
    with pytest.raises(GateError):
        through(lost, tmp_path, "Blue lamp")
    assert Layout(tmp_path).names() == before
    assert not list(Layout(tmp_path).snapshots.glob("*.tmp"))


def test_a_damaged_live_snapshot_is_no_baseline(tmp_path: Path) -> None:
    through(None, tmp_path, "Red lamp")
    live = Layout(tmp_path).live()
    assert live
    (Layout(tmp_path).snapshot(live) / "passages.jsonl").write_text("damaged")
    assert through(lambda _layout, _candidate, live: f"baseline {live}", tmp_path, "Blue lamp") == "baseline None"


def test_a_program_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(GateError, match="guide is not installed beside"):
        Canary(tmp_path / "cases.jsonl")


def test_a_refusal_names_metric_from_to_and_cases() -> None:
    from index.gate import _refusal

    ids = [f"c{number}" for number in range(12)]
    checks = [
        Check(metric="accuracy", kind="tolerance", bound=0.02, baseline=1.0, value=0.5, state="missed", cases=ids),
        Check(metric="wrong_price", kind="max", bound=0, baseline=None, value=None, state="unscored", cases=[]),
        Check(slice="tag:zh", metric="outcome", kind="min", bound=1, baseline=None, value=0, state="missed", cases=[]),
        Check(metric="accuracy", kind="min", bound=0.5, baseline=1.0, value=0.5, state="ok", cases=[]),
    ]
    told = _refusal("snap-2", Verdict(says="missed: accuracy", checks=checks)).splitlines()
    assert told == [
        "the gate refused snap-2, which is kept and not live: missed: accuracy",
        "  accuracy 1.0000 -> 0.5000 (tolerance 0.02): c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 2 more",
        "  wrong_price nothing scored (max 0)",
        "  outcome of tag:zh 0.0000 (min 1)",
    ]


# --- processes -------------------------------------------------------------------------------------------------------

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="did not end within 2 s"):
        processes.finish([sys.executable, "-c", PARENT, str(tmp_path / "pid")], tmp_path / "log", 2)
    child = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 5
    while alive(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not alive(child)


def test_what_a_program_says_goes_where_it_should(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "import sys; print('{}'); print('oh\\n', file=sys.stderr); sys.exit(4)"]
    assert processes.finish(words, tmp_path / "log", 20, output=tmp_path / "out") == 4
    assert json.loads((tmp_path / "out").read_text()) == {}
    assert processes.last_line(tmp_path / "log") == "oh"
    with pytest.raises(GateError, match="cannot be started"):
        processes.finish([str(tmp_path / "absent")], tmp_path / "log", 20)
