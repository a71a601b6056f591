"""The harness as a process, killed without warning and started again."""

import json
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from local_server import serving

from bench.harness.command import Command, finished, killed_at, rows

ANSWER = {"outcome": "answered", "text": "Yes.", "language": "en"}


class Guide(BaseHTTPRequestHandler):
    """Answers four questions, then waits until it is let go on."""

    asked: int = 0
    held = threading.Event()

    def do_GET(self) -> None:
        self._send({"status": "ready", "snapshot": "one"})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        Guide.asked += 1
        if Guide.asked > 4:
            Guide.held.wait(60)
        self._send(ANSWER)

    def _send(self, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except ConnectionError:
            return

    def log_message(self, *args: Any) -> None:
        """Keep the test output clean."""


def test_a_killed_run_goes_on_without_a_loss_and_without_a_second_row(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("".join(json.dumps({"id": f"c{at}", "question": "Is it?"}) + "\n" for at in range(8)), "utf-8")
    with serving(Guide) as address:
        run = Command(["run", str(cases), "--target", address, "--concurrency", "2"], tmp_path / "run")
        assert killed_at(run, 4) == 4
        with (run.out / "results.jsonl").open("ab") as file:
            file.write(b'{"id":"c4","conf')  # as a kill within a write leaves it
        Guide.held.set()
        ended = finished(run)
    assert (ended.rows, ended.peak_mib > 0, ended.seconds >= ended.asking > 0) == (4, True, True)
    assert sorted(row["id"] for row in rows(run.out)) == [f"c{at}" for at in range(8)]
    assert json.loads((run.out / "report.json").read_bytes())["n_errors"] == 0
