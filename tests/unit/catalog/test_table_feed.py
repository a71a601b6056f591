import json
import tracemalloc
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feeds.mapping import Column, Mapping
from catalog.feeds.reader import FeedFile
from catalog.feeds.table import ObjectsReader, TableReader
from catalog.issues import RULES, Issue
from catalog.model import Measure, Product, Record

MAPPING = Mapping(
    fields={
        "id": "sku", "title": "name", "categories": Column("path", split=">"),
        "offer.price": Column("cents", scale="0.01"), "offer.stock": "left", "rating.value": "stars",
        "rating.count": "votes",
    },
    attributes={"weight": Column("kg", unit="kg")},
    prefixes={"attr_": ""},
    currency="USD",
    language="en",
    ignore=["secret"],
)  # fmt: skip


def table(folder: Path, text: str | bytes, suffix: str = ".csv") -> list[Record | Issue]:
    path = folder / f"t{suffix}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [item for _, item in TableReader(FeedFile(path, path.name, "t"), MAPPING).read()]


def objects(folder: Path, *rows: Any) -> list[Record | Issue]:
    path = folder / "t.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return [item for _, item in ObjectsReader(FeedFile(path, path.name, "t"), MAPPING).read()]


CELLS = st.lists(st.one_of(st.binary(max_size=12), st.sampled_from([b'"', b",", b"\n", b"\r\n", b"a", b"\xff", b"\0"])))


@given(CELLS.map(b"".join))
def test_no_bytes_raise_and_every_refused_row_says_where_and_why(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("feed") / "t.csv"
    path.write_bytes(b"sku,name\n" + content)
    for line, item in TableReader(FeedFile(path, path.name, "t"), MAPPING).read():
        if isinstance(item, Issue):
            assert item.line == line >= 1
            assert item.code in RULES
            assert item.message


@given(st.dictionaries(st.sampled_from(["sku", "name", "path", "cents", "left", "stars", "kg", "attr_x", "new"]),
                       st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                                    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2))))  # fmt: skip  # noqa: E501
def test_no_object_raises(tmp_path_factory: pytest.TempPathFactory, row: dict[str, Any]) -> None:
    assert objects(tmp_path_factory.mktemp("feed"), row)


def test_a_row_becomes_a_record(tmp_path: Path) -> None:
    header = "sku,name,path,cents,left,stars,votes,kg,attr_hand_made,secret"
    (record,) = table(tmp_path, f'\ufeff{header}\nL1,"Lamp, tall",Home > Light,4990,3,4.5,12,1.2,yes,no\n')
    assert isinstance(record, Product)
    assert (record.id, record.title, record.language) == ("L1", "Lamp, tall", "en")
    assert record.categories == ["Home", "Light"]
    assert record.offer is not None
    assert (record.offer.price, record.offer.currency, record.offer.stock) == ("49.90", "USD", 3)
    assert record.rating is not None
    assert (record.rating.value, record.rating.count) == (4.5, 12)
    assert record.attributes == {"weight": Measure(1.2, "kg"), "hand made": "yes"}


def test_empty_cells_say_nothing(tmp_path: Path) -> None:
    (record,) = table(tmp_path, "sku,name,cents,stars,kg\nL1,Lamp,,,\n")
    assert isinstance(record, Product)
    assert (record.offer, record.rating, record.attributes) == (None, None, {})


def test_a_tab_separated_file_is_read_by_its_suffix(tmp_path: Path) -> None:
    (record,) = table(tmp_path, "sku\tname\nL1\tLamp, tall\n", ".tsv")
    assert isinstance(record, Product)
    assert record.title == "Lamp, tall"


def test_a_column_that_nothing_names_is_kept_and_reported_once(tmp_path: Path) -> None:
    note, first, second = table(tmp_path, "sku,name,mood\nL1,Lamp,gay\nL2,Lamp,sad\n")
    assert isinstance(note, Issue)
    assert (note.code, note.field, note.line) == ("unmapped_column", "mood", 2)
    assert isinstance(first, Product)
    assert isinstance(second, Product)
    assert (first.attributes, second.attributes) == ({"mood": "gay"}, {"mood": "sad"})


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"L1", "1 cells under 2 columns"),
        (b"L1,Lamp,more", "3 cells under 2 columns"),
        (b"L1,L\xffamp", "not UTF-8"),
        (b'"L1"x,Lamp', "no CSV"),
        (b"L1,La\0mp", "NUL"),
    ],
)
def test_a_bad_row_is_an_issue_and_the_rest_is_read(tmp_path: Path, row: bytes, message: str) -> None:
    issue, record = table(tmp_path, b"sku,name\n" + row + b"\nL2,Lamp\n")
    assert isinstance(issue, Issue)
    assert (issue.code, issue.line) == ("bad_row", 2)
    assert message in issue.message
    assert isinstance(record, Product)
    assert record.id == "L2"


def test_a_quote_that_never_closes_says_where_it_began(tmp_path: Path) -> None:
    _, issue = table(tmp_path, 'sku,name\nL1,Lamp\nL2,"Lamp\nL3,Lamp\n')
    assert isinstance(issue, Issue)
    assert issue.line == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "no header line"), ("\n", "no header line"), ("name,price\nLamp,3\n", "no column 'sku'")],
)
def test_a_table_without_the_id_column_is_no_feed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        table(tmp_path, text)


def test_a_row_over_several_lines_is_named_by_its_first(tmp_path: Path) -> None:
    first, issue = table(tmp_path, 'sku,name\n"L1","Lamp\nover\nthree lines"\n"L2","Lamp\ntoo","many"\n')
    assert isinstance(first, Product)
    assert isinstance(issue, Issue)
    assert issue.line == 5


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_says_what_parts_the_cells(tmp_path: Path, delimiter: str) -> None:
    (record,) = table(tmp_path, f'sku{delimiter}name\nL1{delimiter}"Lamp{delimiter} tall"\n', ".txt")
    assert isinstance(record, Product)
    assert record.title.split() == ["Lamp", "tall"] if delimiter == "\t" else [f"Lamp{delimiter}", "tall"]


@pytest.mark.parametrize(("quote", "size"), [(b"", 100 << 20), (b'"', 10 << 20)])
def test_a_runaway_line_is_one_bad_row(tmp_path: Path, quote: bytes, size: int) -> None:
    runaway = b"L2," + quote + b"x" * size + quote + b"\n"
    path = tmp_path / "t.csv"
    path.write_bytes(b"sku,name\nL1,Lamp\n" + runaway + b"L3,Lamp\nL4,La\0mp\n")
    tracemalloc.start()
    items = [item for _, item in TableReader(FeedFile(path, path.name, "t"), MAPPING).read()]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    path.unlink()
    assert [(i.code, i.line) if isinstance(i, Issue) else i.id for i in items] == [
        "L1", ("bad_row", 3), "L3", ("bad_row", 5),
    ]  # fmt: skip
    assert peak < 64 << 20


@pytest.mark.parametrize("cents", ["1e999999999", "abc", "-5"])
def test_a_number_that_is_no_price_is_a_bad_price(tmp_path: Path, cents: str) -> None:
    (issue,) = table(tmp_path, f"sku,name,cents\nL1,Lamp,{cents}\n")
    assert isinstance(issue, Issue)
    assert (issue.code, issue.field) == ("bad_price", "offer.price")


def test_objects_keep_their_kinds(tmp_path: Path) -> None:
    (record,) = objects(
        tmp_path, {"sku": 7, "name": "Lamp", "cents": 4990, "attr_dimmable": True, "attr_colours": ["a"]}
    )
    assert isinstance(record, Product)
    assert record.id == "7"
    assert record.attributes == {"dimmable": True, "colours": ["a"]}


GROUPED = msgspec.structs.replace(
    MAPPING, group="style", attributes={"颜色": "colour", "weight": Column("kg", unit="kg")}
)
STYLES = """sku,style,name,colour,kg,cents,left
a-red,a,Coat,red,0.5,9900,3
b,b,Hat,red,0.1,1900,1
a-blue,a,Coat,blue,0.6,9900,0
a-red,a,Coat,red,0.5,9900,3
a-bad,a,Coat,green,0.5,soon,3
lone,,Scarf,red,0.2,2900,2
"""


def test_rows_of_one_group_are_the_variants_of_one_product(tmp_path):
    path = tmp_path / "styles.csv"
    path.write_text(STYLES, "utf-8")
    items = list(TableReader(FeedFile(path, path.name, "t"), GROUPED).read())
    assert [(line, item.code) for line, item in items if isinstance(item, Issue)] == [
        (5, "duplicate_id"),
        (6, "bad_price"),
    ]
    products = {item.id: item for _, item in items if isinstance(item, Product)}
    assert list(products) == ["lone", "a", "b"]
    coat = products["a"]
    assert [(variant.id, variant.options) for variant in coat.variants] == [
        ("a-red", {"颜色": "red"}),
        ("a-blue", {"颜色": "blue"}),
    ]
    assert coat.attributes == {"weight": ["0.5 kg", "0.6 kg"]}
    assert coat.variants[0].offer is not None
    assert coat.variants[0].offer.price == "99.00"
    assert products["lone"].offer is not None
    assert (products["b"].offer is not None, products["b"].variants) == (True, [])


def test_a_feed_without_the_column_of_the_group_is_refused(tmp_path):
    path = tmp_path / "styles.csv"
    path.write_text(STYLES.replace("style", "model"), "utf-8")
    with pytest.raises(FeedError, match="no column 'style' for `group`"):
        list(TableReader(FeedFile(path, path.name, "t"), GROUPED).read())
