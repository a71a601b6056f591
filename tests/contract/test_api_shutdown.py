"""The end under load, with real processes: what was begun is told whole, to its end or up to a typed error."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore
from typing import Any

import httpx
import pytest

HERE = Path(__file__).parent
SERVE = """
import sys
from pathlib import Path
from guide import serve
serve._LAST_SECONDS = 60  # a machine under load may need longer; what is asked here is that nothing is cut off
serve.run({'port': 0, 'workers': int(sys.argv[2])}, Path(sys.argv[1]), 'fake_shop:app')
"""
STREAMS, WAITING = 6, 3


@contextlib.contextmanager
def serving(folder: Path, workers: int, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    ready = folder / "ready"
    env = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[1]}", "SHOPGUIDE_DATA": str(folder)} | environ
    command = [sys.executable, "-c", SERVE, str(ready), str(workers)]
    with subprocess.Popen(command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            for _ in range(1200):
                if ready.exists():
                    break
                assert process.poll() is None, process.stdout.read()
                time.sleep(0.05)
            yield process, ready.read_text().strip()
        finally:
            process.kill()


def blocks(text: str) -> list[tuple[str, Any]]:
    """Each event's name and its data, comments left out; fails at anything that is cut off."""
    assert text.endswith("\n\n")
    found = []
    for block in text.strip().split("\n\n"):
        if not block.startswith(":"):
            name, _, data = block.splitlines()
            found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.mark.parametrize("workers", [1, 2])
def test_every_open_answer_ends_whole(tmp_path: Path, workers: int) -> None:
    begun = Semaphore(0)

    def stream(address: str, question: str) -> str:
        body = {"question": question, "stream": True}
        with httpx.stream("POST", f"{address}/v1/ask", json=body, timeout=60) as response:
            chunks = response.iter_text()
            text = next(chunks)
            begun.release()
            return text + "".join(chunks)

    def whole(address: str) -> httpx.Response:
        begun.release()
        return httpx.post(f"{address}/v1/ask", json={"question": "slow"}, timeout=60)

    limits = {"SHOPGUIDE_LIMITS__DRAIN_SECONDS": "2", "SHOPGUIDE_LIMITS__PING_SECONDS": "0.1", "FAKE_PAUSE": "0.05"}
    with serving(tmp_path, workers, **limits) as (process, address), ThreadPoolExecutor(32) as pool:
        endless = [pool.submit(stream, address, "slow") for _ in range(STREAMS)]
        waiting = [pool.submit(whole, address) for _ in range(WAITING)]
        for _ in range(STREAMS + WAITING):
            begun.acquire()
        time.sleep(1)  # the waiting ones have said nothing yet: give their connections time to be made
        short = [pool.submit(stream, address, "x") for _ in range(STREAMS)]
        for _ in short:
            begun.acquire()
        process.send_signal(signal.SIGTERM)
        for found in endless:
            told = blocks(found.result())
            assert [name for name, _ in told] == ["status", "error"]
            assert told[-1][1]["type"] == "urn:shopguide:error:shutting_down"
        for found in short:
            assert blocks(found.result())[-1][0] == "done"
        for found in waiting:
            answer = found.result()
            assert answer.status_code == 503
            assert answer.json()["type"] == "urn:shopguide:error:shutting_down"
            assert int(answer.headers["retry-after"]) > 0
        output = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert "Traceback" not in output
