import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from catalog.errors import FeedError, MappingError
from catalog.feeds.mapping import Column, Mapping, load_mapping
from catalog.feeds.parquet import ParquetReader
from catalog.feeds.propose import propose
from catalog.feeds.reader import FeedFile, FeedReader
from catalog.feeds.table import ObjectsReader, TableReader
from catalog.issues import Issue
from catalog.model import Faq, Measure, Product, Record

CHINESE = """商品名称,货号,品牌,类目,售价(元),原价,库存,商品描述,图片,链接,评分,评价数量,条码,重量(g),颜色,进价,备注
真无线降噪耳机,A001,声悦,数码/耳机/真无线,¥299.00,¥399.00,120,通勤降噪,https://cdn.example/1.jpg|https://cdn.example/2.jpg,https://shop.example/1,4.8,1203,6901234567892,52,黑色,150,老供应商
保温杯 500 毫升,A002,青屿,家居/水具,¥89.00,¥109.00,32,保温十二小时,https://cdn.example/3.jpg,https://shop.example/2,4.6,88,6901234567908,310,白色,40,
登山双肩包,A003,山野,户外/背包,"¥1,259.00","¥1,399.00",0,四十升,https://cdn.example/4.jpg,https://shop.example/3,4.9,45,6901234567915,1200.5,军绿,600,清仓
"""
ENGLISH = """sku;product name;price_cents;currency;category path;highlights;image;weight_kg;width (cm);color;since;empty
L-1;Desk lamp with dimmer;4900;USD;Home > Lighting;bright|quiet;https://cdn.example/1.jpg;1.2;20;black;2020-01-02;
L-2;Floor lamp;12900;USD;Home > Lighting;tall|stable;https://cdn.example/2.jpg;4;35;white;2021-05-06;
L-3;Clip lamp;1995;USD;Home > Lighting > Clip;light;https://cdn.example/3.jpg;0.4;8;red;2019-11-30;
"""
SALES = """id\tname\tprice\tsale_price\tattr_material\tattr_finish\tsizes
1\tOak table\t$499.00\t$449.00\toak\toiled\tS|M
2\tPine shelf\t$99.50\t$79.50\tpine\traw\tS|L
3\tBeech stool\t$59.00\t$49.00\tbeech\tlacquered\tM
"""
FAQ = "编号,问题,答案\n1,多久发货？,一天内。\n2,可以退货吗？,七天内可以。\n"


def write(folder: Path, text: str, name: str = "export.csv") -> FeedFile:
    path = folder / name
    path.write_text(text, "utf-8")
    return FeedFile(path, name, "export")


def finished(file: FeedFile, folder: Path) -> tuple[str, Mapping]:
    text = propose(file)
    path = folder / "shop.toml"
    path.write_text(text, "utf-8")
    return text, load_mapping(path)


def read(reader: FeedReader) -> list[Record]:
    """The records; nothing may be wrong with them but what is only noted."""
    items = [item for _, item in reader.read()]
    assert [str(item) for item in items if isinstance(item, Issue) and item.severity != "note"] == []
    return [item for item in items if not isinstance(item, Issue)]


def test_a_chinese_export_is_mapped_and_read(tmp_path: Path) -> None:
    file = write(tmp_path, CHINESE)
    text, mapping = finished(file, tmp_path)
    assert mapping.fields == {
        "id": "货号", "title": "商品名称", "description": "商品描述", "brand": "品牌",
        "categories": Column("类目", split="/"), "offer.price": "售价(元)", "offer.list_price": "原价",
        "offer.stock": "库存", "url": "链接", "images": Column("图片", split="|"), "gtin": "条码",
        "rating.value": "评分", "rating.count": "评价数量",
    }  # fmt: skip
    assert (mapping.language, mapping.currency, mapping.ignore) == ("zh", "CNY", ["进价", "备注"])
    assert mapping.attributes == {"重量": Column("重量(g)", unit="g"), "颜色": "颜色"}
    assert "# the name '货号'; e.g. 'A001'" in text
    earphones, _, pack = read(TableReader(file, mapping))
    assert isinstance(earphones, Product)
    assert isinstance(pack, Product)
    assert earphones.categories == ["数码", "耳机", "真无线"]
    assert earphones.attributes["重量"] == Measure(52, "g")
    assert pack.offer is not None
    assert (pack.offer.price, pack.offer.list_price, pack.offer.stock) == ("1259.00", "1399.00", 0)


def test_cents_units_lists_and_a_currency_column_are_seen(tmp_path: Path) -> None:
    file = write(tmp_path, ENGLISH)
    text, mapping = finished(file, tmp_path)
    assert mapping.fields["offer.price"] == Column("price_cents", scale="0.01")
    assert mapping.fields["bullets"] == Column("highlights", split="|")
    assert mapping.fields["categories"] == Column("category path", split=">")
    assert mapping.attributes["weight"] == Column("weight_kg", unit="kg")
    assert mapping.attributes["width"] == Column("width (cm)", unit="cm")
    assert (mapping.language, mapping.currency) == ("en", None)
    assert "# not placed: 'empty' (no value in these rows)" in text
    lamp = read(TableReader(file, mapping))[2]
    assert isinstance(lamp, Product)
    assert lamp.offer is not None
    assert (lamp.offer.price, lamp.offer.currency, lamp.bullets) == ("19.95", "USD", ["light"])


def test_a_sale_price_in_every_row_is_what_is_paid(tmp_path: Path) -> None:
    file = write(tmp_path, SALES, "export.tsv")
    _, mapping = finished(file, tmp_path)
    assert (mapping.fields["offer.price"], mapping.fields["offer.list_price"]) == ("sale_price", "price")
    assert mapping.prefixes == {"attr_": ""}
    assert mapping.attributes == {"sizes": Column("sizes", split="|")}
    assert mapping.currency == "USD"
    table = read(TableReader(file, mapping))[0]
    assert isinstance(table, Product)
    assert table.attributes == {"material": "oak", "finish": "oiled", "sizes": ["S", "M"]}


def test_questions_and_answers_are_faqs(tmp_path: Path) -> None:
    file = write(tmp_path, FAQ)
    _, mapping = finished(file, tmp_path)
    assert mapping.type == "faq"
    assert [item.answer for item in read(TableReader(file, mapping)) if isinstance(item, Faq)] == [
        "一天内。",
        "七天内可以。",
    ]


def test_jsonl_and_parquet_are_looked_at_too(tmp_path: Path) -> None:
    rows = [
        {"asin": "B01", "label": "A quiet desk fan", "price": 39.5, "categories": ["Home", "Fans"], "volt": 220},
        {"asin": "B02", "label": "A loud desk fan", "price": 19.0, "categories": ["Home", "Fans"], "volt": 110},
    ]
    lines = write(tmp_path, "\n".join(json.dumps(row) for row in rows), "export.jsonl")
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "export.parquet")
    columns = FeedFile(tmp_path / "export.parquet", "export.parquet", "export")
    text, mapping = finished(lines, tmp_path)
    assert propose(columns).splitlines()[1:] == text.splitlines()[1:]
    assert (mapping.fields["id"], mapping.fields["title"]) == ("asin", "label")
    assert "MISSING: nothing says the currency" in text
    path = tmp_path / "done.toml"
    path.write_text(text.replace('# currency = "USD"', 'currency = "USD"'), "utf-8")
    done = load_mapping(path)
    first = read(ObjectsReader(lines, done))
    assert first == read(ParquetReader(columns, done))
    assert isinstance(first[0], Product)
    assert first[0].categories == ["Home", "Fans"]


def test_an_id_is_guessed_from_values_or_named_as_missing(tmp_path: Path) -> None:
    text, mapping = finished(write(tmp_path, "ref,words\nx1,A blue lamp\nx2,A red lamp\n"), tmp_path)
    assert mapping.fields == {"id": "ref", "title": "words"}
    assert "short values, never the same twice" in text
    with pytest.raises(MappingError, match="must name the column of `id`"):
        finished(write(tmp_path, "name,price\nLamp,5\nLamp,6\nLamp,6\n"), tmp_path)
    assert "MISSING: no column looks like an id" in propose(write(tmp_path, "name,price\nLamp,5\nLamp,6\nLamp,6\n"))


VARIANTS = """款号,SKU,中文名称,英文名称,颜色,尺码,售价,库存状态,最后修改
C1,C1-R-S,冲锋衣,Jacket,红,S,¥899,有货,2026-10-01
C1,C1-R-M,冲锋衣,Jacket,红,M,¥899,售完,2026-10-01
C2,C2,帐篷,Tent,绿,,¥1059,有货,2026-10-02
C3,C3,睡袋,Sleeping bag,橙,,¥699,断货,2026-10-03
C4,C4,睡垫,Air mat,灰,,¥259,有货,2026-10-03
C5,C5,头灯,Headlamp,黑,,¥99,有货,2026-10-03
C6,C6,水袋,Water bag,蓝,,¥59,有货,2026-10-03
C7,C7,钛杯,Mug,灰,,¥158,有货,2026-10-03
C8,C8,气炉,Stove,银,,¥149,有货,2026-10-03
C8,C8,气炉,Stove,银,,¥149,有货,2026-10-03
"""


def test_rows_that_share_a_code_are_variants_and_a_row_sent_twice_spoils_no_id(tmp_path: Path) -> None:
    file = write(tmp_path, VARIANTS)
    text, mapping = finished(file, tmp_path)
    assert mapping.group == "款号"
    assert mapping.fields["id"] == "SKU"
    assert "1 of 10 rows repeat a value" in text
    assert (mapping.fields["title"], mapping.fields["translations.en.title"]) == ("中文名称", "英文名称")
    assert mapping.fields["updated_at"] == "最后修改"
    items = [item for _, item in TableReader(file, mapping).read()]
    assert [item.code for item in items if isinstance(item, Issue)] == ["duplicate_id"]
    jacket = next(item for item in items if isinstance(item, Product))
    assert (jacket.id, jacket.translations["en"].title) == ("C1", "Jacket")
    assert [variant.options["尺码"] for variant in jacket.variants] == ["S", "M"]


def test_whole_numbers_that_may_be_cents_are_pointed_out(tmp_path: Path) -> None:
    text = propose(write(tmp_path, "id,name,price\n1,A,4990\n2,B,12900\n3,C,1995\n"))
    assert 'are these cents? then { column = "price", scale = "0.01" }' in text


def test_a_format_that_names_its_own_fields_is_told_to_need_no_mapping() -> None:
    shop = Path(__file__).parents[2] / "feeds" / "shop"
    with pytest.raises(FeedError, match="is merchant-xml, which needs no mapping"):
        propose(FeedFile(shop / "merchant.xml", "merchant.xml", "m"))
    assert "# It looks like shopify-csv, which needs no mapping" in propose(
        FeedFile(shop / "shopify.csv", "shopify.csv", "s")
    )


def test_a_table_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError):
        propose(write(tmp_path, ""))


@given(
    st.lists(st.text(max_size=8), min_size=1, max_size=5),
    st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), max_size=3),
)
def test_any_table_gives_a_file_that_parses_or_says_what_is_missing(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("feed")
    text = "\n".join(",".join(cells) for cells in [header, *rows])
    file = FeedFile(folder / "t.csv", "t.csv", "t")
    file.path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        proposed = propose(file)
    except FeedError:
        return
    path = folder / "m.toml"
    path.write_text(proposed, "utf-8")
    if "MISSING: no column looks like an id" in proposed:
        with pytest.raises(MappingError, match="must name the column of `id`"):
            load_mapping(path)
    else:
        assert load_mapping(path).fields["id"]
