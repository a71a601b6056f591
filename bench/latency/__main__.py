"""How long POST /v1/ask takes at 1, 8 and 32 clients, with one worker and with two. Prints JSON.

    python -m bench.latency data/bench/icecat --queries ../shared/data/icecat_chorus/dev/qrels.jsonl
    python -m bench.latency data/bench/icecat --queries … --generator http://127.0.0.1:8099/v1 --model qwen

The loop is closed, without time to think. Each level asks questions that this server has never seen, as JSON and then
other ones as events, and the same again: vectors of statements and readings are kept. With several workers a repeated
question may meet the other worker. A --generator is asked by one client, events only. The load average before and after
says what else the machine did.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bench.crash.served import served
from bench.latency.loop import ask_all
from bench.latency.questions import Asked, questions
from bench.latency.report import told
from index import api

_CLIENTS = (1, 8, 32)
_ROUNDS = 4
"""At least so many questions a client."""
_SETTLED = 5
"""Ready answers in a row, and questions that are not counted, before the clock starts."""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--queries", type=Path, required=True, help="JSONL with a query in each line")
    parser.add_argument("--n", type=int, default=60, help="questions a level, at the least")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--clients", type=int, nargs="+", default=list(_CLIENTS))
    parser.add_argument("--generator", default="", help="as generator.url")
    parser.add_argument("--model", default="")
    options = parser.parse_args()
    store = api.open(options.data)
    asked = list(questions(store.view(datetime.now(UTC)), options.queries))
    store.close()
    load = os.getloadavg()
    if options.generator:
        rows = asyncio.run(_with_model(options, asked))
    else:
        rows = [row for workers in options.workers for row in asyncio.run(_composed(options, asked, workers))]
    machine = {"cpus": os.cpu_count(), "loadavg_before": load, "loadavg_after": os.getloadavg()}
    print(json.dumps({"machine": machine, "levels": rows}, indent=1))


async def _composed(options: argparse.Namespace, asked: list[Asked], workers: int) -> list[dict[str, Any]]:
    rows = []
    waiting = iter(asked)
    with _server(options, workers) as address:
        await _settle(address, waiting, workers)
        for clients in options.clients:
            for stream in (False, True):
                fresh = list(itertools.islice(waiting, max(options.n, _ROUNDS * clients)))
                for kind in ("new", "again"):
                    level = {"workers": workers, "clients": clients, "wire": "events" if stream else "json"}
                    rows.append({**level, "questions": kind, **await _level(address, fresh, clients, stream=stream)})
    return rows


async def _with_model(options: argparse.Namespace, asked: list[Asked]) -> list[dict[str, Any]]:
    waiting = iter(asked)
    with _server(options, 1) as address:
        await _settle(address, waiting, 1)
        fresh = list(itertools.islice(waiting, options.n))
        level = {"workers": 1, "clients": 1, "wire": "events", "questions": "new", "model": options.model}
        return [{**level, **await _level(address, fresh, 1, stream=True)}]


async def _level(address: str, asked: list[Asked], clients: int, *, stream: bool) -> dict[str, Any]:
    began = time.perf_counter()
    timed = await ask_all(address, asked, clients, stream=stream)
    return told(timed, time.perf_counter() - began)


async def _settle(address: str, waiting: Iterator[Asked], workers: int) -> None:
    """Until the encoder is loaded and the shop is read, in every worker."""
    async with httpx.AsyncClient(base_url=address, timeout=120.0) as client:
        ready = 0
        while ready < _SETTLED * workers:
            answer = (await client.get("/readyz")).json()
            ready = ready + 1 if "encoder_loading" not in answer["degraded"] else 0
            await asyncio.sleep(0.2)
    await ask_all(address, list(itertools.islice(waiting, _SETTLED * workers)), workers, stream=False)


@contextlib.contextmanager
def _server(options: argparse.Namespace, workers: int) -> Iterator[str]:
    """The shop as it lies there, with its conversations kept elsewhere; each worker takes all clients.

    Twice as many places: one is free again a moment after its client has the last byte and asks on.
    """
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch, "config.toml")
        config.write_text(
            f'[state]\nurl = "sqlite:///{scratch}/state.db"\n[limits]\nmax_in_flight = {2 * max(options.clients)}\n'
            f'[generator]\nurl = "{options.generator}"\nmodel = "{options.model}"\ntimeout_seconds = 60\n'
        )
        with served(options.data, Path(scratch), "--config", str(config), "--workers", str(workers)) as address:
            yield address


if __name__ == "__main__":
    main()
