import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feeds import json_list
from catalog.feeds.reader import FeedFile
from catalog.feeds.shopify_columns import attribute, key
from catalog.feeds.shopify_csv import ShopifyCsvReader
from catalog.feeds.shopify_json import ShopifyJsonReader
from catalog.issues import Issue
from catalog.model import Delete, Measure, Product, Record

BAD = Path(__file__).parents[2] / "feeds" / "bad"
Items = list[tuple[int, Record | Issue]]


def read(path: Path, currency: str | None = "USD", name: str = "") -> Items:
    reader = ShopifyJsonReader if path.suffix == ".json" else ShopifyCsvReader
    return list(reader(FeedFile(path, name or path.name, "shop"), currency).read())


def listed(folder: Path, *products: Any, **options: Any) -> Items:
    path = folder / "f.json"
    path.write_text(json.dumps({"products": products}), "utf-8")
    return read(path, **options)


def raw(folder: Path, text: str | bytes) -> Items:
    path = folder / "f.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


def table(folder: Path, text: str) -> Items:
    path = folder / "f.csv"
    path.write_text(text, "utf-8")
    return read(path)


def lamp(**fields: Any) -> dict[str, Any]:
    return {"handle": "lamp", "title": "Lamp", "variants": [{"price": "49.90"} | fields]}


def product(items: Items) -> Product:
    (found,) = [item for _, item in items if isinstance(item, Product)]
    return found


def issues(items: Items) -> list[tuple[int, str, str]]:
    return [(line, item.code, item.field) for line, item in items if isinstance(item, Issue)]


def ids(items: Items) -> list[str]:
    return [item.id for _, item in items if isinstance(item, Product)]


def test_every_bad_product_is_named_with_its_line_and_spares_the_others() -> None:
    items = read(BAD / "shopify.json")
    assert issues(items) == [
        (3, "missing_field", "title"), (4, "missing_field", "id"), (5, "bad_price", "offer.price"),
        (6, "bad_price", "offer.price"), (6, "bad_field", "offer.stock"), (17, "bad_json", ""),
        (18, "bad_field", "variants"), (19, "bad_field", "variants"), (20, "not_published", "id"),
        (21, "duplicate_id", "id"), (23, "bad_price", "offer.list_price"), (24, "unmapped_column", "mood"),
    ]  # fmt: skip
    assert ids(items) == ["first", "cup", "same", "last"]
    cup = next(item for _, item in items if isinstance(item, Product) and item.id == "cup")
    assert [variant.id for variant in cup.variants] == ["cup-red"]


def test_every_bad_row_is_named_with_its_line_and_spares_the_others() -> None:
    items = read(BAD / "shopify.csv")
    assert issues(items) == [
        (1, "unknown_field", "SEO Title"), (1, "unmapped_column", "Mood"), (3, "bad_row", ""),
        (4, "missing_field", "id"), (15, "bad_row", ""), (5, "missing_field", "title"),
        (6, "bad_price", "offer.price"), (8, "bad_price", "offer.price"), (9, "bad_field", "offer.stock"),
        (11, "not_published", "id"), (12, "not_published", "id"),
        (14, "member_conflict", "title"), (14, "member_conflict", "vendor"),
    ]  # fmt: skip
    assert ids(items) == ["first", "cup", "twice", "last"]
    assert [item.id for _, item in items if isinstance(item, Delete)] == ["draft", "unseen"]
    cup = next(item for _, item in items if isinstance(item, Product) and item.id == "cup")
    assert [variant.id for variant in cup.variants] == ["cup-red", "cup-white"]


def test_prices_need_a_currency_from_outside(tmp_path: Path) -> None:
    assert issues(listed(tmp_path, lamp(), currency=None)) == [(1, "no_currency", "offer.currency")]
    assert issues(listed(tmp_path, lamp(), currency="dollars")) == [(1, "bad_currency", "offer.currency")]
    assert ids(listed(tmp_path, lamp(price=None), currency=None)) == ["lamp"]


@pytest.mark.parametrize(
    ("fields", "availability", "stock"),
    [
        ({}, "in_stock", None),
        ({"available": True}, "in_stock", None),
        ({"available": False}, "out_of_stock", None),
        ({"inventory_quantity": 3}, "in_stock", 3),
        ({"inventory_quantity": 0}, "out_of_stock", 0),
        ({"inventory_quantity": -4, "inventory_policy": "continue"}, "backorder", None),
        ({"inventory_quantity": 0, "inventory_management": None}, "in_stock", None),
    ],
)
def test_availability_follows_from_what_is_counted(
    tmp_path: Path, fields: dict[str, Any], availability: str, stock: int | None
) -> None:
    offer = product(listed(tmp_path, lamp(**fields))).offer
    assert offer is not None
    assert (offer.availability, offer.stock) == (availability, stock)


@pytest.mark.parametrize(
    ("before", "list_price"),
    [("59.90", "59.90"), ("49.90", None), ("0.00", None), ("", None), (None, None), (59.9, "59.9")],
)
def test_a_compare_at_price_counts_above_the_price(tmp_path: Path, before: Any, list_price: str | None) -> None:
    offer = product(listed(tmp_path, lamp(compare_at_price=before))).offer
    assert offer is not None
    assert offer.list_price == list_price


@pytest.mark.parametrize(
    ("fields", "grams"),
    [
        ({"grams": 250}, 250), ({"grams": 0}, None), ({"weight": 1.5, "weight_unit": "kg"}, 1500),
        ({"weight": 2, "weight_unit": "oz"}, 56.69904625), ({"weight": "heavy", "weight_unit": ["kg"]}, None),
    ],
)  # fmt: skip
def test_a_weight_is_in_grams(tmp_path: Path, fields: dict[str, Any], grams: float | None) -> None:
    weight = product(listed(tmp_path, lamp(**fields))).attributes.get("weight")
    assert weight == (None if grams is None else Measure(grams, "g"))


def test_a_variant_goes_by_its_sku_unless_another_has_it(tmp_path: Path) -> None:
    variants = [
        {"id": 1, "sku": "a", "option1": "S", "price": "5"}, {"id": 2, "sku": "a", "option1": "M", "price": "5"},
        {"id": 3, "option1": "L", "price": "5"}, {"option1": "XL", "price": "5"},
    ]  # fmt: skip
    found = product(listed(tmp_path, {"id": 9, "title": "Tee", "options": [{"name": "Size"}], "variants": variants}))
    assert (found.id, [variant.id for variant in found.variants]) == ("9", ["a", "2", "3", "9/XL"])
    assert [variant.options for variant in found.variants][-1] == {"Size": "XL"}


def test_what_a_shop_added_becomes_attributes(tmp_path: Path) -> None:
    metafields = [{"namespace": "custom", "key": "bulb_type", "value": "E27"}, "odd", {"key": 3}]
    items = listed(tmp_path, lamp() | {"metafields": metafields, "designer": "Ann", "extra": {"a": 1}})
    assert product(items).attributes == {"bulb type": "E27", "designer": "Ann"}
    assert {code for _, code, _ in issues(items)} == {"unmapped_column"}


def test_an_address_gives_the_pages_their_base(tmp_path: Path) -> None:
    found = product(listed(tmp_path, lamp(), name="https://shop.example/products.json?page=2"))
    assert found.url == "https://shop.example/products/lamp"
    assert product(listed(tmp_path, lamp())).url is None


def test_a_bare_list_and_a_minified_file_are_read_too(tmp_path: Path) -> None:
    text = json.dumps([lamp(), lamp() | {"handle": "other"}])
    assert [(line, item.id) for line, item in raw(tmp_path, f"\ufeff{text}")] == [(1, "lamp"), (1, "other")]
    spread = json.dumps({"a": {"products": [1]}, "products": [[{"handle": "no"}], lamp()], "next": []}, indent=1)
    items = raw(tmp_path, spread)
    assert ids(items) == ["lamp"]
    assert issues(items) == [(8, "bad_json", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"products": [\n{"handle": "a"},\n{"handle": }]}', r"f\.json:3: the JSON is broken"),
        ('{"products": [\n{"handle": "a"}', r"f\.json:2: the JSON is broken"),
        ('[{"handle": "a"}]\n[]', r"f\.json:2: the JSON is broken"),
        (b'[{"handle": "\xff"}]', r"f\.json:1: the JSON is broken"),
        ('[{"id": ' + "9" * 5000 + "}]", r"f\.json:1: the JSON is broken"),
        ("", "the JSON is broken"),
        ('{"items": []}', "holds no list"),
        ('"products"', "holds no list"),
        ('[{"a":' + "[" * 200_000, "nested deeper"),
        ('{"a":' * 200_000, "nested deeper"),
    ],
)
def test_json_that_is_broken_anywhere_is_refused_as_a_whole(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        raw(tmp_path, text)


@pytest.mark.parametrize("text", ['[{"handle": "', '{"a": "', '[{"tags": ['])
def test_an_object_without_an_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(json_list, "MAX_OBJECT", 1 << 20)
    with pytest.raises(FeedError, match=r"f\.json:1: more than 1 MiB"):
        raw(tmp_path, text + ("1," if text.endswith("[") else "xx") * (1 << 20))


def test_images_stand_in_the_order_of_their_positions(tmp_path: Path) -> None:
    items = table(
        tmp_path,
        "Handle,Title,Image Src,Image Position,Variant Image\n"
        "lamp,Lamp,b,2,d\nlamp,,a,1,\nlamp,,c,third,b\nlamp,,e,10,\n",
    )
    assert product(items).images == ["c", "a", "b", "e", "d"]


def test_stock_counts_only_where_it_is_tracked(tmp_path: Path) -> None:
    items = table(
        tmp_path,
        "URL handle,Title,Price,Inventory tracker,Inventory quantity,Continue selling when out of stock\n"
        "a,A,5,shopify,0,FALSE\nb,B,5,,0,FALSE\nc,C,5,shopify,0,TRUE\n",
    )
    offers = [item.offer for _, item in items if isinstance(item, Product)]
    assert [(offer.availability, offer.stock) for offer in offers if offer] == [
        ("out_of_stock", 0), ("in_stock", None), ("backorder", None),
    ]  # fmt: skip


def test_a_gift_card_and_its_codes(tmp_path: Path) -> None:
    found = product(
        table(tmp_path, "Handle,Title,Variant Barcode,Variant SKU,Variant Price,Gift Card\na,A,'012,G,5,true\n")
    )
    assert (found.gtin, found.attributes) == ("012", {"gift card": True, "sku": "G"})


@pytest.mark.parametrize(
    ("column", "name", "kept"),
    [
        ("Variant Price", "price", None),
        ("Compare-at price", "compare_at", None),
        ("Option2 Value", "option2 value", None),
        ("Fabric (product.metafields.custom.fabric)", None, "Fabric"),
        ("Google Shopping / Age Group", None, "age group"),
        ("Google Shopping / Custom Label 3", None, None),
        ("Price / International", None, None),
        ("Included / Spain", None, None),
        ("Mood", None, "Mood"),
    ],
)
def test_columns_of_both_generations_are_known(column: str, name: str | None, kept: str | None) -> None:
    assert key(column) == name
    if name is None:
        assert attribute(column) == kept


def test_a_table_without_handles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"f\.csv:1: there is no column `Handle`"):
        table(tmp_path, "Title,Price\nLamp,3\n")


PIECES = [b"", b"{", b"}", b"[", b"]", b'"', b",", b"\n", b"\0", b"\xff", b"null", b"1e999999", b"\\ud800", b"true"]


@pytest.mark.parametrize("name", ["shopify.json", "shopify.csv"])
@settings(max_examples=40)
@given(data=st.data())
def test_whatever_the_bytes_each_issue_has_a_line_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: Any
) -> None:
    content = bytearray((BAD / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.sampled_from(PIECES))
    path = tmp_path_factory.mktemp("feed") / name
    path.write_bytes(content)
    try:
        items = read(path)
    except FeedError:
        return
    lines = content.count(b"\n") + 1
    assert all(1 <= line <= lines for line, _ in items)
    assert all(item.line == line for line, item in items if isinstance(item, Issue))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["handle", "id", "title", "body_html", "category", "tags", "images", "options", "status", "metafields", "mood"]
)
OF_VARIANTS = st.sampled_from(
    ["id", "sku", "price", "compare_at_price", "available", "inventory_quantity", "inventory_policy", "grams", "weight",
     "weight_unit", "option1", "barcode"]
)  # fmt: skip
PRODUCTS = st.dictionaries(FIELDS, VALUES) | st.builds(
    lambda row, variants: row | {"variants": variants},
    st.dictionaries(FIELDS, VALUES),
    VALUES | st.lists(st.dictionaries(OF_VARIANTS, VALUES), max_size=3),
)


@settings(max_examples=60)
@given(st.lists(PRODUCTS, max_size=3))
def test_no_value_of_any_kind_raises(tmp_path_factory: pytest.TempPathFactory, products: list[Any]) -> None:
    assert all(line == 1 for line, _ in listed(tmp_path_factory.mktemp("feed"), *products))
