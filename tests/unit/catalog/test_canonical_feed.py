import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import feeds
from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE, FileReader, LinesReader
from catalog.feeds.reader import FeedFile
from catalog.issues import RULES, Issue
from catalog.model import Product, Qa, Record, Review
from catalog.text import MAX_CHARS

PRODUCT: dict[str, Any] = {"type": "product", "id": "a", "title": "Lamp"}


def read(*rows: Any) -> list[Record | Issue]:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return [item for _, item in LinesReader("f.jsonl", lines, "f").read()]


def issues(*rows: Any) -> list[tuple[str, int, str]]:
    return [(item.code, item.line, item.field) for item in read(*rows) if isinstance(item, Issue)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["type", "id", "title", "attributes", "variants", "offer", "reviews", "questions", "bullets", "translations",
     "rating", "price", "starts_at", "updated_at", "categories", "question", "answer", "other"]
)  # fmt: skip
TYPES = st.sampled_from(["product", "review", "qa", "faq", "policy", "promotion", "delete", "odd", 7, None, [], {}])
ROWS = st.builds(lambda kind, row: row | {"type": kind}, TYPES, st.dictionaries(FIELDS, JSON, max_size=8))


@given(st.lists(st.one_of(st.binary(), ROWS.map(lambda row: json.dumps(row).encode())), max_size=5))
def test_no_bytes_raise_and_every_refused_row_says_where_and_why(lines: list[bytes]) -> None:
    for line, item in LinesReader("f.jsonl", lines, "f").read():
        assert 1 <= line <= len(lines)
        if isinstance(item, Issue):
            assert (item.line, item.file) == (line, "f.jsonl")
            assert item.code in RULES
            assert item.message
            assert RULES[item.code].fix in str(item)


@given(st.binary())
def test_no_file_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("feed") / "f.jsonl"
    path.write_bytes(content)
    lines = content.count(b"\n") + 1
    assert all(1 <= line <= lines for line, _ in FileReader(FeedFile(path, "f.jsonl", "f")).read())


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (b'{"type": "product"', "bad_json", ""),
        (b"[1]", "bad_json", ""),
        (b"[" * 100_000, "bad_json", ""),
        (b'"' + b"x" * (MAX_LINE + 1), "bad_json", ""),
        ({"id": "a"}, "unknown_type", "type"),
        ({"type": "odd", "id": "a"}, "unknown_type", "type"),
        ({"type": ["product"], "id": "a"}, "unknown_type", "type"),
        ({"type": "product", "id": "a"}, "missing_field", "title"),
        ({**PRODUCT, "id": " "}, "missing_field", "id"),
        ({**PRODUCT, "title": "\n"}, "missing_field", "title"),
        ({**PRODUCT, "title": "<b>Lamp</b>"}, "cleaned_text", "title"),
        ({**PRODUCT, "attributes": {"note": "a&amp;b"}}, "cleaned_text", "attributes.note"),
        ({**PRODUCT, "bullets": ["plain", "zero\u200bwidth"]}, "cleaned_text", "bullets.1"),
        ({**PRODUCT, "categories": "x"}, "bad_field", "categories"),
        ({**PRODUCT, "attributes": "x", "colour": "red"}, "unknown_field", "colour"),
        ({**PRODUCT, "offer": {"price": "-1", "currency": "CNY"}}, "bad_price", "offer.price"),
        ({**PRODUCT, "offer": {"price": "1", "currency": "yuan"}}, "bad_currency", "offer.currency"),
        ({**PRODUCT, "offer": {"price": "1"}}, "no_currency", "offer.currency"),
        ({**PRODUCT, "variants": [{"id": "v", "offer": {"price": "x", "currency": "CNY"}}]}, "bad_price",
         "variants[0].offer.price"),
        ({**PRODUCT, "offer": {"price": "1", "currency": "CNY", "shelf": 3}}, "unknown_field", "offer.shelf"),
        ({**PRODUCT, "variants": [{"id": "v", "ean": "1"}]}, "unknown_field", "variants[0].ean"),
        ({**PRODUCT, "updated_at": "yesterday"}, "bad_date", "updated_at"),
    ],
)  # fmt: skip
def test_each_problem_has_its_code_and_field(row: Any, code: str, field: str) -> None:
    assert issues(PRODUCT, row)[0] == (code, 2, field)


@pytest.mark.parametrize("depth", [500, 800, 950, 100_000])
def test_a_line_that_is_nested_too_deep_is_refused(depth: int) -> None:
    line = b'{"type":"product","id":"a","title":"t","attributes":' + b'{"a":' * depth + b"1" + b"}" * (depth + 1)
    ((code, where, _),) = issues(line)
    assert (code in {"bad_json", "bad_field"}, where) == (True, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_at": "soon"}, "starts_at"),
        ({"ends_at": "2026-11-12T00:00:00"}, "ends_at"),
        ({"price": "cheap"}, "price"),
        ({"discount": {"amount": "5"}}, "discount.currency"),
    ],
)
def test_a_promotion_that_could_not_be_applied_is_refused(fields: dict[str, Any], field: str) -> None:
    promotion = {
        "type": "promotion", "id": "p", "kind": "flash_sale", "product_ids": ["a"], "price": "9.90",
        "starts_at": "2026-11-11T00:00:00+08:00", "ends_at": "2026-11-12T00:00:00+08:00",
    }  # fmt: skip
    assert issues(promotion) == []
    (issue,) = read(promotion | fields)
    assert isinstance(issue, Issue)
    assert (issue.field, issue.severity) == (field, "error")


def test_blank_lines_and_a_byte_order_mark_are_no_rows() -> None:
    (record,) = read(b"\xef\xbb\xbf" + json.dumps(PRODUCT).encode(), b"\n", b"   ")
    assert isinstance(record, Product)


def test_an_unknown_field_becomes_an_attribute_with_a_note() -> None:
    note, record = read({**PRODUCT, "colour": "red", "attributes": {"size": "M"}})
    assert isinstance(note, Issue)
    assert (note.code, note.severity, note.field) == ("unknown_field", "note", "colour")
    assert isinstance(record, Product)
    assert record.attributes == {"size": "M", "colour": "red"}


def test_an_unreadable_date_is_left_out_and_the_record_kept() -> None:
    issue, record = read({**PRODUCT, "updated_at": "11/11/2026"})
    assert isinstance(issue, Issue)
    assert issue.severity == "warning"
    assert isinstance(record, Product)
    assert record.updated_at is None


def test_long_texts_are_cut_wherever_they_stand() -> None:
    issue, record = read({**PRODUCT, "translations": {"en": {"description": "x" * (MAX_CHARS + 1)}}})
    assert isinstance(issue, Issue)
    assert (issue.code, issue.field) == ("truncated_text", "translations.en.description")
    assert isinstance(record, Product)
    assert len(record.translations["en"].description or "") == MAX_CHARS


def test_nested_reviews_and_questions_become_records() -> None:
    nested = {
        "reviews": [{"id": "r1", "text": "Good", "rating": 5}, {"text": "Bad", "mood": "cross"}],
        "questions": [{"question": "Warm?", "answer": "Yes"}],
        "language": "en",
    }
    product, first, note, second, qa = read(PRODUCT | nested)
    assert isinstance(product, Product)
    assert isinstance(first, Review)
    assert (first.id, first.product_id, first.rating) == ("a/review/r1", "a", 5)
    assert isinstance(note, Issue)
    assert (note.code, note.field) == ("unknown_field", "mood")
    assert isinstance(second, Review)
    assert second.id == "a/review/2"
    assert isinstance(qa, Qa)
    assert (qa.id, qa.language) == ("a/qa/1", "en")


def test_texts_are_cleaned_and_ids_only_stripped() -> None:
    note, record = read({**PRODUCT, "id": " a&amp;b ", "title": "<b>Lamp</b>", "attributes": {"<i>k</i>": "v&amp;w"}})
    assert isinstance(record, Product)
    assert isinstance(note, Issue)
    assert (note.field, note.value, note.message) == ("title", "<b>Lamp</b>", "markup taken out, and in 1 more texts")
    assert (record.id, record.title, record.attributes) == ("a&amp;b", "Lamp", {"k": "v&w"})


def test_an_id_is_used_once_even_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "shop.jsonl"
    twice = {**PRODUCT, "reviews": [{"id": "r", "text": "one"}, {"id": "r", "text": "two"}]}
    faq = {"type": "faq", "id": "a", "question": "?", "answer": "!"}
    path.write_text("\n".join(json.dumps(row) for row in (twice, faq)), "utf-8")
    items = list(feeds.read([str(path)]))
    duplicates = [(item.line, item.value) for item in items if isinstance(item, Issue) and item.code == "duplicate_id"]
    assert duplicates == [(1, "a/review/r"), (2, "a")]
    assert [item.id for item in items if not isinstance(item, Issue)] == ["a", "a/review/r"]


def test_records_carry_the_name_of_their_feed(tmp_path: Path) -> None:
    path = tmp_path / "my shop.jsonl"
    path.write_text(json.dumps(PRODUCT), "utf-8")
    assert [item.source for item in feeds.read([str(path)]) if isinstance(item, Product)] == ["my-shop"]
    assert [item.source for item in feeds.read([str(path)], source="erp") if isinstance(item, Product)] == ["erp"]


@pytest.mark.parametrize("name", ["absent.jsonl", "table.csv", "."])
def test_what_is_no_feed_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "table.csv").write_text("id\n1\n")
    target = tmp_path / name if name != "." else tmp_path / "empty"
    (tmp_path / "empty").mkdir()
    with pytest.raises(FeedError, match=r"give a file|--mapping|holds no feed"):
        list(feeds.read([str(target)]))
