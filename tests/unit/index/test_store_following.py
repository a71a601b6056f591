"""A serving store follows switches: prepared first, swapped at once, refused when damaged, the old one is let go."""

import gc
import weakref
from pathlib import Path

import pytest
from small_shop import NOW, built, offer, product

from index import api
from index.layout import Layout


@pytest.fixture
def data(tmp_path: Path) -> Path:
    built(tmp_path, product("a", "Red lamp", offer=offer("10.00")))
    return tmp_path


def rebuilt(data: Path, price: str = "20.00") -> str:
    return built(data, product("a", "Red lamp", offer=offer(price))).snapshot


def price(view: api.View) -> int:
    live = view.offer("a")
    assert live is not None
    return live.price.amount


def test_a_switch_is_prepared_before_it_is_served_and_a_view_keeps_what_it_has(data: Path) -> None:
    store = api.open(data)
    before = store.view(NOW)
    new = rebuilt(data)
    seen: list[tuple[str, int, str]] = []
    assert store.follow(lambda view: seen.append((view.snapshot, price(view), store.view(NOW).snapshot)))
    assert seen == [(new, 2000, before.snapshot)]
    assert (store.view(NOW).snapshot, price(store.view(NOW)), price(before)) == (new, 2000, 1000)
    assert not store.follow()


def test_what_cannot_be_prepared_or_is_damaged_is_refused_until_the_next_switch(data: Path) -> None:
    store = api.open(data)
    old = store.view(NOW).snapshot

    def fails(_: api.View) -> None:
        raise ValueError("not like this")

    rebuilt(data)
    assert not store.follow(fails)
    assert (store.view(NOW).snapshot, store.refused) == (old, "not like this")
    assert "older_snapshot" in store.degraded
    damaged = Layout(data).snapshot(rebuilt(data, "30.00")) / "records.jsonl"
    damaged.write_bytes(damaged.read_bytes().replace(b"30.00", b"99.00"))
    assert not store.follow()
    assert "does not match its checksum" in (store.refused or "")
    assert price(store.view(NOW)) == 1000
    rebuilt(data, "40.00")
    assert store.follow()
    assert (price(store.view(NOW)), store.refused) == (4000, None)


def test_a_named_snapshot_is_served_for_good(data: Path) -> None:
    name = api.open(data).view(NOW).snapshot
    store = api.open(data, name)
    rebuilt(data)
    assert not store.follow()
    assert store.view(NOW).snapshot == name


def test_the_old_snapshot_is_freed_at_once(data: Path) -> None:
    store = api.open(data)
    held = weakref.ref(store._serving.live.snapshot)
    store.view(NOW).search(api.Query(text="lamp"))
    rebuilt(data)
    gc.collect()
    gc.disable()
    try:
        assert store.follow()
        assert held() is None
    finally:
        gc.enable()
