"""A small shop, cases about it, and a guide that answers them from a script."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from lamp_shop import RECORDS
from local_server import serving

from catalog.model import convert
from eval.truth import Truth


@pytest.fixture
def truth() -> Truth:
    return Truth(convert(record) for record in RECORDS)


@pytest.fixture
def catalog_file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return path


Handler = Callable[[str, dict[str, Any]], tuple[int, dict[str, str], Any]]


@pytest.fixture
def serve() -> Iterator[Callable[[Handler], str]]:
    """Start a guide on a real socket; it answers POSTs as the given function says."""

    def start(handler: Handler) -> str:
        class Guide(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._reply(200, {}, {"status": "ready", "snapshot": "snap-1"})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._reply(*handler(self.path, body))

            def _reply(self, status: int, headers: dict[str, str], body: Any) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {
                    "Content-Type": "application/json",
                    "Content-Length": str(len(data)),
                    **headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: Any) -> None:
                """Keep the test output clean."""

        return running.enter_context(serving(Guide))

    with ExitStack() as running:
        yield start
