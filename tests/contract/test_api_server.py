"""The API behind its real server: streams, going away, the ready file and the end."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

HERE = Path(__file__).parent
SERVE = """
import sys
from pathlib import Path
from guide.serve import run
run({'port': 0}, Path(sys.argv[1]), 'fake_shop:app')
"""


@contextlib.contextmanager
def serving(tmp_path: Path, **environ: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    ready = tmp_path / "ready"
    env = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[1]}"} | environ
    with subprocess.Popen([sys.executable, "-c", SERVE, str(ready)], env=env, stderr=subprocess.PIPE) as process:
        try:
            deadline = time.monotonic() + 60
            while not ready.exists():
                assert process.poll() is None, process.stderr.read()
                assert time.monotonic() < deadline, "not ready in 60 s"
                time.sleep(0.05)
            yield process, ready.read_text().strip()
        finally:
            process.kill()


def test_a_stream_arrives_piece_by_piece(tmp_path):
    with (
        serving(tmp_path, FAKE_PAUSE="0.2") as (_, address),
        httpx.stream("POST", address + "/v1/ask", json={"question": "x", "stream": True}, timeout=10) as response,
    ):
        began = time.monotonic()
        arrivals = [time.monotonic() - began for line in response.iter_lines() if line.startswith("event:")]
    assert arrivals[0] < 0.5
    assert arrivals[-1] - arrivals[0] > 1.0


def test_leaving_a_silent_stream_gives_its_place_back(tmp_path):
    with serving(tmp_path, SHOPGUIDE_LIMITS__MAX_IN_FLIGHT="1") as (_, address):
        for question in ("slow", "flood"):
            with httpx.stream("POST", address + "/v1/ask", json={"question": question, "stream": True}) as response:
                lines = response.iter_lines()  # held: letting go of it would close the response
                next(lines)
                assert httpx.post(address + "/v1/ask", json={"question": "x"}).status_code == 503
            deadline = time.monotonic() + 5
            while httpx.post(address + "/v1/ask", json={"question": "x"}).status_code != 200:
                assert time.monotonic() < deadline, "the place was not given back in 5 s"
                time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_though_a_stream_is_open(tmp_path, how):
    with serving(tmp_path, SHOPGUIDE_LIMITS__DRAIN_SECONDS="1") as (process, address):
        with httpx.stream("POST", address + "/v1/ask", json={"question": "slow", "stream": True}) as response:
            lines = response.iter_lines()
            next(lines)
            began = time.monotonic()
            process.send_signal(how)
            process.wait(timeout=8)
        assert time.monotonic() - began < 5
        assert not (tmp_path / "ready").exists()
        assert b"Shopguide answers at" in process.stderr.read()
