"""Answers while snapshots are switched: failures, mixed answers, waiting times, memory. Prints a line of JSON a server.

python -m bench.switching data/shop --switches 100

Works on a copy. A second snapshot with other prices is built from the first, so that every answer tells by its prices
which of the two it was made of; an answer whose prices are not all those of the snapshot it names is mixed.
"""

import argparse
import contextlib
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import msgspec

from catalog.model import Offer, Product
from index import api
from index.build import BuildOptions, build

CLOCK = "2026-11-20T09:00:00+00:00"
SEED = 7
PRODUCTS = 12
"""Products that are asked for; their texts are encoded once, in the first seconds, and not what is measured."""
WARM, IDLE = 100, 200
"""Answers for each worker that warm it up, and answers that are measured before the first switch."""
RISE = Decimal(7)
"""Added to every price of the second snapshot; whole, so that currencies without decimals take it."""

Prices = dict[tuple[str, str | None], int]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--switches", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--clients", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(shutil.copytree(options.data, Path(folder, "data")))
        names = two_snapshots(data)
        prices = {name: known_prices(data, name) for name in names}
        for workers in options.workers:
            print(json.dumps(measure(data, prices, workers, options)), flush=True)


def two_snapshots(data: Path) -> list[str]:
    """The live snapshot and one made of it with other prices; texts stay, so nothing is encoded."""
    view = api.open(data).view(datetime.fromisoformat(CLOCK))
    manifest = json.loads((data / "snapshots" / view.snapshot / "manifest.json").read_text("utf-8"))
    encoder = manifest["encoders"][0]["name"] if manifest["encoders"] else None
    changed = [dearer(record) for record in view.products()]
    report = build(data, changed, BuildOptions(mode="upsert", encoder=encoder), lambda *_: None)
    return [view.snapshot, report.snapshot]


def dearer(product: Product) -> Product:
    """The product with every price raised."""

    def raised(offer: Offer | None) -> Offer | None:
        return offer and msgspec.structs.replace(offer, price=str(Decimal(offer.price) + RISE), list_price=None)

    variants = [msgspec.structs.replace(variant, offer=raised(variant.offer)) for variant in product.variants]
    return msgspec.structs.replace(product, offer=raised(product.offer), variants=variants)


def known_prices(data: Path, name: str) -> Prices:
    """What each form of each product costs by one snapshot."""
    view = api.open(data, name).view(datetime.fromisoformat(CLOCK))
    found: Prices = {}
    for product in view.products():
        for variant in (None, *(form.id for form in product.variants)):
            if (offer := view.offer(product.id, variant)) is not None:
                found[product.id, variant] = offer.price.amount
    return found


def measure(data: Path, prices: dict[str, Prices], workers: int, options: argparse.Namespace) -> dict[str, Any]:
    """One server, first left alone and then switched under."""
    products = api.open(data).view(datetime.now(UTC)).products()
    titles = [product.title for product in random.Random(SEED).sample(products, min(PRODUCTS, len(products)))]
    with serving(data, workers) as (address, pid):
        load = Load(address, prices, titles)
        with load.running(options.clients):
            load.take(WARM * workers)
            idle, before = load.take(IDLE), memory(pid)
            lags, tracks = [], [before]
            for turn, name in enumerate(itertools.islice(itertools.cycle(prices), options.switches), 1):
                lags.append(switch(data, name, load, workers))
                if turn % 10 == 0:
                    tracks.append(memory(pid))
            busy, after = load.take(), memory(pid)
    return {
        "workers": workers, "clients": options.clients, "switches": options.switches,
        "requests": len(idle) + len(busy), "not_200": load.failed, "mixed": load.mixed, "errors": dict(load.errors),
        "snapshots_seen": dict(load.seen),
        "idle_ms": quantiles(idle), "switching_ms": quantiles(busy),
        "seen_after_s": {"median": round(statistics.median(lags), 2), "max": round(max(lags), 2)},
        "rss_mb": {"before": before, "after": after, "every_10_switches": tracks},
    }  # fmt: skip


def switch(data: Path, name: str, load: "Load", workers: int) -> float:
    """Switch, and wait until the last dozen answers for each worker are of the new snapshot; the seconds that took."""
    began, wanted = time.perf_counter(), 12 * workers
    api.switch_on(data, name, by="bench")
    while len(last := load.names_since(began)[-wanted:]) < wanted or set(last) != {name}:
        time.sleep(0.05)
    return time.perf_counter() - began


class Load:
    """Closed-loop clients: each asks or searches, waits for the answer, checks it, goes on."""

    def __init__(self, address: str, prices: dict[str, Prices], titles: list[str]) -> None:
        self.address, self.prices, self.titles = address, prices, titles
        self.failed = self.mixed = 0
        self.errors: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self._times: list[float] = []
        self._names: list[tuple[float, str]] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def running(self, clients: int) -> Iterator[None]:
        over = threading.Event()
        threads = [threading.Thread(target=self._run, args=(seed, over)) for seed in range(clients)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def take(self, least: int = 0) -> list[float]:
        """Seconds of the requests since the last call, once there are as many."""
        while len(self._times) < least:
            time.sleep(0.1)
        with self._lock:
            taken, self._times = self._times, []
            return taken

    def names_since(self, moment: float) -> list[str]:
        """Snapshots of the answers that were begun since."""
        with self._lock:
            self._names = [pair for pair in self._names if pair[0] >= moment]
            return [name for _, name in self._names]

    def _run(self, seed: int, over: threading.Event) -> None:
        chance = random.Random(SEED + seed)
        while not over.is_set():
            # A new connection now and then: a kept one stays with its worker.
            with httpx.Client(base_url=self.address, timeout=120, verify=False) as client:  # noqa: S501 - loopback
                for _ in range(5):
                    self._once(client, chance)

    def _once(self, client: httpx.Client, chance: random.Random) -> None:
        title = chance.choice(self.titles)
        asks = chance.random() < 0.5
        body = {"question": title} if asks else {"query": title, "k": 10}
        began = time.perf_counter()
        try:
            response = client.post("/v1/ask" if asks else "/v1/search", json=body)
        except httpx.HTTPError as error:
            with self._lock:
                self.failed += 1
                self.errors[type(error).__name__] += 1
            return
        self._note(began, time.perf_counter() - began, response, "products" if asks else "hits")

    def _note(self, began: float, seconds: float, response: httpx.Response, cards: str) -> None:
        answer = response.json()
        with self._lock:
            self._times.append(seconds)
            if response.status_code != 200:
                self.failed += 1
                self.errors[answer.get("type", "?")] += 1
                return
            name, known = answer["snapshot"], self.prices[answer["snapshot"]]
            self.seen[name] += 1
            self._names.append((began, name))
            shown = ((card["id"], card.get("variant_id"), card["offer"]) for card in answer[cards])
            self.mixed += any(offer and offer["price"]["amount"] != known[id_, form] for id_, form, offer in shown)


@contextlib.contextmanager
def serving(data: Path, workers: int) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: its address and process id, once it is warm."""
    ready = data.parent / "ready"
    command = [Path(sys.executable).parent / "guide", "serve", "--data", data, "--port", "0", "--clock", CLOCK]
    options = ["--workers", str(workers), "--ready-file", ready]
    with subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL) as process:
        try:
            while not ready.exists():
                if process.poll() is not None:
                    sys.exit("the server ended")
                time.sleep(0.1)
            address = ready.read_text().strip()
            streak = 0
            while streak < 20:  # every worker is warm
                streak = (
                    0
                    if "encoder_loading" in httpx.get(address + "/readyz", timeout=60).json()["degraded"]
                    else streak + 1
                )
                time.sleep(0.1)
            yield address, process.pid
        finally:
            process.terminate()


def memory(pid: int) -> float:
    """Resident megabytes of a process and all below it."""
    total = 0.0
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            total += int(line.split()[1]) / 1024
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        total += memory(int(child))
    return round(total, 1)


def quantiles(seconds: list[float]) -> dict[str, float]:
    """Milliseconds."""
    cuts = statistics.quantiles(seconds, n=1000)
    return {"n": len(seconds), "p50": round(cuts[499] * 1e3, 1), "p99": round(cuts[989] * 1e3, 1),
            "max": round(max(seconds) * 1e3, 1)}  # fmt: skip


if __name__ == "__main__":
    os.environ.pop("SHOPGUIDE_DATA", None)
    main()
