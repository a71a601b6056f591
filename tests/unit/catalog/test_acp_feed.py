import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import feeds
from catalog.feeds.acp import AcpReader
from catalog.feeds.acp_names import NAMES
from catalog.feeds.reader import FeedFile
from catalog.formats import Mode
from catalog.issues import RULES, Issue
from catalog.model import Delete, Measure, Product, Qa, Rating, Record, Review

FEEDS = Path(__file__).parents[2] / "feeds"


def read(path: Path, **options: Any) -> list[tuple[int, Record | Issue]]:
    return list(AcpReader(FeedFile(path, path.name, "shop"), **options).read())


def rows(folder: Path, *values: Any) -> list[Record | Issue]:
    path = folder / "products.jsonl"
    path.write_text("\n".join(json.dumps(value) for value in values), "utf-8")
    return [item for _, item in read(path)]


def products(items: list[tuple[int, Record | Issue]]) -> dict[str, Product]:
    return {item.id: item for _, item in items if isinstance(item, Product)}


def test_the_nested_shape_is_read_with_what_the_metadata_says() -> None:
    items = read(FEEDS / "acp" / "products.jsonl")
    found = products(items)
    assert {item.code for _, item in items if isinstance(item, Issue)} <= {"cleaned_text"}
    tee = found["tee"]
    assert (tee.title, tee.language, tee.updated_at) == ("Classic Tee", "en", "2026-11-20T04:00:00Z")
    assert tee.categories == ["Apparel", "Tops", "T-Shirts"]
    assert tee.images == ["https://cdn.example/tee.jpg"]
    red, blue = tee.variants
    assert red.options == {"Color": "Red", "Size": "M"}
    assert red.offer is not None
    assert blue.offer is not None
    assert (red.offer.price, red.offer.list_price, red.offer.currency) == ("19.99", "24.99", "USD")
    assert blue.offer.availability == "out_of_stock"


def test_a_single_variant_under_the_products_own_id_is_the_product() -> None:
    lamp = products(read(FEEDS / "acp" / "products.jsonl"))["lamp"]
    assert lamp.variants == []
    assert lamp.offer is not None
    assert (lamp.offer.price, lamp.gtin, lamp.description) == ("49.00", "4006381333931", "Warm light.")


def test_minor_units_follow_the_currency() -> None:
    kettle = products(read(FEEDS / "acp" / "products.jsonl"))["kettle"]
    assert kettle.variants[0].offer is not None
    assert (kettle.variants[0].offer.price, kettle.variants[0].offer.availability) == ("12800", "preorder")


def test_a_delete_event_takes_the_product_away() -> None:
    deleted = [item for _, item in read(FEEDS / "acp" / "products.jsonl") if isinstance(item, Delete)]
    assert [(item.id, item.updated_at) for item in deleted] == [("old-mug", "2026-11-19T10:00:00Z")]


def test_flat_rows_under_old_and_new_names_are_read() -> None:
    items = read(FEEDS / "acp_flat" / "products.jsonl")
    found = products(items)
    cup = found["CUP-1"]
    assert cup.offer is not None
    assert (cup.offer.price, cup.offer.availability, cup.rating) == ("24.50", "preorder", Rating(4.4, 12))
    assert cup.images == ["https://cdn.example/cup.jpg", "https://cdn.example/cup-2.jpg"]
    assert cup.attributes == {"seller name": "Harbour Goods", "weight": Measure(310, "g")}
    assert [item.text for _, item in items if isinstance(item, Review)] == ["Hot after four hours."]
    assert [item.question for _, item in items if isinstance(item, Qa)] == [
        "Is it safe in a dishwasher?", "Is it waterproof?", "True to size?",
    ]  # fmt: skip
    assert "A. Person" not in str(items)


def test_rows_of_a_group_anywhere_in_the_feed_are_one_product() -> None:
    items = read(FEEDS / "acp_flat" / "products.jsonl")
    shoe = products(items)["SHOE"]
    assert shoe.title == "Trail Shoe"
    assert shoe.categories == ["Apparel", "Shoes", "Trail"]
    assert shoe.attributes["material"] == "Mesh"
    assert len(shoe.images) == 3
    medium, large = shoe.variants
    assert (medium.id, medium.options["size"], large.options["color"]) == ("SHOE-M", "M", "Black")
    assert medium.offer is not None
    assert large.offer is not None
    assert (medium.offer.price, medium.offer.list_price, medium.offer.stock) == ("79.99", "99.99", 50)
    assert (large.offer.price, large.offer.list_price, large.offer.stock) == ("99.99", None, 0)
    assert [(line, item.code) for line, item in items if isinstance(item, Issue)] == [
        (3, "dated_price"), (4, "not_published"),
    ]  # fmt: skip


def test_what_is_not_to_be_found_is_taken_away() -> None:
    items = [item for _, item in read(FEEDS / "acp_flat" / "products.jsonl")]
    assert [item.id for item in items if isinstance(item, Delete)] == ["SECRET"]


def test_every_bad_row_is_named_with_its_line_and_spares_the_others() -> None:
    items = read(FEEDS / "bad" / "acp.jsonl")
    assert [(line, item.code, item.field) for line, item in items if isinstance(item, Issue)] == [
        (2, "no_currency", "offer.currency"), (3, "bad_json", ""), (4, "bad_price", "offer.price"),
        (5, "missing_field", "id"), (6, "missing_field", "title"), (7, "bad_field", "offer.availability"),
        (9, "bad_price", "offer.price"), (10, "duplicate_id", "id"), (11, "bad_price", "offer.price"),
        (11, "bad_field", "variants[2]"), (12, "odd_price", "sale_price"),
        (13, "bad_date", "sale_price_effective_date"), (14, "bad_price", "offer.price"),
        (15, "unknown_field", "glow"), (16, "bad_json", ""),
    ]  # fmt: skip
    found = products(items)
    assert list(found) == ["a", "h", "i", "j", "l", "z", "g"]
    assert [variant.id for variant in found["h"].variants] == ["h1"]
    assert [variant.id for variant in found["g"].variants] == ["g1"]
    assert found["l"].attributes == {"glow": "green"}
    assert all(found[id_].offer is not None for id_ in "aijlz")


def test_a_mode_that_contradicts_the_metadata_is_noted(tmp_path: Path) -> None:
    folder = shutil.copytree(FEEDS / "acp", tmp_path / "acp")
    codes = [item.code for _, item in read(folder / "products.jsonl", mode="upsert") if isinstance(item, Issue)]
    assert codes[0] == "mode_conflict"
    same = [item.code for _, item in read(folder / "products.jsonl", mode="replace") if isinstance(item, Issue)]
    assert "mode_conflict" not in same


def test_broken_metadata_is_an_issue_and_the_products_are_read(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text('{"currency": "USD"', "utf-8")
    issue, product = rows(tmp_path, {"id": "a", "title": "A"})
    assert isinstance(issue, Issue)
    assert (issue.code, issue.file, issue.line) == ("bad_json", "metadata.json", 1)
    assert isinstance(product, Product)


@pytest.mark.parametrize(
    ("value", "price"),
    [
        ("79.99 USD", "79.99"), ("USD 79.99", "79.99"), ("1,299.00", "1299.00"), (79.9, "79.9"), ("$5", "5"),
        ({"amount": 7999}, "79.99"), ({"amount": "7999", "currency": "USD"}, "79.99"),
    ],
)  # fmt: skip
def test_a_price_is_read_in_all_its_shapes(tmp_path: Path, value: Any, price: str) -> None:
    (product,) = rows(tmp_path, {"id": "a", "title": "A", "price": value, "currency": "USD"})
    assert isinstance(product, Product)
    assert product.offer is not None
    assert (product.offer.price, product.offer.currency) == (price, "USD")


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    PLAIN | st.sampled_from(["a", "5 USD", "[1]", "2026-01-01/x"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "value", "amount", "url"]), inner)
    ),
)
KEYS = st.sampled_from([name for names in NAMES.values() for name in names] + ["glow", "event", "variant_dict"])


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=8), max_size=3))
def test_no_object_raises(tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, Any]]) -> None:
    found: Iterator[Record | Issue] = iter(rows(tmp_path_factory.mktemp("feed"), *values))
    assert all(item.code in RULES for item in found if isinstance(item, Issue))


def test_the_mode_of_a_build_reaches_the_feed(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text('{"mode": "full"}', "utf-8")
    (tmp_path / "products.jsonl").write_text('{"item_id": "a", "title": "Lamp", "is_eligible_search": true}', "utf-8")
    path = [str(tmp_path / "products.jsonl")]
    modes: tuple[Mode | None, ...] = (None, "replace", "upsert")
    told = {mode: [item.code for item in feeds.read(path, mode=mode) if isinstance(item, Issue)] for mode in modes}
    assert {mode: "mode_conflict" in codes for mode, codes in told.items()} == {
        None: False, "replace": False, "upsert": True
    }  # fmt: skip
