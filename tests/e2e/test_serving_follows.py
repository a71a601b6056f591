"""`guide serve` with two workers: live changes, switches and keys reach both; no answer fails or mixes two shops."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from small_shop import built, offer, product

from guide.security import keys
from index.layout import Layout

PATIENCE = 20.0
"""Seconds after which something that should have been seen is called unseen; the machine may be busy."""
QUESTION = {"question": "How much is the wool rug?"}


class Shop:
    """A served data folder and its secret key; every call is a new connection, so either worker may take it."""

    def __init__(self, data: Path, address: str, key: keys.Made) -> None:
        self.data, self.key = data, key
        self.client = httpx.Client(
            base_url=address, headers={"authorization": f"Bearer {key.token}"}, timeout=PATIENCE,
            limits=httpx.Limits(max_keepalive_connections=0),
        )  # fmt: skip

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.client.request(method, path, json=body)

    def ask(self) -> tuple[str, int]:
        answer = self.call("POST", "/v1/ask", QUESTION).raise_for_status().json()
        return answer["snapshot"], answer["products"][0]["offer"]["price"]["amount"]

    def search(self, product_id: str = "rug") -> tuple[str, int]:
        answer = self.call("POST", "/v1/search", {"filters": {"ids": [product_id]}}).raise_for_status().json()
        return answer["snapshot"], answer["hits"][0]["offer"]["price"]["amount"]

    def everywhere(self, look: Callable[[], Any], expected: Any) -> None:
        """Wait until twenty new connections in a row see the same."""
        deadline, row = time.monotonic() + PATIENCE, 0
        while row < 20:
            row = row + 1 if (found := look()) == expected else 0
            assert row or time.monotonic() < deadline, f"{found} instead of {expected}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for price in ("10.00", "20.00"):
        built(
            tmp_path / "data",
            product("rug", f"Wool rug at {price}", offer=offer(price)),
            product("lamp", "Red lamp", offer=offer(price)),
        )
    return tmp_path / "data"


@pytest.fixture
def shop(data: Path, tmp_path: Path) -> Iterator[Shop]:
    key, ready = keys.add(data, "secret"), tmp_path / "ready"
    call = "import sys; sys.argv[0] = 'guide'; from guide.cli import main; main()"
    options = ["serve", "--data", str(data), "--port", "0", "--workers", "2", "--ready-file", str(ready)]
    log = tmp_path / "log"
    with log.open("w") as errors, subprocess.Popen([sys.executable, "-c", call, *options], stderr=errors) as process:
        try:
            deadline = time.monotonic() + 60
            while not ready.exists():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, "not ready in 60 s"
                time.sleep(0.05)
            served = Shop(data, ready.read_text().strip(), key)
            with served.client:
                yield served
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
    assert key.token not in log.read_text()


def counted(shop: Shop) -> int:
    """Answers that the worker which takes this call has given."""
    text = shop.call("GET", "/metrics").raise_for_status().text
    return sum(int(float(number)) for number in re.findall(r"^guide_answers_total{.*} (\S+)$", text, re.MULTILINE))


def both_work(shop: Shop) -> bool:
    """Whether two workers count; two that happen to have given as many answers differ after the next one."""
    for _ in range(5):
        if len({counted(shop) for _ in range(20)}) == 2:
            return True
        shop.ask()
    return False


def test_both_workers_follow_offers_switches_and_keys(shop: Shop) -> None:
    older, newer = Layout(shop.data).names()
    assert (shop.search(), shop.ask()) == ((newer, 2000), (newer, 2000))

    rows = [{"id": "rug", "price": {"amount": 1550, "currency": "CNY"}}, {"id": "absent", "stock": 0}]
    receipt = shop.call("PATCH", "/v1/admin/offers", {"offers": rows}).raise_for_status().json()
    assert (receipt["accepted"], [one["reason"] for one in receipt["rejected"]]) == (1, ["unknown_id"])
    shop.everywhere(shop.search, (newer, 1550))
    shop.everywhere(shop.ask, (newer, 1550))
    assert both_work(shop), "one worker took everything: the rest proves nothing"

    prices = {older: 1000, newer: 2000}
    with clients(shop) as seen:
        for live in (older, newer, older):
            assert shop.call("POST", f"/v1/admin/snapshots/{live}/activate").status_code == 200
            shop.everywhere(lambda: shop.search("lamp"), (live, prices[live]))
    assert set(seen) == {("search", (name, price)) for name, price in prices.items()} | {
        ("ask", (older, 1550)), ("ask", (newer, 1550)),
    }, "a mixed answer, or one that failed"  # fmt: skip

    keys.revoke(shop.data, shop.key.key.id)
    shop.everywhere(lambda: shop.call("POST", "/v1/search", {}).status_code, 401)


@contextlib.contextmanager
def clients(shop: Shop) -> Iterator[Counter[Any]]:
    """Two clients that ask and search without a pause; what they saw, errors included."""
    seen: Counter[Any] = Counter()
    over = threading.Event()

    def run(name: str, look: Callable[[], Any]) -> None:
        while not over.is_set():
            try:
                seen[name, look()] += 1
            except Exception as error:
                seen[name, repr(error)] += 1

    looks = {"search": lambda: shop.search("lamp"), "ask": shop.ask}
    threads = [threading.Thread(target=run, args=look, daemon=True) for look in looks.items()]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join(PATIENCE)
