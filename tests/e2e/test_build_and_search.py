"""The sample shop from feed to hit: searched, filtered, changed, damaged and repaired."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_encoder import HashEncoder
from small_shop import built, delete, ids, offer, product, view

from catalog.model import Product, Record
from catalog.money import to_minor
from index import api, models
from index.api import Filter, PriceFilter, Query, SnapshotCorruptError, SnapshotMissingError, View
from index.errors import BuildRefusedError, StorageError
from index.layout import Layout
from index.switch import roll_back

BEFORE_ANY_SALE = datetime(2020, 1, 1, tzinfo=UTC)


def listed(shop: View, **fields: Any) -> set[str]:
    return set(ids(shop.search(Query(filter=Filter(**fields), k=1000))))


def files(data: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in data.rglob("*") if path.is_file()}


# --- searching -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("头戴式降噪耳机 静山 700", "audio-006"), ("quiet canister vacuum", "home-003"), ("冲锋衣", "sports-005"),
        ("Kestrow Hoarfrost down jacket", "sports-007"),
    ],
)  # fmt: skip
def test_words_find_a_product_in_either_language(sample_view: View, query: str, best: str) -> None:
    found = sample_view.search(Query(text=query))
    assert found.hits[0].id == best
    assert found.degraded == ["no_vectors"]
    assert found.total >= len(found.hits)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


@pytest.mark.parametrize(
    ("query", "types"), [("退货 运费", ("faq", "policy")), ("return shipping cost", ("faq", "policy"))]
)
def test_shop_texts_are_a_pool_of_their_own(sample_view: View, query: str, types: Any) -> None:
    hits = sample_view.search(Query(text=query, types=types)).hits
    assert {hit.type for hit in hits} <= {"faq", "policy"}
    assert hits
    assert all(hit.passage.text for hit in hits)


def test_pages_join_to_the_whole_list(sample_view: View) -> None:
    whole = ids(sample_view.search(Query(text="耳机", k=30)))
    pages = [ids(sample_view.search(Query(text="耳机", k=7, offset=at))) for at in range(0, 35, 7)]
    assert [id_ for page in pages for id_ in page][: len(whole)] == whole


def test_without_a_text_everything_that_passes_is_listed(sample_view: View, sample_products: list[Product]) -> None:
    found = sample_view.search(Query(k=1000))
    assert found.total == len(found.hits) == len(sample_products)


def test_nothing_found_is_an_empty_list_and_never_all_products(sample_view: View) -> None:
    found = sample_view.search(Query(text="xyzzyplugh"))
    assert (found.hits, found.total) == ([], 0)


# --- filters ---------------------------------------------------------------------------------------------------------


def test_red_m_and_a_price_must_hold_for_one_variant(sample_view: View) -> None:
    red_m = {"color": ["红色"], "尺码": ["M"]}
    (hit,) = sample_view.search(Query(filter=Filter(attributes=red_m))).hits
    assert (hit.id, hit.variant_id) == ("sports-005", "sports-005-c")
    cheap = PriceFilter(currency="CNY", max=10000)
    assert "sports-016" in listed(sample_view, attributes={"color": ["red"]}, price=cheap)
    assert "sports-016" in listed(sample_view, attributes={"size": ["M"]}, price=cheap)
    assert listed(sample_view, attributes=red_m, price=cheap) == set()


def _rows(product_: Product) -> list[Any]:
    return [form.offer or product_.offer for form in product_.variants] or [product_.offer]


@pytest.mark.parametrize(("currency", "most"), [("CNY", 10000), ("USD", 5000)])
def test_a_budget_equals_a_pass_over_the_offers(
    sample_data: Path, sample_products: list[Product], currency: str, most: int
) -> None:
    shop = view(sample_data, BEFORE_ANY_SALE)
    wanted = {
        item.id
        for item in sample_products
        if any(o.currency == currency and to_minor(o.price, currency) <= most for o in _rows(item))
    }
    price = PriceFilter(currency=currency, max=most)
    assert listed(shop, price=price) == wanted
    assert shop.facets(Filter(price=price)).total == len(wanted)
    assert wanted


def test_stock_equals_a_pass_over_the_offers(sample_view: View, sample_products: list[Product]) -> None:
    available = {
        item.id for item in sample_products if any(o.availability == "in_stock" and o.stock != 0 for o in _rows(item))
    }
    assert listed(sample_view, in_stock=True) == available
    assert len(available) < len(sample_products)
    hits = sample_view.search(Query(filter=Filter(in_stock=True), k=1000)).hits
    for hit in hits:
        live = sample_view.offer(hit.id, hit.variant_id)
        assert live is not None
        assert live.available


def test_filters_reach_the_opinions_on_a_product_but_not_shop_texts(sample_view: View) -> None:
    cheap = Filter(price=PriceFilter(currency="USD", max=3000))
    products = listed(sample_view, price=cheap.price)
    opinions = sample_view.search(Query(types=("review", "qa"), filter=cheap, k=1000)).hits
    assert opinions
    assert {sample_view.record(hit.id).product_id for hit in opinions} <= products  # type: ignore[union-attr]
    assert len(opinions) == sum(len(sample_view.opinions(id_)) for id_ in products)
    assert sample_view.search(Query(text="退货", types=("faq",), filter=cheap)).hits


def test_what_states_nothing_passes_a_negative_filter_below_the_rest_and_is_marked(sample_view: View) -> None:
    hits = sample_view.search(Query(filter=Filter(not_attributes={"color": ["黑色"]}), k=1000)).hits
    doubtful = [bool(hit.unverified) for hit in hits]
    assert doubtful == sorted(doubtful)
    assert any(doubtful)
    assert not all(doubtful)
    brand = sample_view.facets().brands[0].value
    assert all(hit.unverified == [] for hit in sample_view.search(Query(filter=Filter(not_brand=[brand]))).hits)
    assert brand not in {facet.value for facet in sample_view.facets(Filter(not_brand=[brand])).brands}


def test_a_flash_sale_sets_the_price_while_it_runs_and_no_longer(sample_data: Path) -> None:
    prices = {}
    for days in (-2, 0, 3):
        shop = view(sample_data, datetime.now(UTC) + timedelta(days=days))
        live = shop.offer("audio-006")
        assert live is not None
        prices[days] = (live.price.amount, live.list_price and live.list_price.amount, live.promotion_id)
        in_budget = "audio-006" in listed(shop, price=PriceFilter(currency="CNY", max=80000))
        assert in_budget is (days == 0)
    usual, listed_at, _ = prices[-2]
    assert prices[-2] == prices[3] == (89900, listed_at, None)
    assert prices[0] == (74900, listed_at or usual, "promo-001")


# --- building --------------------------------------------------------------------------------------------------------


def test_the_same_feed_again_writes_nothing(sample_copy: Path, sample_records: list[Record]) -> None:
    before = files(sample_copy)
    report = built(sample_copy, *sample_records)
    assert report.changed is False
    assert files(sample_copy) == before


def test_upsert_adds_and_replace_takes_away(tmp_path: Path) -> None:
    built(tmp_path, *(product(str(n), f"Lamp {n}") for n in range(5)))
    built(tmp_path, product("5", "Lamp 5"), mode="upsert")
    assert ids(view(tmp_path).search(Query())) == ["0", "1", "2", "3", "4", "5"]
    with pytest.raises(BuildRefusedError, match="--allow-shrink"):
        built(tmp_path, product("5", "Lamp 5"))
    assert view(tmp_path).search(Query()).total == 6
    built(tmp_path, product("5", "Lamp 5"), allow_shrink=True)
    assert ids(view(tmp_path).search(Query())) == ["5"]


def test_a_deleted_record_is_gone_and_a_late_update_does_not_bring_it_back(tmp_path: Path) -> None:
    built(tmp_path, product("a", "Red lamp"), product("b", "Blue lamp"))
    built(tmp_path, delete("a", "2030-01-02T00:00:00Z"), mode="upsert")
    shop = view(tmp_path)
    assert ids(shop.search(Query(text="red lamp"))) == ["b"]
    assert shop.record("a") is None
    assert shop.deleted("a") is not None
    assert shop.facets().total == 1
    report = built(tmp_path, product("a", "Red lamp", updated_at="2030-01-01T00:00:00Z"), mode="upsert")
    assert report.changed is False
    built(tmp_path, product("a", "Red lamp", updated_at="2030-01-03T00:00:00Z"), mode="upsert")
    assert view(tmp_path).record("a") is not None


def test_two_snapshots_are_kept_and_half_written_ones_cleared(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    for number in range(4):
        built(tmp_path, product("a", f"Lamp {number}"))
        for name in layout.names():
            os.utime(layout.snapshot(name), (0, 0))
        (layout.snapshots / f"stray{number}.tmp").mkdir()
    assert len(layout.names()) == 2
    assert layout.names()[-1] == layout.live()
    built(tmp_path, product("a", "Lamp"))
    assert not list(layout.snapshots.glob("*.tmp"))


def test_a_build_that_fails_leaves_the_live_snapshot_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path, product("a", "Lamp"))
    before = files(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.writer.sync_file", full)
    with pytest.raises(StorageError, match="No space left on device; the live snapshot is what it was"):
        built(tmp_path, product("a", "Other lamp"))
    assert files(tmp_path) == before
    assert not list(Layout(tmp_path).snapshots.glob("*.tmp"))


def test_a_data_directory_that_is_a_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot be written"):
        built(tmp_path / "data", product("a"))


# --- damage ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> Layout:
    """A data directory whose live snapshot has a predecessor."""
    built(tmp_path, product("old", "Old lamp"))
    built(tmp_path, product("new", "New lamp"), mode="upsert")
    return Layout(tmp_path)


def damage(layout: Layout, name: str, file: str = "passages.jsonl") -> None:
    path = layout.snapshot(name) / file
    path.write_bytes(path.read_bytes()[:-3] + b"x\n\n")


def test_a_damaged_snapshot_is_refused_and_the_one_before_it_served(two: Layout) -> None:
    older, live = two.names()
    damage(two, live)
    store = api.open(two.root)
    assert store.refused is not None
    assert "passages.jsonl does not match its checksum" in store.refused
    assert "older_snapshot" in store.degraded
    assert store.view(BEFORE_ANY_SALE).snapshot == older
    with pytest.raises(SnapshotCorruptError):
        api.open(two.root, live)


def test_when_every_snapshot_is_damaged_nothing_is_served(two: Layout) -> None:
    for name in two.names():
        damage(two, name)
    with pytest.raises(SnapshotCorruptError, match="no sound snapshot is left: build again"):
        api.open(two.root)


def test_a_newer_snapshot_that_was_never_live_is_not_served_instead(two: Layout) -> None:
    older, live = two.names()
    two.current.write_text(older + "\n")
    damage(two, older)
    with pytest.raises(SnapshotCorruptError):
        api.open(two.root)
    assert api.open(two.root, live).view(BEFORE_ANY_SALE).snapshot == live


def test_a_build_repairs_a_damaged_snapshot_without_losing_other_sources(two: Layout) -> None:
    damage(two, two.live() or "")
    report = built(two.root, product("x", "Third lamp", source="web"), mode="upsert")
    assert "stand in" in report.damage
    assert set(ids(view(two.root).search(Query()))) == {"old", "new", "x"}
    assert api.open(two.root).refused is None


def test_a_build_falls_back_to_the_older_records_when_the_live_ones_are_damaged(two: Layout) -> None:
    older, live = two.names()
    damage(two, live, "records.jsonl")
    report = built(two.root, product("x", "Third lamp"), mode="upsert")
    assert f"the records of '{older}' stand in" in report.damage
    assert set(ids(view(two.root).search(Query()))) == {"old", "x"}


def test_with_no_sound_records_a_build_asks_before_it_starts_over(two: Layout) -> None:
    for name in two.names():
        damage(two, name, "records.jsonl")
    with pytest.raises(SnapshotCorruptError, match="--allow-shrink builds from this feed alone"):
        built(two.root, product("x", "Third lamp"))
    built(two.root, product("x", "Third lamp"), allow_shrink=True)
    assert ids(view(two.root).search(Query())) == ["x"]


def test_nothing_built_and_an_unknown_name_say_what_to_do(tmp_path: Path, sample_data: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="run `guide-index build"):
        api.open(tmp_path)
    with pytest.raises(SnapshotMissingError, match="guide-index status"):
        api.open(sample_data, "absent")


def test_a_current_that_names_nothing_falls_back(two: Layout) -> None:
    two.current.write_text("zzz-absent\n")
    assert api.open(two.root).refused is not None
    built(two.root, product("x", "Third lamp"), mode="upsert")
    assert api.open(two.root).refused is None


# --- vectors ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> HashEncoder:
    pytest.importorskip("faiss")
    encoder = HashEncoder()
    monkeypatch.setattr(models, "load", lambda _name, _threads: encoder)
    return encoder


LAMPS = [product(str(n), f"Lamp {n}", offer=offer(f"{n + 1}.00"), description="A warm light.") for n in range(4)]


def test_only_new_texts_are_encoded(tmp_path: Path, fake: HashEncoder) -> None:
    first = built(tmp_path, *LAMPS, encoder="fake")
    assert (first.passages, first.encoded) == (8, 8)
    fake.asked.clear()
    second = built(tmp_path, product("new", "Rug"), encoder="fake", mode="upsert")
    assert (second.encoded, second.reused, fake.asked) == (1, 8, ["Rug"])
    manifest = json.loads((Layout(tmp_path).snapshot(second.snapshot) / "manifest.json").read_text())
    assert manifest["encoders"][0]["dim"] == fake.dim


def test_a_build_after_a_rollback_encodes_nothing_that_the_good_snapshot_has(tmp_path: Path, fake: HashEncoder) -> None:
    built(tmp_path, *LAMPS, encoder="fake")
    bad = [product(str(n), f"Junk {n}", description="Junk.") for n in range(4)]
    assert built(tmp_path, *bad, encoder="fake").encoded == 8
    roll_back(tmp_path)
    fake.asked.clear()
    mended = built(tmp_path, *LAMPS, product("new", "Rug"), encoder="fake")
    assert (mended.encoded, fake.asked) == (1, ["Rug"])
    assert view(tmp_path).search(Query(text="warm light")).total == 4


def test_damaged_vectors_are_encoded_again_and_not_lent(tmp_path: Path, fake: HashEncoder) -> None:
    name = built(tmp_path, *LAMPS, encoder="fake").snapshot
    shutil.rmtree(Layout(tmp_path).cache)
    damage(Layout(tmp_path), name, "vectors.fake.npy")
    fake.asked.clear()
    assert built(tmp_path, *LAMPS, encoder="fake").encoded == 8


def test_a_crash_after_encoding_does_not_encode_again(
    tmp_path: Path, fake: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.writer.write_text", killed)
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, *LAMPS, encoder="fake")
    monkeypatch.undo()
    monkeypatch.setattr(models, "load", lambda _name, _threads: fake)
    assert Layout(tmp_path).live() is None
    assert built(tmp_path, *LAMPS, encoder="fake").encoded == 0


def test_a_warm_store_searches_by_meaning_and_a_closed_one_says_so(tmp_path: Path, fake: HashEncoder) -> None:
    built(tmp_path, *LAMPS, encoder="fake")
    store = api.open(tmp_path)
    assert store.degraded == ["encoder_loading"]
    assert "cosine" not in store.view(BEFORE_ANY_SALE).search(Query(text="lamp")).hits[0].scores
    store.warm()
    found = store.view(BEFORE_ANY_SALE).search(Query(text="lamb", language="en"))
    assert store.degraded == []
    assert found.hits
    assert found.total == len(found.hits) == 4  # by meaning alone: no word matches
    assert all(hit.scores["lexical"] == 0 and "cosine" in hit.scores for hit in found.hits)
    store.close()
    assert store.degraded == ["closed"]


def test_a_filter_holds_inside_the_vector_search_too(tmp_path: Path, fake: HashEncoder) -> None:
    built(tmp_path, *LAMPS, encoder="fake")
    store = api.open(tmp_path)
    store.warm()
    cheap = Filter(price=PriceFilter(currency="CNY", max=200))
    assert set(ids(store.view(BEFORE_ANY_SALE).search(Query(text="lamp", filter=cheap, language="en")))) == {"0", "1"}
    store.close()


def test_without_its_weights_a_snapshot_opens_with_words_only(
    tmp_path: Path, fake: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path, *LAMPS, encoder="fake")
    monkeypatch.setattr(models, "fingerprint", lambda _name: "other weights")
    store = api.open(tmp_path)
    store.warm()
    assert store.degraded == ["encoder_missing"]
    assert store.view(BEFORE_ANY_SALE).search(Query(text="lamp")).hits


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(not models.fetched(models.DEFAULT), reason="the e5-small weights are missing: run `make setup`")
def test_the_default_encoder_finds_by_meaning_what_words_cannot(tmp_path: Path, sample_products: list[Product]) -> None:
    kept = [item for item in sample_products if item.id.startswith(("audio", "home"))]
    report = built(tmp_path, *kept, encoder=models.DEFAULT, threads=2)
    assert report.encoded > 0
    assert built(tmp_path, *kept, encoder=models.DEFAULT).changed is False
    store = api.open(tmp_path)
    store.warm(2)
    shop = store.view(datetime.now(UTC))
    assert shop.degraded == []
    for query, best in (("头戴式降噪耳机 静山 700", "audio-006"), ("quiet canister vacuum", "home-003")):
        hit = shop.search(Query(text=query)).hits[0]
        assert hit.id == best
        assert 0.7 < hit.scores["cosine"] <= 1
    passages = shop.passages("audio-006")
    assert shop.similarities("降噪耳机", [passages[0].text]) is not None
    store.close()
