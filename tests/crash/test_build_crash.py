"""A builder that is killed at any moment leaves a data directory that serves.

1. Build a first snapshot. 2. Start a builder with a changed feed in a process of its own. 3. Kill it (SIGKILL) after a
random while. 4. CURRENT must name a snapshot whose every file matches its checksum, old or new, never a mixture.
5. A later build must succeed and clear what the killed one left.
"""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_shop import built, view

from catalog.model import Record, encode
from index import manifest
from index.api import Query
from index.layout import Layout

RUNS = 8
BUILD = "from index.cli import main; main()"


def start(feed: Path, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BUILD, "build", feed, "--data", data, "--encoder", "none", "--source", "sample"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write_feed(path: Path, records: list[Record], mark: str) -> Path:
    lines = [json.loads(encode(record)) for record in records]
    changed = [line | ({"title": f"{line['title']} {mark}"} if line["type"] == "product" else {}) for line in lines]
    path.write_text("\n".join(json.dumps(line) for line in changed), "utf-8")
    return path


@pytest.mark.slow
def test_current_always_names_a_sound_snapshot(sample_copy: Path, sample_records: list[Record], tmp_path: Path) -> None:
    layout = Layout(sample_copy)
    began = time.monotonic()
    assert start(write_feed(tmp_path / "feed.jsonl", sample_records, "zero"), sample_copy).wait(60) == 0
    whole = time.monotonic() - began
    dice = random.Random(11)
    killed = 0
    for run in range(RUNS):
        feed = write_feed(tmp_path / "feed.jsonl", sample_records, f"run{run}")
        builder = start(feed, sample_copy)
        # The first half of a run is mostly start-up: aim at the writing.
        time.sleep(whole * dice.uniform(0.4, 1.0))
        builder.send_signal(signal.SIGKILL)
        killed += builder.wait(10) == -signal.SIGKILL
        live = layout.live()
        assert live is not None
        assert manifest.verify(layout.snapshot(live)).records == len(sample_records)
        assert view(sample_copy).search(Query(text="耳机")).hits
    assert killed
    built(sample_copy, *sample_records)
    assert not list(layout.snapshots.glob("*.tmp"))
    for name in layout.names():
        manifest.verify(layout.snapshot(name))
