"""Live offers reach filters, sorting, facets and records; a build keeps them, a feed that says more overtakes them."""

import importlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from small_shop import NOW, built, ids, offer, product, sale, variant

from catalog.money import Money
from index import api, manifest
from index.errors import StorageError
from index.layout import Layout
from index.overlay import Overlay
from index.switch import roll_back

SHIRT = [variant("m", "30.00", stock=2), variant("l")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    feed(tmp_path)
    return tmp_path


def feed(data: Path, lamp: str = "10.00", title: str = "Red lamp", **lamp_fields: Any) -> bool:
    return built(
        data,
        product("lamp", title, offer=offer(lamp, **lamp_fields)),
        product("shirt", "Linen shirt", variants=SHIRT, offer=offer("20.00")),
        product("rug", "Wool rug"),
        sale("night", "5.00", "lamp", starts_at="2026-11-20T00:00:00+00:00", ends_at="2026-11-21T00:00:00+00:00"),
    ).changed


def send(store: api.Store, **change: Any) -> api.Receipt:
    receipt = store.append([api.read_change(change)], "test")
    store.refresh()
    return receipt


def taken(store: api.Store, **change: Any) -> None:
    assert send(store, **change).accepted == 1


def reason(store: api.Store, **change: Any) -> str:
    return send(store, **change).rejected[0].reason


def price(view: api.View, id_: str, variant_id: str | None = None) -> Money | None:
    found = view.offer(id_, variant_id)
    return found and found.price


def test_filters_sorting_facets_and_records_see_the_live_price(data: Path) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="99.00", list_price="120.00", stock=0)
    view = store.view(NOW)
    below = api.Filter(price=api.PriceFilter(currency="CNY", max=5000))
    assert ids(view.search(api.Query(filter=below))) == ["shirt"]
    assert ids(view.search(api.Query(sort="price_desc")))[0] == "lamp"
    facets = view.facets()
    assert (facets.prices[0].dearest, facets.prices[0].max, facets.available) == ("lamp", Money(9900, "CNY"), 1)
    live, record = view.offer("lamp"), view.record("lamp")
    assert live is not None
    assert (live.list_price, live.stock, live.available) == (Money(12000, "CNY"), 0, False)
    assert live.as_of == view.as_of > latest(data).created_at
    assert record == next(each for each in view.products() if each.id == "lamp")
    assert record.offer.price == "99.00"  # type: ignore[union-attr]


def latest(data: Path) -> manifest.Manifest:
    layout = Layout(data)
    return manifest.load(layout.snapshot(layout.live() or ""))


def test_a_view_keeps_what_it_began_with(data: Path) -> None:
    store = api.open(data)
    before = store.view(NOW)
    taken(store, id="lamp", price="99.00")
    assert (price(before, "lamp"), before.overlay_seq) == (Money(1000, "CNY"), 0)
    assert (price(store.view(NOW), "lamp"), store.view(NOW).overlay_seq) == (Money(9900, "CNY"), 1)


def test_a_product_change_reaches_variants_without_an_offer_and_a_variant_change_goes_above_it(data: Path) -> None:
    store = api.open(data)
    taken(store, id="shirt", price="25.00")
    assert [price(store.view(NOW), "shirt", name) for name in ("m", "l")] == [Money(3000, "CNY"), Money(2500, "CNY")]
    taken(store, id="shirt", variant_id="l", stock=0)
    taken(store, id="shirt", price="26.00")
    assert price(store.view(NOW), "shirt", "l") == Money(2600, "CNY")
    taken(store, id="shirt", variant_id="l", price="27.00")
    taken(store, id="shirt", price="28.00")
    live = store.view(NOW).offer("shirt", "l")
    assert live is not None
    assert (live.price, live.stock) == (Money(2700, "CNY"), 0)


def test_a_first_price_and_a_currency_that_nothing_was_sold_in(data: Path) -> None:
    store = api.open(data)
    assert reason(store, id="rug", stock=3) == "no_price"
    assert reason(store, id="rug", price="9.90") == "bad_currency"
    taken(store, id="rug", price="9.90", currency="USD")
    taken(store, id="rug", stock=3)
    view = store.view(NOW)
    assert ids(view.search(api.Query(filter=api.Filter(price=api.PriceFilter(currency="USD", max=990))))) == ["rug"]
    assert [facet.min.currency for facet in view.facets().prices] == ["CNY", "USD"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": "vase", "stock": 1}, "unknown_id"),
        ({"id": "shirt", "variant_id": "xl", "stock": 1}, "unknown_variant"),
        ({"id": "lamp"}, "nothing_to_change"),
        ({"id": "lamp", "price": "-1"}, "bad_price"),
        ({"id": "lamp", "price": "1.005"}, "bad_price"),
        ({"id": "lamp", "price": "1", "currency": "yuan"}, "bad_currency"),
        ({"id": "lamp", "list_price": "1", "currency": "USD"}, "no_price"),
        ({"id": "lamp", "stock": 1, "as_of": "soon"}, "bad_time"),
        ({"id": "lamp", "stock": 1, "as_of": "2999-01-01T00:00:00Z"}, "bad_time"),
        ({"id": "lamp", "stock": 1, "as_of": "2001-01-01T00:00:00Z"}, "overtaken"),
        ({"type": "delete", "id": "lamp"}, "unknown_id"),
    ],
)
def test_a_change_that_does_not_fit_is_told_and_stops_no_other(data: Path, change: dict[str, Any], why: str) -> None:
    store = api.open(data)
    receipt = store.append([api.read_change(change), api.read_change({"id": "lamp", "price": "11.00"})], "test")
    assert [(row.index, row.id, row.reason) for row in receipt.rejected] == [(0, change["id"], why)]
    assert (receipt.accepted, receipt.first_seq, receipt.last_seq) == (1, 1, 1)


def test_every_variant_priced_by_its_feed_asks_for_the_variant(tmp_path: Path) -> None:
    built(tmp_path, product("mug", variants=[variant("s", "5.00"), variant("t", "6.00")], offer=offer("5.00")))
    assert reason(api.open(tmp_path), id="mug", price="4.00") == "variant_needed"


def test_rows_may_arrive_out_of_order_and_an_amount_keeps_its_currency(data: Path) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="12.00", currency="EUR")
    assert reason(store, id="lamp", price="13.00", currency="USD", as_of="2026-01-01") == "overtaken"
    taken(store, id="lamp", stock=7)
    live = store.view(NOW).offer("lamp")
    assert live is not None
    assert (live.price, live.stock) == (Money(1200, "EUR"), 7)


def test_a_flash_sale_acts_on_top_of_the_live_price_and_is_set_and_ended_live(data: Path) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="8.00")
    times = {"starts_at": "2026-11-11T00:00:00+00:00", "ends_at": "2026-11-12T00:00:00+00:00"}
    taken(store, type="promotion", id="noon", kind="flash_sale", product_ids=["lamp"], price="7.00", **times)
    live = store.view(NOW).offer("lamp")
    assert live is not None
    assert (live.price, live.list_price, live.promotion_id) == (Money(700, "CNY"), Money(800, "CNY"), "noon")
    assert price(store.view(NOW + timedelta(days=1)), "lamp") == Money(800, "CNY")
    taken(store, type="delete", id="noon")
    taken(store, type="delete", id="night")
    assert feed(data)
    store.refresh()
    for view in (store.view(NOW), api.open(data).view(NOW)):
        assert (price(view, "lamp"), view.promotions("lamp"), view.record("noon")) == (Money(800, "CNY"), [], None)


def test_a_promotion_that_is_none_is_refused(data: Path) -> None:
    store = api.open(data)
    broken = {"type": "promotion", "id": "x", "kind": "flash_sale", "starts_at": "2026-11-11", "ends_at": "never"}
    assert reason(store, **broken, product_ids=["lamp"]) == "bad_promotion"
    times = {"starts_at": "2026-11-11T00:00:00+00:00", "ends_at": "2026-11-12T00:00:00+00:00"}
    assert reason(store, type="promotion", id="x", kind="coupon", product_ids=["vase"], **times) == "unknown_id"
    assert reason(store, type="promotion", id="rug", kind="coupon", product_ids=["lamp"], **times) == "bad_promotion"


def test_a_build_folds_rows_in_once_though_the_feed_says_the_same(data: Path) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="12.00")
    assert feed(data)
    assert latest(data).overlay_seq == 1
    assert not feed(data)
    store.refresh()
    view = store.view(NOW)
    live = view.offer("lamp")
    assert live is not None
    assert (live.price, view.overlay_seq, live.as_of == view.as_of) == (Money(1200, "CNY"), 1, False)
    assert '"12.00"' in (Layout(data).snapshot(view.snapshot) / "records.jsonl").read_text("utf-8")


def test_a_feed_overtakes_a_change_only_when_it_says_something_newer_of_the_offer(data: Path) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="12.00")
    feed(data, title="Crimson lamp")
    assert price(api.open(data).view(NOW), "lamp") == Money(1200, "CNY")
    assert not feed(data, title="Crimson lamp")
    feed(data, "11.00", "Crimson lamp", as_of="2020-01-01T00:00:00Z")
    assert price(api.open(data).view(NOW), "lamp") == Money(1200, "CNY")
    feed(data, "9.00", "Crimson lamp")
    assert price(api.open(data).view(NOW), "lamp") == Money(900, "CNY")
    roll_back(data)
    assert price(api.open(data).view(NOW), "lamp") == Money(1200, "CNY")


def test_rows_are_pruned_when_every_kept_snapshot_has_them(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.activate._SPARED_SECONDS", -1)
    store, overlay = api.open(data), Overlay(Layout(data).overlay)
    taken(store, id="lamp", price="12.00")
    feed(data)
    assert [row.seq for row in overlay.after(0)] == [1]  # the snapshot to go back to lacks it
    taken(store, id="lamp", price="13.00")
    feed(data)
    assert [row.seq for row in overlay.after(0)] == [2]
    roll_back(data)
    assert price(api.open(data).view(NOW), "lamp") == Money(1300, "CNY")


def test_a_damaged_overlay_leaves_the_snapshots_prices_and_takes_nothing(data: Path) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="12.00")
    feed(data)
    store.close()
    for file in data.glob("overlay.db*"):
        file.write_bytes(b"not a database" * 400)
    store = api.open(data)
    assert "overlay_unreadable" in store.degraded
    assert price(store.view(NOW), "lamp") == Money(1200, "CNY")
    with pytest.raises(StorageError):
        store.append([api.read_change({"id": "lamp", "price": "13.00"})], "test")
    report = built(data, product("lamp", "Blue lamp", offer=offer("10.00")), mode="upsert")
    assert "not folded in" in report.damage
    assert price(api.open(data).view(NOW), "lamp") == Money(1200, "CNY")
    for file in data.glob("overlay.db*"):
        file.unlink()
    store.refresh()
    assert "overlay_unreadable" not in store.degraded
    assert send(store, id="lamp", price="14.00").first_seq == 2
    assert price(store.view(NOW), "lamp") == Money(1400, "CNY")


def test_a_view_names_the_currencies_of_the_moment(data: Path) -> None:
    store = api.open(data)
    assert store.view(NOW).currencies() == ["CNY"]
    taken(store, id="rug", price="9.90", currency="USD")
    assert store.view(NOW).currencies() == ["CNY", "USD"]


@pytest.mark.parametrize("step", ["index.build.Writer.write", "index.build.activate", "index.build.overlaid.prune"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_build_that_dies_loses_no_change_and_repeats_none(
    data: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    store = api.open(data)
    taken(store, id="lamp", price="12.00")
    taken(store, id="lamp", stock=5)
    owner, _, name = step.rpartition(".")
    module, _, inner = owner.rpartition(".") if owner.endswith(("Writer", "overlaid")) else (owner, "", "")
    place = getattr(importlib.import_module(module), inner) if inner else importlib.import_module(module)
    work = getattr(place, name)

    def dies(*args: Any, **options: Any) -> None:
        if when == "after":
            work(*args, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, name, dies)
        with pytest.raises(KeyboardInterrupt):
            feed(data)
    for _ in range(2):
        store.refresh()
        for view in (store.view(NOW), api.open(data).view(NOW)):
            live = view.offer("lamp")
            assert live is not None
            assert (live.price, live.stock, view.overlay_seq) == (Money(1200, "CNY"), 5, 2)
        feed(data)
    assert latest(data).overlay_seq == 2
