"""What is interrupted: every command that changes a shop, on a shop that is prepared for it."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec

from bench.crash.served import Client
from bench.crash.shop import FIRST_RUG, State, Truth, batch, feed, run
from index.layout import Layout

_LONG_AGO = 3600.0
"""Seconds; older than any snapshot that is spared for its readers."""


class Bench:
    """A shop, its truth, and a client of the server if there is one."""

    def __init__(self, data: Path, scratch: Path, client: Client | None = None) -> None:
        self.data, self.layout, self.truth, self.client = data, Layout(data), Truth(data), client
        self._number, self._price = 10, FIRST_RUG
        self._scratch = scratch

    def build_of(self, number: int) -> list[object]:
        """The command that builds the catalog with this number."""
        catalog = feed(self._scratch / "feed.jsonl", number)
        return ["build", catalog, "--data", self.data, "--encoder", "none", "--source", "erp"]

    def next_number(self) -> int:
        """One that no catalog had."""
        self._number += 1
        return self._number

    def next_offers(self) -> tuple[list[object], int]:
        """The command that gives all rugs a price that they never had, and the price."""
        self._price += 1
        return ["offers", batch(self._scratch / "offers.csv", self._price), "--data", self.data], self._price

    def build(self) -> State:
        """Build the next catalog, undisturbed."""
        return self.do(self.build_of(self.next_number()))

    def do(self, command: list[object]) -> State:
        """Run a command to its end."""
        code, output = run(*command)
        assert code == 0, f"{command[0]} ends with {code}: {output}"
        return self.truth.learn()

    def age(self) -> None:
        """Make snapshots that are not live old enough to be removed."""
        long_ago = time.time() - _LONG_AGO
        for name in self.layout.names():
            if name != self.layout.live():
                os.utime(self.layout.snapshot(name), (long_ago, long_ago))


class Work(msgspec.Struct, frozen=True):
    """A command, and the prices that hold once it is done."""

    command: list[object]
    lamp: int
    rug: int

    @property
    def prices(self) -> tuple[int, int]:
        """As `State.prices`."""
        return self.lamp, self.rug


Ready: TypeAlias = tuple[State, Work]
"""The shop before the work, and the work."""


def a_build(bench: Bench, now: State) -> Ready:
    """Of a catalog that changed."""
    number = bench.next_number()
    return now, Work(bench.build_of(number), number, now.rug)


def an_unchanged_build(bench: Bench, now: State) -> Ready:
    """Of what is live."""
    return now, Work(bench.build_of(now.lamp), now.lamp, now.rug)


def a_fold(bench: Bench, _: State) -> Ready:
    """A build that has only live changes to take in, and rows to forget."""
    now = bench.do(bench.next_offers()[0])
    return now, Work(bench.build_of(now.lamp), now.lamp, now.rug)


def offers(bench: Bench, now: State) -> Ready:
    """A batch of live changes."""
    command, price = bench.next_offers()
    return now, Work(command, now.lamp, price)


def an_activation(bench: Bench, now: State) -> Ready:
    """A switch by name, to the snapshot before."""
    return bench.build(), Work(["activate", now.snapshot, "--data", bench.data], now.lamp, now.rug)


def a_rollback(bench: Bench, now: State) -> Ready:
    """To the snapshot before."""
    return bench.build(), Work(["rollback", "--data", bench.data], now.lamp, now.rug)


WORKS: dict[str, Callable[[Bench, State], Ready]] = {
    "build": a_build, "unchanged build": an_unchanged_build, "fold": a_fold, "offers": offers,
    "activate": an_activation, "rollback": a_rollback,
}  # fmt: skip


def the_first_build(bench: Bench) -> tuple[None, Work]:
    """Before it there is nothing."""
    number = bench.next_number()
    return None, Work(bench.build_of(number), number, FIRST_RUG)


def the_first_offers(bench: Bench) -> Ready:
    """Before them there is no overlay."""
    return offers(bench, bench.build())


FIRST: dict[str, Callable[[Bench], tuple[State | None, Work]]] = {
    "first build": the_first_build, "first offers": the_first_offers,
}  # fmt: skip
