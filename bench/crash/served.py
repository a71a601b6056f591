"""`guide serve` on a shop that is being ill-treated, and a client that asks it without a pause."""

import contextlib
import http.client
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.crash.shop import LAMPS, QUESTION, SEARCH, Answer

_PATIENCE = 180.0
_PAUSE = 0.03
"""Seconds between two pairs of requests, so that the work under test gets a share of the machine."""
_REQUESTS = (("/v1/search", SEARCH, "hits"), ("/v1/ask", QUESTION, "products"))


class Client:
    """Searches and asks in turn, each answer as what it says of the shop."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        self._connection = http.client.HTTPConnection(host, int(port), timeout=_PATIENCE)

    def both(self) -> list[Answer]:
        """One search and one question, on a connection of their own: one left idle may have been closed by now."""
        self.close()
        return [self._post(path, body, key) for path, body, key in _REQUESTS]

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _post(self, path: str, body: Any, key: str) -> Answer:
        try:
            self._connection.request("POST", path, json.dumps(body), {"content-type": "application/json"})
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return Answer(0)
        if response.status != 200:
            return Answer(response.status)
        said = json.loads(content)
        offers = [(item["id"], item["title"], item["offer"]["price"]["amount"]) for item in said[key]]
        return Answer(
            200, said["snapshot"], said["as_of"], [(title, price) for id_, title, price in offers if id_ in LAMPS],
            [price for id_, _, price in offers if id_ not in LAMPS],
        )  # fmt: skip


@contextlib.contextmanager
def served(data: Path, scratch: Path, *more: str) -> Iterator[str]:
    """The address of a server of this shop, for as long as the block lasts; `more` options go to `guide serve`.

    Raises:
        RuntimeError: it does not start, or did not last.
    """
    ready, log = scratch / "ready", scratch / "log"
    call = "import sys; sys.argv[0] = 'guide'; from guide.cli import main; main()"
    options = ["serve", "--data", str(data), "--port", "0", "--ready-file", str(ready), *more]
    with log.open("w") as errors, subprocess.Popen([sys.executable, "-c", call, *options], stderr=errors) as process:
        try:
            deadline = time.monotonic() + _PATIENCE
            while not ready.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"no server: {log.read_text()}")
                time.sleep(0.05)
            yield ready.read_text().strip()
            if process.poll() is not None:
                raise RuntimeError(f"the server died: {log.read_text()}")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)


@contextlib.contextmanager
def asking(address: str) -> Iterator[list[Answer]]:
    """A process that asks until the block ends; the list is filled then."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_ask, args=(address, theirs), daemon=True)
    process.start()
    theirs.close()
    mine.recv()  # it asks
    answers: list[Answer] = []
    try:
        yield answers
    finally:
        mine.send("enough")
        answers += mine.recv()
        process.join()


def _ask(address: str, channel: Connection) -> None:
    client = Client(address)
    answers = client.both()
    channel.send("asking")
    while not channel.poll():
        answers += client.both()
        time.sleep(_PAUSE)
    client.close()
    channel.send(answers)
