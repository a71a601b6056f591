"""A tiny shop whose every answer tells what it was made of.

A build sets the number of its feed as price and title of every lamp; a batch of live changes sets one price on every
rug. So an answer's lamps name the snapshot, its rugs name the batch, and both must agree with the rest of it.
"""

import contextlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from index import manifest
from index.cli import main
from index.layout import Layout
from index.overlay import Overlay
from index.store import Store

LAMPS = [f"lamp-{at}" for at in range(5)]
RUGS = [f"rug-{at}" for at in range(3)]
FIRST_RUG = 1
"""Their price before any change."""
SEARCH = {"filters": {"ids": [*LAMPS, *RUGS]}, "k": 20}
QUESTION = {"question": "How much is the red lamp?"}


class State(msgspec.Struct, frozen=True):
    """What a shop that is opened afresh says."""

    snapshot: str
    lamp: int
    rug: int

    @property
    def prices(self) -> tuple[int, int]:
        """Of lamps and rugs: old or new, they go together."""
        return self.lamp, self.rug


class Answer(msgspec.Struct, frozen=True):
    """What one reply said; `status` is 0 where there was none."""

    status: int
    snapshot: str = ""
    as_of: str = ""
    lamps: list[tuple[str, int]] = []
    """Title and price of each lamp."""
    rugs: list[int] = []


def run(*arguments: object) -> tuple[int, str]:
    """`guide-index` in this process: exit status and what it printed."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            return int(stop.code or 0), output.getvalue()
    return 0, output.getvalue()


def feed(path: Path, number: int) -> Path:
    """A catalog of 28 records in which the lamps carry the number."""

    def product(id_: str, title: str, price: int) -> dict[str, Any]:
        return {"type": "product", "id": id_, "title": title, "offer": {"price": f"{price}.00", "currency": "CNY"}}

    records = [product(id_, f"Red lamp {number}", number) for id_ in LAMPS]
    records += [product(id_, "Wool rug", FIRST_RUG) for id_ in RUGS]
    records += [
        {"type": "review", "id": f"review-{at}", "product_id": LAMPS[at % 5], "text": f"It shines, says reader {at}."}
        for at in range(15)
    ]
    records += [{"type": "faq", "id": f"faq-{at}", "question": f"Why {at}?", "answer": "Because."} for at in range(4)]
    records += [{"type": "policy", "id": "returns", "title": "Returns", "body": "Within 30 days."}]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def batch(path: Path, price: int) -> Path:
    """A table of live changes that gives every rug this price."""
    path.write_text("id,price,currency\n" + "".join(f"{id_},{price}.00,CNY\n" for id_ in RUGS), "utf-8")
    return path


def state(data: Path) -> State:
    """Open the shop afresh.

    Raises:
        AssertionError: what is live is damaged, or one of its parts is new and another old.
        SnapshotMissingError: nothing was built.
    """
    store = Store(data)
    try:
        view = store.view(datetime.now(UTC))
        assert store.refused is None, store.refused
        assert store.overlay_error is None, store.overlay_error
        rugs = {_yuan(view.offer(id_)) for id_ in RUGS}
        lamps = {(_titled(view.record(id_).title), _yuan(view.offer(id_))) for id_ in LAMPS}  # type: ignore[union-attr]
        assert len(rugs) == len(lamps) == 1, (rugs, lamps)
        title, price = lamps.pop()
        assert title == price, (title, price)
        return State(view.snapshot, price, rugs.pop())
    finally:
        store.close()


def _yuan(offer: Any) -> int:
    return int(offer.price.amount) // 100


def _titled(title: str) -> int:
    return int(title.rsplit(" ", 1)[1])


class Truth:
    """Every snapshot that was live and every batch that was kept, to hold answers against."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lamps: dict[str, int] = {}
        """By name of the snapshot."""
        self._manifests: dict[str, manifest.Manifest] = {}
        self._batches: dict[int, list[tuple[int, str]]] = {FIRST_RUG: [(0, "")]}
        """(last number, time of receipt) by price."""

    def learn(self) -> State:
        """Look at what the shop says now."""
        now = state(self._data)
        self._lamps[now.snapshot] = now.lamp
        self._manifests[now.snapshot] = manifest.load(Layout(self._data).snapshot(now.snapshot))
        overlay = Overlay(Layout(self._data).overlay)
        try:
            rows = overlay.after(0)
        finally:
            overlay.close()
        for row in rows[len(RUGS) - 1 :: len(RUGS)]:
            price = int(float(row.change.price or 0))  # type: ignore[union-attr]
            known = self._batches.setdefault(price, [])
            if (row.seq, row.received_at) not in known:
                known.append((row.seq, row.received_at))
        return now

    def mixed(self, answer: Answer) -> str:
        """Why an answer is not of one state that the shop was in, or nothing."""
        made = self._manifests.get(answer.snapshot)
        if made is None:
            return "a snapshot that was never live"
        lamp = self._lamps[answer.snapshot]
        if any((_titled(title), price) != (lamp, 100 * lamp) for title, price in answer.lamps):
            return "lamps of another snapshot"
        if not answer.rugs:
            return ""
        if len(set(answer.rugs)) > 1:
            return "rugs of several batches"
        batches = self._batches.get(answer.rugs[0] // 100, [])
        times = [max(made.created_at, at) if seq > made.overlay_seq else made.created_at for seq, at in batches]
        if max((seq for seq, _ in batches), default=-1) < made.overlay_seq and not self._folded(made, batches):
            return "an old price came back"
        return "" if answer.as_of in times else "a time that is not that of its prices"

    def _folded(self, made: manifest.Manifest, batches: list[tuple[int, str]]) -> bool:
        """Whether the newest batch that a snapshot holds is one of these."""
        held = [seq for others in self._batches.values() for seq, _ in others if seq <= made.overlay_seq]
        return max(held, default=0) in {seq for seq, _ in batches}
