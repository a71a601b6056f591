from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE
from catalog.feeds.merchant_entry import MAX_DEPTH
from catalog.feeds.merchant_table import MerchantTableReader, field
from catalog.feeds.merchant_xml import MerchantXmlReader
from catalog.feeds.reader import FeedFile
from catalog.issues import Issue
from catalog.model import Measure, Product, Record

BAD = Path(__file__).parents[2] / "feeds" / "bad"
NOW = datetime(2026, 11, 11, 12, tzinfo=UTC)
ITEM = "<g:id>a</g:id><title>Lamp</title><g:price>15.00 USD</g:price>"
Items = list[tuple[int, Record | Issue]]


def read(path: Path) -> Items:
    reader = MerchantXmlReader if path.suffix == ".xml" else MerchantTableReader
    return list(reader(FeedFile(path, path.name, "shop"), NOW).read())


def xml(folder: Path, *items: str, head: str = "") -> Items:
    path = folder / "f.xml"
    rows = "\n".join(f"<item>{item}</item>" for item in items)
    path.write_text(
        f'<?xml version="1.0"?>{head}\n<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n{rows}\n</channel></rss>',
        "utf-8",
    )
    return read(path)


def table(folder: Path, text: str | bytes) -> Items:
    path = folder / "f.tsv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


def product(items: Items) -> Product:
    (found,) = [item for _, item in items if isinstance(item, Product)]
    return found


def issues(items: Items) -> list[tuple[int, str, str]]:
    return [(line, item.code, item.field) for line, item in items if isinstance(item, Issue)]


def ids(items: Items) -> list[str]:
    return [item.id for _, item in items if not isinstance(item, Issue)]


def test_every_bad_entry_is_named_with_its_line_and_spares_the_others() -> None:
    items = read(BAD / "merchant.xml")
    assert issues(items) == [
        (7, "missing_field", "id"), (10, "missing_field", "title"), (11, "bad_price", "price"),
        (12, "bad_price", "price"), (13, "no_currency", "offer.currency"), (14, "bad_field", "offer.availability"),
        (20, "bad_currency", "sale_price"), (21, "odd_price", "sale_price"),
        (22, "bad_date", "sale_price_effective_date"), (26, "duplicate_id", "id"), (27, "bad_price", "price"),
        (30, "bad_price", "offer.price"), (31, "unmapped_column", "tint"), (31, "unknown_field", "shipping"),
        (25, "member_conflict", "brand"), (29, "member_conflict", "title"),
    ]  # fmt: skip
    assert ids(items) == ["first", "dearer", "when", "last", "cup", "cutlery"]
    cup = next(item for _, item in items if isinstance(item, Product) and item.id == "cup")
    assert [variant.id for variant in cup.variants] == ["cup-red", "cup-blue"]


def test_every_bad_row_is_named_with_its_line_and_spares_the_others() -> None:
    items = read(BAD / "merchant.tsv")
    assert issues(items) == [
        (2, "unmapped_column", "mood"), (3, "bad_row", ""), (4, "bad_row", ""), (5, "missing_field", "id"),
        (6, "missing_field", "title"), (7, "bad_price", "price"), (8, "no_currency", "offer.currency"),
        (9, "bad_field", "offer.availability"), (10, "bad_row", ""), (11, "bad_row", ""), (14, "bad_price", "price"),
        (15, "member_conflict", "title"),
    ]  # fmt: skip
    assert ids(items) == ["first", "last", "cup"]


@pytest.mark.parametrize(
    ("dates", "price", "list_price", "said"),
    [
        ("", "12.00", "15.00", []),
        ("2026-11-11T00:00+0000/2026-11-12T00:00+0000", "12.00", "15.00", ["dated_price"]),
        ("2026-11-11T19:00+0800/2026-11-12T00:00+0800", "12.00", "15.00", ["dated_price"]),
        ("2026-11-11T21:00+0800/2026-11-12T00:00+0800", "15.00", None, ["dated_price"]),
        ("2026-11-01T00:00Z/2026-11-11T12:00Z", "15.00", None, ["dated_price"]),
        ("tomorrow/2026-11-11T12:00Z", "15.00", None, ["bad_date"]),
        ("2026-11-01T00:00Z", "15.00", None, ["bad_date"]),
    ],
)
def test_a_sale_price_holds_within_its_dates(
    tmp_path: Path, dates: str, price: str, list_price: str | None, said: list[str]
) -> None:
    when = f"<g:sale_price_effective_date>{dates}</g:sale_price_effective_date>" if dates else ""
    items = xml(tmp_path, f"{ITEM}<g:sale_price>12.00 USD</g:sale_price>{when}")
    offer = product(items).offer
    assert offer is not None
    assert (offer.price, offer.list_price) == (price, list_price)
    assert [code for _, code, _ in issues(items)] == said


def test_fields_become_attributes_with_their_units(tmp_path: Path) -> None:
    found = product(
        xml(
            tmp_path,
            f"{ITEM}<g:product_weight>1.5 lb</g:product_weight><g:unit_pricing_measure>750 ml</g:unit_pricing_measure>"
            "<g:product_height>tall</g:product_height><g:age_group>adult</g:age_group><g:gtin>4006381333931</g:gtin>"
            "<g:google_product_category>2070</g:google_product_category>"
            "<g:product_detail><g:section_name>Light</g:section_name><g:attribute_name>Flux</g:attribute_name>"
            "<g:attribute_value>800 lm</g:attribute_value></g:product_detail>"
            "<g:product_detail><g:section_name>Box</g:section_name><g:attribute_name>Flux</g:attribute_name>"
            "<g:attribute_value>none</g:attribute_value></g:product_detail>",
        )
    )
    assert found.attributes == {
        "weight": Measure(1.5, "lb"), "unit pricing measure": Measure(750, "ml"), "height": "tall",
        "age group": "adult", "Flux": "800 lm", "Box Flux": "none",
    }  # fmt: skip
    assert (found.gtin, found.categories) == ("4006381333931", [])


def test_what_members_differ_in_is_an_option_only_where_shoppers_choose_by_it(tmp_path: Path) -> None:
    member = (
        "<g:id>{0}</g:id><g:item_group_id>g</g:item_group_id><title>{1} wool coat ({0})</title>"
        "<g:price>90.00 EUR</g:price><g:color>{1}</g:color><g:size>{0}</g:size><g:material>wool</g:material>"
        "<g:mpn>{0}{1}</g:mpn>"
    )
    found = product(xml(tmp_path, member.format("M", "Red"), member.format("L", "Blue"), member.format("S", "Red")))
    assert (found.id, found.title) == ("g", "wool coat")
    assert [variant.options for variant in found.variants] == [
        {"color": "Red", "size": "M"}, {"color": "Blue", "size": "L"}, {"color": "Red", "size": "S"},
    ]  # fmt: skip
    assert found.attributes == {"material": "wool", "mpn": ["MRed", "LBlue", "SRed"]}


def test_googles_field_wins_over_that_of_the_feed_format(tmp_path: Path) -> None:
    found = product(xml(tmp_path, f"<id>tag:1</id><link>https://a.example</link>{ITEM}<g:title>Arc lamp</g:title>"))
    assert (found.id, found.title, found.url) == ("a", "Arc lamp", "https://a.example")


def test_fields_need_no_prefix(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text("<rss><channel><item><id>a</id><title>L</title><price>1 USD</price></item></channel></rss>")
    assert ids(read(path)) == ["a"]


def test_markup_inside_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    found = product(xml(tmp_path, f"{ITEM}<description>Dims <b>softly</b>, <i>in <u>five</u></i> steps</description>"))
    assert found.description == "Dims softly, in five steps"


BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE, '<!DOCTYPE b [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">]>'])
def test_a_feed_with_entities_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(FeedError, match=r"f\.xml:1: the XML declares entities"):
        xml(tmp_path, f"{ITEM}<description>&b;</description>", head=head)


@pytest.mark.parametrize("inside", [True, False])
def test_a_feed_that_nests_too_deep_is_refused(tmp_path: Path, inside: bool) -> None:
    deep = "<a>" * 200_000
    with pytest.raises(FeedError, match=rf"f\.xml:3: the XML is nested deeper than {MAX_DEPTH}"):
        xml(tmp_path, ITEM + deep) if inside else xml(tmp_path, f"</item>{deep}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<rss><channel>\n<item><id>a</id>\n</channel></rss>", 3),
        ("<rss><channel>\n\n<item><id>a</id><title>L</title></item>\n<item><id>b", 4),
        ("<rss><channel>\n<item><g:id>a</g:id></item></channel></rss>", 2),
        ("<rss><channel>\n<item><id>a &copy; b</id></item></channel></rss>", 2),
        ("<html><body>Not found</body></html>", 1),
        ("", 1),
        ("plain text", 1),
    ],
)
def test_a_feed_that_is_broken_anywhere_is_refused_as_a_whole(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "f.xml"
    path.write_text(text)
    with pytest.raises(FeedError, match=rf"^f\.xml:{line}: "):
        read(path)


def test_bytes_that_are_not_what_the_xml_declares(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    for head in (b"", b'<?xml version="1.0" encoding="gb2312"?>', b'<?xml version="1.0" encoding="nonsense"?>'):
        path.write_bytes(head + "<rss><channel><item><id>台灯</id></item></channel></rss>".encode("gbk"))
        with pytest.raises(FeedError, match=r"^f\.xml:1: "):
            read(path)


def test_an_entry_that_never_ends_costs_only_itself(tmp_path: Path) -> None:
    long = f"<g:id>b</g:id><title>L</title><description>{'x' * (MAX_LINE + 1)}</description>"
    items = xml(tmp_path, ITEM, long, ITEM.replace(">a<", ">c<"))
    assert issues(items) == [(4, "bad_row", "")]
    assert ids(items) == ["a", "c"]
    with pytest.raises(FeedError, match="a tag is longer"):
        xml(tmp_path, f'<g:id n="{"x" * (MAX_LINE + (1 << 17))}">a</g:id>')


@pytest.mark.parametrize("name", ["image_link", "image link", "Image Link", "g:image_link", " image link "])
def test_a_column_may_be_spelt_in_many_ways(name: str) -> None:
    assert field(name) == "image_link"


def test_cells_hold_lists_and_details(tmp_path: Path) -> None:
    found = product(
        table(
            tmp_path,
            "id\ttitle\timage_link\tadditional_image_link\tproduct_highlight\tproduct_detail\n"
            'a\tLamp, 15" tall\ti1\ti2,i3\t"""Dims, slowly"",Warm"\tLight:Flux:800 lm,:Cable:1:2 m,nonsense\n',
        )
    )
    assert found.title == 'Lamp, 15" tall'
    assert found.images == ["i1", "i2", "i3"]
    assert found.bullets == ["Dims, slowly", "Warm"]
    assert found.attributes == {"Flux": "800 lm", "Cable": "1:2 m"}


@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_a_table_may_be_parted_by_other_characters(tmp_path: Path, delimiter: str) -> None:
    assert ids(table(tmp_path, "id;title;price\na;L;1 USD\n".replace(";", delimiter))) == ["a"]


@pytest.mark.parametrize("text", ["", "title\tprice\nLamp\t3 USD\n", '"id\tti"tle\n', b"\xff\xfei\x00d\x00"])
def test_a_table_without_ids_is_refused(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(FeedError, match=r"f\.tsv"):
        table(tmp_path, text)


def test_a_line_that_never_ends_costs_only_its_row(tmp_path: Path) -> None:
    items = table(tmp_path, f"id\ttitle\na\t{'x' * (MAX_LINE + 9)}\nb\tLamp\n")
    assert (issues(items), ids(items)) == ([(2, "bad_row", "")], ["b"])


PIECES = [b"", b"<", b">", b"&", b'"', b"\n", b"\t", b"\0", b"\xff", b"]]>", b"<item>", b"</g:price>"]


@pytest.mark.parametrize("name", ["merchant.xml", "merchant.tsv"])
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
