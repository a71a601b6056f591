"""A build that has to pass the shop's evaluation cases: real servers, the real harness, exit codes.

1. A small shop is built through the gate: absolute rules only. 2. A feed that changes nothing for the worse passes
against the live snapshot. 3. A feed with a wrong price and a lost product is refused by name, and shoppers keep the old
snapshot. 4. What cannot be asked is never switched on.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small_shop import NOW, offer, product, view

from catalog.model import Record, encode
from index.cli import main
from index.layout import Layout

pytest.importorskip("granian")
KINDS = ("kettle", "toaster", "lamp", "blender", "heater")
NAMES = {"kettle": "Alder", "toaster": "Birch", "lamp": "Cedar", "blender": "Dogwood", "heater": "Elm"}


def shop(**prices: str | None) -> list[Record]:
    """One product of each kind; a price of None takes it out."""
    made = []
    for number, kind in enumerate(KINDS):
        price = prices.get(kind, f"{number + 2}0.00")
        if price is not None:
            title = f"{NAMES[kind]} {number}00 {kind}"
            fields = {"brand": NAMES[kind], "categories": [kind], "offer": offer(price, "USD", availability="in_stock")}
            made.append(product(kind, title, language="en", description=f"A {kind} for the kitchen.", **fields))
    return made


def write_cases(path: Path) -> Path:
    rows: list[dict[str, Any]] = []
    for number, kind in enumerate(KINDS):
        name = f"{NAMES[kind]} {number}00 {kind}"
        rows += [
            {"id": f"{kind}-price", "question": f"How much is the {name}?", "must": [f"{number + 2}0"]},
            {"id": f"{kind}-find", "question": f"Show me a {kind}", "must": [name], "relevant": {kind: 1}},
        ]
    path.write_text("".join(json.dumps(row | {"language": "en"}) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cases(tmp_path_factory.mktemp("cases") / "cases.jsonl")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return tmp_path / "feed.jsonl"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def build(feed: Path, data: Path, records: list[Record], *more: object) -> Result:
    feed.write_bytes(b"".join(encode(record) + b"\n" for record in records))
    words = ["build", feed, "--data", data, "--encoder", "none", "--source", "erp", *more]
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_good_feed_passes_and_a_broken_one_is_refused_while_the_old_snapshot_stays(
    feed: Path, cases: Path, tmp_path: Path
) -> None:
    layout = Layout(tmp_path / "data")
    first = build(feed, layout.root, shop(), "--gate", cases)
    assert first.exit_code == 0, first.output
    assert "gate: 4 of 19 bounds checked, all met; no baseline: accuracy, nDCG@10, wrong_price, " in first.stdout
    better = build(feed, layout.root, shop(lamp="39.00"), "--mode", "upsert", "--json")
    assert better.exit_code == 0, better.output
    live = layout.live()

    # The lamp at its old price again is right for the cases; a heater for 6 instead of 60 and no kettle are not.
    broken = build(feed, layout.root, shop(kettle=None, heater="6.00"), "--allow-shrink", "--gate", cases)
    assert broken.exit_code == 1, broken.output
    refused = next(name for name in layout.names() if name not in {live, first.stdout.split()[1].rstrip(":")})
    assert f"error: the gate refused {refused}, which is kept and not live" in broken.stderr
    assert "accuracy" in broken.stderr
    assert "kettle-price" in broken.stderr
    assert layout.live() == live
    assert view(layout.root, NOW).record("kettle") is not None
    kept = Path(broken.stderr.split("answers and logs: ")[1].strip())
    assert {path.name for path in kept.iterdir()} >= {"eval.log", "judgement.json"}
    refusals = [json.loads(line) for line in layout.audit.read_text("utf-8").splitlines() if '"refuse"' in line]
    assert [line["snapshot"] for line in refusals] == [refused]


def test_watch_switches_on_nothing_that_the_gate_refuses(feed: Path, cases: Path, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "data")
    assert build(feed, layout.root, shop()).exit_code == 0
    live = layout.live()
    feed.write_bytes(b"".join(encode(record) + b"\n" for record in shop(heater="6.00")))
    words = ["watch", feed, "--data", layout.root, "--encoder", "none", "--source", "erp", "--rounds", 1]
    refused = CliRunner().invoke(main, [str(word) for word in (*words, "--gate", cases)])
    assert (refused.exit_code, layout.live()) == (1, live), refused.output
    assert "the gate refused" in refused.stderr


def test_a_diff_with_cases_tells_people_which_ones_moved(feed: Path, cases: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for heater in ("60.00", "6.00"):
        assert build(feed, data, shop(heater=heater)).exit_code == 0
    result = CliRunner().invoke(main, ["diff", "--cases", str(cases), "--data", str(data)])
    assert result.exit_code == 0, result.output
    assert "10 cases asked of both" in result.stdout
    assert "accuracy 1.0000 -> 0.9000, 1 cases moved\n      heater-price: 1.0000 -> 0.0000 (must:60)" in result.stdout


def test_a_server_that_does_not_start_is_an_error_and_leaves_no_candidate(
    feed: Path, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = Layout(tmp_path / "data")
    assert build(feed, layout.root, shop()).exit_code == 0
    before = (layout.live(), layout.names())
    monkeypatch.setenv("SHOPGUIDE_LIMITS__MAX_IN_FLIGHT", "many")
    result = build(feed, layout.root, shop(lamp="39.00"), "--gate", cases)
    assert result.exit_code == 3
    assert "error: `guide serve` cannot serve" in result.stderr
    assert "wrong setting" in result.stderr
    assert "logs: " in result.stderr
    assert (layout.live(), layout.names()) == before
    assert not list(layout.snapshots.glob("*.tmp"))


def test_what_the_gate_needs_is_looked_at_before_anything_is_built(feed: Path, cases: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[metrics.acuracy]\nmin = 1\n")
    clocks = tmp_path / "clocks.jsonl"
    rows = [{"id": at, "question": "Lamp?", "clock": f"2026-11-11T0{at}:00:00Z"} for at in "12"]
    clocks.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for more, code, says in (
        (("--gate", cases, "--gate-rules", wrong), 3, "no metric is called 'acuracy'"),
        (("--gate", clocks), 3, "different clocks"),
        (("--gate", wrong), 3, "guide-eval validate"),
        (("--gate-rules", wrong), 2, "without --gate"),
    ):
        result = build(feed, tmp_path / "data", shop(), *more)
        assert (result.exit_code, says in result.stderr) == (code, True), result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_build_that_is_stopped_ends_its_servers_and_takes_its_candidate_away(
    feed: Path, cases: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    layout = Layout(tmp_path / "data")
    assert build(feed, layout.root, shop()).exit_code == 0
    before = (layout.live(), layout.names())
    feed.write_bytes(b"".join(encode(record) + b"\n" for record in shop(lamp="39.00")))
    words = ["build", feed, "--data", layout.root, "--encoder", "none", "--source", "erp", "--gate", cases]
    command = [sys.executable, "-c", "from index.cli import main; main()", *words]
    env = os.environ | {"TMPDIR": str(tmp_path)}
    builder = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        server = waited_for(builder, "serve")
        builder.send_signal(number)
        _, told = builder.communicate(timeout=60)
    finally:
        builder.kill()
    assert builder.returncode == code, told
    assert not Path(f"/proc/{server}").exists()
    assert (layout.live(), layout.names()) == before
    assert not list(layout.snapshots.glob("*.tmp"))
    assert not list(tmp_path.glob("shopguide-gate-*"))


def waited_for(builder: subprocess.Popen[str], word: str) -> int:
    """The process id of the builder's child whose command line holds the word."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert builder.poll() is None, builder.stderr and builder.stderr.read()
        for child in Path(f"/proc/{builder.pid}/task/{builder.pid}/children").read_text().split():
            if word.encode() in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                return int(child)
        time.sleep(0.05)
    raise AssertionError(f"no child runs {word}")
