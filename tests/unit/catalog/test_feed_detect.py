"""A file is what its content shows, whatever it is called."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feeds.detect import detect
from catalog.feeds.mapping import Mapping
from catalog.feeds.reader import FeedFile
from catalog.feeds.readers import open_feed
from catalog.formats import FORMATS, MAPPED, WITH_MAPPING, Format
from catalog.issues import Issue
from catalog.model import Offer, Product

MERCHANT = "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\n"
SHOPIFY = {"products": [{"id": 1, "title": "Lamp", "handle": "lamp", "body_html": "", "variants": []}]}
LD = {"@context": "https://schema.org", "@type": "Product", "name": "Lamp"}
CONTENT: list[tuple[str, Format]] = [
    ('{"type": "product", "id": "a", "title": "Lamp"}\n', "canonical"),
    ('{"type": "delete", "id": "a"}', "canonical"),
    ('{"type": {"a": [1]}, "id": "a"}\n', "canonical"),
    ('\n\n{"type": "faq", "id": "a"}', "canonical"),
    ('{"broken\n{"type": "product", "id": "a", "title": "Lamp"}\n', "canonical"),
    ('{"sku": "a", "name": "Lamp"}\n{"sku": "b", "name": "Lamp"}\n', "canonical"),
    ('{"item_id": "a", "title": "Lamp", "url": "https://shop.example", "is_eligible_search": true}', "acp"),
    ('{"id": "a", "title": "Lamp", "link": "https://shop.example", "price": "1 USD", "enable_search": true}', "acp"),
    ('{"id": "a", "title": "Lamp", "variants": [{"id": "b"}]}', "acp"),
    (json.dumps(SHOPIFY), "shopify-json"),
    (json.dumps(SHOPIFY, indent=2), "shopify-json"),
    (json.dumps(SHOPIFY["products"]), "shopify-json"),
    (json.dumps(SHOPIFY | {"products": SHOPIFY["products"] * 2000}), "shopify-json"),
    (json.dumps(LD), "jsonld"),
    (json.dumps(LD, indent=2), "jsonld"),
    (json.dumps([LD, LD]), "jsonld"),
    (json.dumps({"@graph": [LD]}), "jsonld"),
    ("<!DOCTYPE html><html><head></head></html>", "html"),
    ("<!-- made by hand -->\n<HTML lang=zh><body>", "html"),
    ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>', "html"),
    ('<script type="application/ld+json">{}</script>', "html"),
    ('<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>', "merchant-xml"),
    ('<!-- x --><feed xmlns="http://www.w3.org/2005/Atom">', "merchant-xml"),
    ('<a:feed xmlns:a="http://www.w3.org/2005/Atom">', "merchant-xml"),
    ('<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>', "merchant-xml"),
    (MERCHANT, "merchant-table"),
    (MERCHANT.replace("\t", ",").replace("_", " ").title(), "merchant-table"),
    ("g:id\tg:title\tg:link\tg:price\tg:availability\n", "merchant-table"),
    ("Handle,Title,Body (HTML),Vendor,Variant SKU,Variant Price\n", "shopify-csv"),
    ('"Handle","Title","Variant Price"\n', "shopify-csv"),
    ("Title,URL handle,Description,Vendor,Price\n", "shopify-csv"),
    ("id\ttitle\tprice\tavailability\titem_group_id\n", "merchant-table"),
    ("id,title,price,brand\n", "table"),
    ("sku,name\n1,Lamp\n", "table"),
    ("sku;name\n1;Lamp\n", "table"),
    ("商品编号,名称\n1,台灯\n", "table"),
    ("id,title\n1,Lamp\n", "table"),
    ('id,"title\nof two lines"\n', "table"),
    ("PAR1\x15\x04", "parquet"),
]


def file(folder: Path, content: bytes, name: str = "feed") -> FeedFile:
    path = folder / "content"
    path.write_bytes(content)
    return FeedFile(path, name, "feed")


@pytest.mark.parametrize(("content", "form"), CONTENT)
@pytest.mark.parametrize("name", ["feed", "feed.csv", "feed.html", "feed.xml"])
def test_content_shows_the_format(tmp_path: Path, content: str, form: Format, name: str) -> None:
    assert detect(file(tmp_path, content.encode(), name)) == form


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff\n \n", "\n\t"])
def test_marks_and_blank_lines_before_it_change_nothing(tmp_path: Path, before: str) -> None:
    for content, form in CONTENT[:-1]:
        assert detect(file(tmp_path, (before + content).encode())) == form


def test_every_format_that_needs_no_mapping_is_known_by_content() -> None:
    assert {form for _, form in CONTENT} == set(FORMATS) - {"objects"}


def test_xml_in_utf_16_is_left_to_its_parser(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><rss version="2.0"></rss>'
    assert detect(file(tmp_path, text.encode("utf-16"))) == "merchant-xml"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"<urlset><url/></urlset>", "its root is <urlset>"),
        (b"<", r"its root is <\?>"),
        (b'[{"sku": 1}]', "one object a line"),
    ],
)
def test_what_is_no_feed_says_so(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        detect(file(tmp_path, content))


def test_lines_that_are_no_json_are_told_one_by_one_in_a_file_that_says_jsonl(tmp_path: Path) -> None:
    assert detect(file(tmp_path, b"oops\n", "shop.jsonl")) == "canonical"
    assert detect(file(tmp_path, b"oops\n", "shop.jsonl.gz")) == "canonical"
    assert detect(file(tmp_path, b"oops\n", "shop.csv")) == "table"


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_some_format_or_a_clear_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    given_file = file(tmp_path_factory.mktemp("feed"), content)
    try:
        assert detect(given_file) in FORMATS
    except FeedError as error:
        message = str(error)
        assert message.startswith("feed is ")


def test_a_table_of_another_kind_asks_for_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="--mapping"):
        open_feed(file(tmp_path, b"sku,name\n"))
    for form in MAPPED:
        with pytest.raises(FeedError, match="--mapping"):
            open_feed(file(tmp_path, b""), None, form)


def test_a_given_mapping_goes_before_a_known_table(tmp_path: Path) -> None:
    rules = Mapping(fields={"id": "id"})
    assert type(open_feed(file(tmp_path, MERCHANT.encode()), rules)).__name__ == "TableReader"
    assert type(open_feed(file(tmp_path, b'{"type": "x", "id": 1}'), rules)).__name__ == "ObjectsReader"
    assert type(open_feed(file(tmp_path, b'{"type": "x", "id": 1}'))).__name__ == "FileReader"
    assert set(WITH_MAPPING.values()) <= MAPPED


def test_a_mapping_of_nothing_but_the_currency_completes_a_format_that_names_none(tmp_path: Path) -> None:
    shop = file(tmp_path, b"Handle,Title,Variant Price\nlamp,Lamp,9.90\n")
    ((_, record),) = open_feed(shop, Mapping(currency="EUR")).read()
    assert isinstance(record, Product)
    assert record.offer == Offer(price="9.90", currency="EUR")
    (issue,) = (item for _, item in open_feed(shop).read() if isinstance(item, Issue) and item.severity == "error")
    assert issue.code in {"no_currency", "missing_field"}
    with pytest.raises(FeedError, match="--mapping"):
        open_feed(file(tmp_path, b"sku,name\n"), Mapping(currency="EUR"))
