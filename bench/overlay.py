"""Live changes: how many a second are taken, and how long until another process serves them. Prints JSON.

    python -m bench.overlay DATA [--seconds 10] [--rate 1000] [--batch 100]

Works on a copy of DATA (hard links). A writer process appends batches at the wanted rate (0: as fast as it can); a
reader process looks every 250 ms, as a serving worker does. The delay of a batch runs from its acknowledgement to the
end of the look that shows it.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from index.changes import OfferChange
from index.store import Store

POLL_SECONDS = 0.25
"""How often a worker looks at the overlay (docs/design, Workers)."""

Times = list[tuple[int, float]]
"""(number of a row, wall clock)."""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=1000.0)
    parser.add_argument("--batch", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data.parent) as folder:
        copy = Path(folder) / "data"
        shutil.copytree(options.data, copy, copy_function=os.link, ignore=shutil.ignore_patterns("cache", "*.db*"))
        print(json.dumps(measured(copy, options.seconds, options.rate, options.batch), indent=1))


def measured(data: Path, seconds: float, rate: float, batch: int) -> dict[str, float | int]:
    """Writer and reader for so many seconds."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    reader = context.Process(target=_read, args=(data, theirs))
    reader.start()
    mine.recv()  # it has opened the shop
    appended, busy, first = _append(data, seconds, rate, batch)
    mine.send(appended[-1][0])
    seen, reader_busy, products = mine.recv()
    reader.join()
    delays = sorted(1000 * (_first_at(seen, seq) - at) for seq, at in appended)
    spent = appended[-1][1] - first
    return {
        "products": products, "seconds": round(spent, 2), "updates": len(appended) * batch,
        "updates_per_s": round(len(appended) * batch / spent), "delay_ms_p50": round(delays[len(delays) // 2]),
        "delay_ms_p95": round(delays[int(len(delays) * 0.95)]), "delay_ms_max": round(delays[-1]),
        "writer_cpu_share": round(busy / spent, 3), "reader_cpu_share": round(reader_busy / spent, 3),
    }  # fmt: skip


def _append(data: Path, seconds: float, rate: float, batch: int) -> tuple[Times, float, float]:
    """When each batch was acknowledged, the processor time used, the start."""
    store, dice = Store(data), random.Random(3)
    offers = list(_offers(store))
    times: Times = []
    began, used = time.time(), time.process_time()
    while time.time() - began < seconds:
        changes = [
            OfferChange(id=id_, variant_id=variant, price=f"{dice.randint(100, 99999)}", currency=currency,
                        stock=dice.randint(0, 99))
            for id_, variant, currency in dice.choices(offers, k=batch)
        ]  # fmt: skip
        receipt = store.append(changes, "bench")
        if receipt.accepted != batch:
            raise SystemExit(f"rejected: {receipt.rejected[:1]}")
        times.append((receipt.last_seq, time.time()))
        store.catch_up()
        if rate:
            time.sleep(max(0.0, began + len(times) * batch / rate - time.time()))
    return times, time.process_time() - used, began


def _offers(store: Store) -> list[tuple[str, str | None, str]]:
    """Every sellable with the currency to price it in."""
    found: list[tuple[str, str | None, str]] = []
    for product in store.view(datetime.now(UTC)).products():
        offers = [product.offer, *(variant.offer for variant in product.variants)]
        currency = next((offer.currency for offer in offers if offer), "EUR")
        variants: list[str | None] = [variant.id for variant in product.variants]
        found += [(product.id, variant, currency) for variant in variants or [None]]
    return found


def _read(data: Path, channel: Connection) -> None:
    """Look every 250 ms until the row is seen that the other side names at its end; then report every look."""
    store = Store(data)
    channel.send("ready")
    seen: Times = []
    wanted, used = None, time.process_time()
    while wanted is None or not seen or seen[-1][0] < wanted:
        store.catch_up()
        view = store.view(datetime.now(UTC))
        seen.append((view.overlay_seq, time.time()))
        time.sleep(POLL_SECONDS)
        if wanted is None and channel.poll():
            wanted = channel.recv()
    used = time.process_time() - used
    channel.send((seen, used, len(view.products())))


def _first_at(seen: Times, seq: int) -> float:
    return next(at for shown, at in seen if shown >= seq)


if __name__ == "__main__":
    main()
