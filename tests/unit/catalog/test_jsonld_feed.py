import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feeds import jsonld
from catalog.feeds.html_page import HtmlReader, scripts
from catalog.feeds.jsonld import JsonLdReader
from catalog.feeds.located import LINE, load
from catalog.feeds.reader import FeedFile
from catalog.issues import RULES, Issue
from catalog.model import Faq, Measure, Product, Rating, Record, Review

FEEDS = Path(__file__).parents[2] / "feeds"
Found = list[tuple[int, Record | Issue]]


def read(path: Path) -> Found:
    reader = HtmlReader if path.suffix == ".html" else JsonLdReader
    return list(reader(FeedFile(path, path.name, "shop")).read())


def write(folder: Path, text: str, name: str = "p.jsonld") -> Found:
    path = folder / name
    path.write_text(text, "utf-8")
    return read(path)


def products(items: Found) -> dict[str, Product]:
    return {item.id: item for _, item in items if isinstance(item, Product)}


def issues(items: Found) -> list[tuple[int, str, str]]:
    found = [(line, item) for line, item in items if isinstance(item, Issue) and item.code != "cleaned_text"]
    return [(line, item.code, item.field) for line, item in found]


GRAPH = read(FEEDS / "jsonld" / "products.jsonld")


def test_a_product_is_read_with_all_that_hangs_on_it() -> None:
    lamp = products(GRAPH)["LAMP-1"]
    assert (lamp.title, lamp.brand, lamp.description, lamp.language) == ("Desk Lamp", "Lumo", "Warm & bright.", "en")
    assert lamp.categories == ["Home", "Lighting", "Desk Lamps"]
    assert lamp.images == ["https://cdn.example/lamp.jpg", "https://cdn.example/lamp-2.jpg"]
    assert lamp.gtin == "4006381333931"
    assert lamp.attributes == {
        "material": "aluminium", "weight": Measure(1.2, "kg"), "condition": "new",
        "brightness": Measure(800, "lumen"), "cable length": Measure(150, "cm"), "dimmable": True,
    }  # fmt: skip
    assert lamp.offer is not None
    assert (lamp.offer.price, lamp.offer.list_price, lamp.offer.currency) == ("49.9", "59.9", "USD")
    assert (lamp.offer.availability, lamp.offer.stock) == ("in_stock", 7)
    assert lamp.rating == Rating(4.5, 31)


def test_reviews_with_words_are_kept_without_their_writers() -> None:
    (review,) = [item for _, item in GRAPH if isinstance(item, Review)]
    assert (review.text, review.rating, review.date, review.product_id) == (
        "Does not flicker.", 5, "2026-05-02", "LAMP-1",
    )  # fmt: skip
    assert "B. Reader" not in str(GRAPH)


def test_variants_inside_beside_and_behind_a_reference_are_one_group() -> None:
    tee = products(GRAPH)["TEE"]
    assert (tee.title, tee.brand, tee.description) == ("Classic Tee", "Harbour", "A soft cotton tee.")
    assert {variant.id: variant.options for variant in tee.variants} == {
        "TEE-R": {"color": "red", "size": "M"}, "TEE-B": {"color": "blue", "size": "M"},
        "TEE-G": {"color": "green", "size": "M"},
    }  # fmt: skip
    offers = [variant.offer for variant in tee.variants if variant.offer]
    assert [offer.availability for offer in offers] == ["in_stock", "out_of_stock", "in_stock"]
    assert tee.images == ["https://cdn.example/tee-red.jpg"]
    assert set(products(GRAPH)) == {"LAMP-1", "TEE", "BAG", "MUG-7"}


def test_a_lowest_price_is_taken_and_said_to_be_one() -> None:
    bag, mug = products(GRAPH)["BAG"], products(GRAPH)["MUG-7"]
    assert bag.offer is not None
    assert mug.offer is not None
    assert (bag.offer.price, mug.offer.price, mug.offer.currency) == ("30.00", "8", "EUR")
    assert [(code, field) for _, code, field in issues(GRAPH)] == [("price_range", "offers.lowPrice")]


def test_answered_questions_are_faqs_in_their_language() -> None:
    first, second = [item for _, item in GRAPH if isinstance(item, Faq)]
    assert (first.question, first.answer, first.language) == ("多久发货？", "付款后 24 小时内发货。", "zh")
    assert (second.id, second.answer, second.language) == ("#returns", "Within 30 days.", "en")
    assert first.id.startswith("faq-")


def test_lines_are_those_on_which_the_objects_begin() -> None:
    text = (FEEDS / "jsonld" / "products.jsonld").read_text("utf-8").split("\n")
    lines = {item.id: line for line, item in GRAPH if not isinstance(item, Issue)}
    assert '"@type": ["Product", "Thing"]' in text[lines["LAMP-1"]]
    assert '"@type": "Product", "mpn": "MUG-7"' in text[lines["MUG-7"]]
    assert '"name": "Can I return it?"' in text[lines["#returns"] - 1]


def test_every_bad_object_is_named_with_its_line_and_spares_the_others() -> None:
    items = read(FEEDS / "bad" / "jsonld.jsonl")
    assert issues(items) == [
        (2, "missing_field", "id"), (3, "missing_field", "title"), (4, "bad_json", ""), (5, "bad_price", "offer.price"),
        (6, "no_currency", "offer.currency"), (7, "bad_field", "offer.availability"), (8, "price_range", "offers"),
        (9, "orphan", "hasVariant"), (9, "bad_price", "offer.price"), (10, "missing_field", "answer"),
        (11, "unknown_field", "isSparkling"), (11, "unknown_field", "glow"),
    ]  # fmt: skip
    found = products(items)
    assert list(found) == ["a", "g", "h", "z", "G"]
    assert found["g"].offer is not None
    assert found["g"].offer.price == "4.5"
    assert [variant.id for variant in found["G"].variants] == ["g2"]
    assert found["h"].attributes == {"glow": "green"}
    assert [item.question for _, item in items if isinstance(item, Faq)] == ["When?"]


def test_scripts_of_a_page_are_read_whatever_is_around_them() -> None:
    items = read(FEEDS / "html" / "page.html")
    assert issues(items) == []
    assert [(line, item.id) for line, item in items if isinstance(item, Product)] == [
        (7, "KETTLE"), (18, "CUP"), (19, "CAN"), (24, "POT"),
    ]  # fmt: skip
    assert products(items)["POT"].title == "Pot & lid"
    assert products(items)["KETTLE"].language == "en"
    assert [(line, item.answer) for line, item in items if isinstance(item, Faq)] == [(27, "No.")]


def test_a_broken_script_does_not_hide_the_others() -> None:
    items = read(FEEDS / "bad" / "page.html")
    assert list(products(items)) == ["A", "C"]
    assert issues(items) == [
        (9, "bad_json", ""), (12, "bad_json", ""), (15, "missing_field", "title"), (17, "bad_price", "offer.price"),
        (19, "bad_json", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["<!--", "<script ", "<a ", "<a x='", "</", "<?", "<script type=application/ld+json>"]
)
def test_marks_without_an_end_take_no_longer_than_others(piece: str) -> None:
    began = time.process_time()
    list(scripts(piece * (2_000_000 // len(piece))))
    assert time.process_time() - began < 30  # a quadratic search would need hours


@pytest.mark.parametrize("key", ["sku", "productID", "mpn", "gtin", "@id", "url"])
def test_the_id_is_the_first_name_there_is(tmp_path: Path, key: str) -> None:
    later = {"sku": "1", "productID": "2", "mpn": "3", "gtin": "4", "@id": "5", "url": "6"}
    names = {name: value for name, value in later.items() if list(later).index(name) >= list(later).index(key)}
    items = write(tmp_path, json.dumps({"@type": "schema:Product", "name": "A", **names}))
    assert list(products(items)) == [later[key]]


def test_a_document_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonld, "MAX_DOCUMENT", 1000)
    with pytest.raises(FeedError, match="one document of more than"):
        write(tmp_path, json.dumps([{"@type": "Product", "sku": "x" * 1000}]))


def test_a_document_whose_nodes_stand_on_lines_is_one_document(tmp_path: Path) -> None:
    nodes = [json.dumps({"@type": "Product", "sku": sku, "name": sku}) for sku in "ab"]
    for text in ('{"@graph": [\n' + "\n,".join(nodes) + "\n]}", "[\n" + ",\n".join(nodes) + "\n]"):
        items = write(tmp_path, text)
        assert [(line, item.id) for line, item in items if isinstance(item, Product)] == [(2, "a"), (3, "b")]


def test_deep_nesting_is_an_issue(tmp_path: Path) -> None:
    assert issues(write(tmp_path, '{"@graph":' * 100_000)) == [(1, "bad_json", "")]
    deep = {"@type": "Product", "sku": "a", "name": "A", "size": json.loads('{"value":' * 500 + "1" + "}" * 500)}
    assert all(item.code in RULES for _, item in write(tmp_path, json.dumps(deep)) if isinstance(item, Issue))


def test_an_offer_may_hold_the_product(tmp_path: Path) -> None:
    offer = {"@type": "Offer", "price": 5, "priceCurrency": "USD"}
    items = write(tmp_path, json.dumps({**offer, "itemOffered": {"@type": "Product", "sku": "a", "name": "A"}}))
    assert products(items)["a"].offer is not None


@pytest.mark.parametrize(
    ("prices", "best", "noted"),
    [
        ([("5.00", "USD"), ("5", "USD")], "5.00", False), ([("6", "USD"), ("5", "USD")], "5", True),
        ([("6", "USD"), ("5", "EUR")], "6", True), ([("ask", "USD"), ("5", "USD")], "5", True),
    ],
)  # fmt: skip
def test_of_several_offers_the_lowest_in_one_currency_is_kept(
    tmp_path: Path, prices: list[tuple[str, str]], best: str, noted: bool
) -> None:
    offers = [{"@type": "Offer", "price": price, "priceCurrency": code} for price, code in prices]
    items = write(tmp_path, json.dumps({"@type": "Product", "sku": "a", "name": "A", "offers": offers}))
    offer = products(items)["a"].offer
    assert offer is not None
    assert offer.price == best
    assert ([code for _, code, _ in issues(items)] == ["price_range"]) is noted


def test_references_in_a_circle_end(tmp_path: Path) -> None:
    graph = [
        {"@type": "WebPage", "@id": "p", "mainEntity": {"@id": "q"}},
        {"@type": "WebPage", "@id": "q", "mainEntity": {"@id": "p"}, "brand": {"@id": "q"}},
        {"@type": "Product", "@id": "x", "name": "X", "brand": {"@id": "x"}, "isVariantOf": {"@id": "x"}},
    ]
    assert list(products(write(tmp_path, json.dumps({"@graph": graph})))) == ["x"]


def test_objects_know_their_lines_and_errors_too() -> None:
    value = load('[\n{"a": "{\\"\\n{",\n "b": {}},\n\n{}]', "f", first_line=10)
    assert not isinstance(value, Issue)
    assert (value[0][LINE], value[0]["b"][LINE], value[1][LINE]) == (11, 12, 14)
    broken = load('{"a": 1,\n\n "b" 2}', "f", first_line=5)
    assert isinstance(broken, Issue)
    assert broken.line == 7


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4)
KEYS = st.sampled_from([
    "@type", "@id", "@graph", "name", "sku", "offers", "price", "lowPrice", "priceSpecification", "brand", "image",
    "hasVariant", "isVariantOf", "additionalProperty", "value", "unitCode", "review", "reviewBody", "reviewRating",
    "ratingValue", "bestRating", "aggregateRating", "mainEntity", "acceptedAnswer", "text", "category", "weight", "new",
])  # fmt: skip
WORDS = st.sampled_from(["Product", "ProductGroup", "FAQPage", "Question", "Offer", "AggregateOffer", "a", "5", "KGM"])
NODES = st.recursive(
    LEAVES | WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
)


@given(st.dictionaries(KEYS, NODES), WORDS)
def test_no_document_raises(tmp_path_factory: pytest.TempPathFactory, node: dict[str, Any], kind: str) -> None:
    items = write(tmp_path_factory.mktemp("feed"), json.dumps({**node, "@type": kind}, indent=1))
    for line, item in items:
        assert line >= 1
        assert not isinstance(item, Issue) or (item.code in RULES and item.message)
