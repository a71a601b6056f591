"""Appends, builds and rollbacks in any order: the price that is seen is always that of a model of a few lines.

The shop: `p` without variants; `q` with its own offer, `q1` with its own, `q2` without one. Every feed gives `p` and
`q` a number from which their prices follow. The model knows every accepted row for ever, and for each snapshot what
the feeds had said by then and since when.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_shop import NOW, built, offer, product, variant

from index import activate, api
from index.dates import iso, millis
from index.errors import SwitchRefusedError
from index.switch import roll_back

PLACES = [("p", None), ("q", None), ("q", "q1"), ("q", "q2")]
FACTOR = {("p", None): 1, ("q", None): 2, ("q", "q1"): 3}

Feed = dict[tuple[str, str | None], tuple[int, int]]
"""Price and since when (milliseconds) of every offer that the feeds have."""

numbers = st.integers(1, 3)
feeds = st.tuples(st.just("feed"), numbers, numbers)
appends = st.tuples(st.just("append"), st.sampled_from(PLACES), st.integers(100, 120), st.integers(0, 4))
steps = st.lists(st.one_of(feeds, appends, appends, st.just(("rollback",)), st.just(("look",))), min_size=3, max_size=9)


class Model:
    def __init__(self) -> None:
        self.rows: list[tuple[tuple[str, str | None], int, int]] = []
        self.stack: list[Feed] = []
        self.moments: list[int] = []

    def fed(self, p: int, q: int, now: int) -> None:
        before = self.stack[-1] if self.stack else {}
        new = {place: factor * (p if place[0] == "p" else q) for place, factor in FACTOR.items()}
        same = {place for place in new if place in before and before[place][0] == new[place]}
        self.stack.append({place: before[place] if place in same else (new[place], now) for place in new})

    def price(self, place: tuple[str, str | None]) -> int:
        own = place if place in FACTOR else ("q", None)
        fed, since = self.stack[-1][own]
        price = fed if own == place else self.price(own)
        for where, at, value in sorted(self.rows, key=lambda row: row[1]):  # stable: of equals the later row wins
            if where == place and at >= since:
                price = value
        return price


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps)
def test_the_price_seen_is_the_models(steps: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activate, "_SPARED_SECONDS", -1)  # so that snapshots go, and rows are pruned
    with TemporaryDirectory() as folder:
        data, model = Path(folder), Model()
        feed(data, model, 1, 1)
        store = api.open(data)
        for step in steps:
            take(step, data, model, store)
            store.refresh()
            for view in (store.view(NOW), api.open(data).view(NOW)):
                assert {place: seen(view, *place) for place in PLACES} == {
                    place: model.price(place) for place in PLACES
                }
        store.close()


def take(step: tuple[Any, ...], data: Path, model: Model, store: api.Store) -> None:
    match step:
        case ("feed", p, q):
            feed(data, model, p, q)
        case ("append", place, price, back):
            append(model, store, place, price, back)
        case ("rollback",):
            try:
                roll_back(data)
                model.stack.pop()
            except SwitchRefusedError:
                pass


def feed(data: Path, model: Model, p: int, q: int) -> None:
    shirt = [variant("q1", f"{3 * q}.00"), variant("q2")]
    report = built(
        data, product("p", offer=offer(f"{p}.00")), product("q", variants=shirt, offer=offer(f"{2 * q}.00")),
        allow_shrink=True,
    )  # fmt: skip
    if report.changed:
        model.fed(p, q, said(data))


def said(data: Path) -> int:
    """When the newest feed's words were stamped: its records say so."""
    view = api.open(data).view(NOW)
    stamps = [millis(record.updated_at) for record in view.products()]
    return max(stamp for stamp in stamps if stamp is not None)


def append(model: Model, store: api.Store, place: tuple[str, str | None], price: int, back: int) -> None:
    """A row that holds from now, or from the moment of one of the last steps."""
    time.sleep(0.002)
    now = int(datetime.now(UTC).timestamp() * 1000)
    model.moments.append(now)
    at = model.moments[-min(1 + back, len(model.moments))]
    change = api.OfferChange(id=place[0], variant_id=place[1], price=f"{price}.00", as_of=iso(at))
    if store.append([change], "test").accepted:
        model.rows.append((place, at, price))


def seen(view: api.View, id_: str, variant_id: str | None) -> int:
    """The product's own price where its offer is asked: a view's would be that of its cheapest variant."""
    record: Any = view.record(id_)
    live = view.offer(id_, variant_id)
    assert live is not None
    if id_ == "q" and variant_id is None:
        return int(float(record.offer.price))
    return live.price.amount // 100
