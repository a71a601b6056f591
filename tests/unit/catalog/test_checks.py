"""What `check` doubts about records that it lets through."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.checks import checked, valid_gtin
from catalog.feeds import Located
from catalog.issues import Issue
from catalog.model import Discount, Faq, Offer, Product, Promotion, Record, Review
from catalog.spoken import contradicts, spoken

NOW = datetime(2026, 11, 22, tzinfo=UTC)
GTIN = "4006381333931"


def product(id_: str, **fields: Any) -> Product:
    return Product(id=id_, **{"title": f"Lamp {id_}", "images": ["https://shop.example/a.jpg"]} | fields)


def doubts(*records: Record) -> list[tuple[str, int, str]]:
    rows = [Located("f.jsonl", line, record) for line, record in enumerate(records, 1)]
    items = list(checked(rows, NOW))
    assert [item for item in items if not isinstance(item, Issue)] == list(records)
    assert all(item.severity != "error" for item in items if isinstance(item, Issue))
    return [(item.code, item.line, item.field) for item in items if isinstance(item, Issue)]


def test_a_sound_product_raises_no_doubt() -> None:
    sound = product("a", gtin=GTIN, updated_at="2026-11-01", offer=Offer(price="1", currency="CNY"), language="en")
    assert doubts(sound) == []


def test_barcodes_are_checked_and_used_once_in_every_notation() -> None:
    codes = [GTIN, "0" + GTIN, "4006381-333931", GTIN[:-1] + "2", "12345", "４006381333931", ""]
    assert doubts(*(product(str(row), gtin=code) for row, code in enumerate(codes))) == [
        ("duplicate_gtin", 2, "gtin"), ("duplicate_gtin", 3, "gtin"),
        ("bad_gtin", 4, "gtin"), ("bad_gtin", 5, "gtin"), ("bad_gtin", 6, "gtin"),
    ]  # fmt: skip


@given(st.sampled_from([8, 12, 13, 14]).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_one_last_digit_in_ten_is_right_and_a_wrong_digit_is_seen(digits: str) -> None:
    (right,) = [last for last in "0123456789" if valid_gtin(digits[:-1] + last)]
    wrong = str((int(digits[0]) + 1) % 10) + digits[1:-1] + right
    assert not valid_gtin(wrong)


def test_products_with_the_same_words_are_named_with_the_first() -> None:
    rows = [
        product("a", title="Reading Lamp Arc", brand="Alder"),
        product("b", title="reading lamp  ARC!", brand="ALDER"),
        product("c", title="Lamp Arc, reading", brand="Alder"),
        product("d", title="Reading Lamp Arc", brand="Birch"),
        product("e", title="Reading Lamp Arc 2", brand="Alder"),
    ]
    assert doubts(*rows) == [("similar_product", 2, "title"), ("similar_product", 3, "title")]


@pytest.mark.parametrize(
    ("moment", "stale"),
    [
        (NOW - timedelta(days=366), True), (NOW - timedelta(days=364), False), (NOW + timedelta(days=9), False),
        ("2020-01-01", True), ("2020-01-01T00:00:00+08:00", True), (None, False),
    ],
)  # fmt: skip
def test_a_record_that_nobody_touched_for_a_year_is_stale(moment: Any, stale: bool) -> None:
    text = moment.isoformat() if isinstance(moment, datetime) else moment
    assert doubts(product("a", updated_at=text)) == ([("stale", 1, "updated_at")] if stale else [])


def test_a_product_without_a_picture_is_noted_and_a_text_is_not() -> None:
    assert doubts(product("a", images=[]), Faq(id="q", question="Open?", answer="Yes")) == [("no_image", 1, "images")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("台灯 小弧，三档调光", "zh"), ("Sony WH-1000XM5 无线降噪耳机", "zh"), ("Reading lamp with a switch", "en"),
        ("Sony WH-1000XM5", "en"), ("読書用ランプ、三段階調光", "ja"), ("독서용 램프", "ko"),
        ("Leselampe mit Schalter für das Bett", "de"), ("Lampe de lecture avec un interrupteur pour le lit", "fr"),
        ("Lámpara de lectura con interruptor para la cama", "es"), ("Лампа для чтения", "other"), ("12 × 30", "none"),
    ],
)  # fmt: skip
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert spoken(text) == language


@pytest.mark.parametrize(
    ("named", "text", "found"),
    [
        ("zh", "Reading lamp with a switch on the cord", "en"),
        ("en", "台灯，三档调光，护眼", "zh"),
        ("zh-CN", "台灯，三档调光", None),
        ("en_US", "Reading lamp", None),
        ("zh", "Sony WH-1000XM5", None),
        ("zh", "Sony WH-1000XM5 over ear headphones with a case 耳机", None),
        ("en", "Le Creuset Cocotte", None),
        ("en", "Lampe de lecture avec un interrupteur pour le lit et la table de la chambre", "fr"),
        ("de", "Leselampe mit Schalter", None),
        ("zh", "", None),
    ],
)
def test_a_language_is_contradicted_only_where_the_text_is_sure(named: str, text: str, found: str | None) -> None:
    assert contradicts(named, text) == found


def test_a_contradiction_is_noted_for_every_kind_of_record() -> None:
    review = Review(id="r", product_id="a", text="台灯很好用，孩子喜欢", language="en")
    assert doubts(review, product("a", title="护眼台灯 三档调光", language="en")) == [
        ("other_language", 1, "language"), ("other_language", 2, "language"),
    ]  # fmt: skip


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert spoken(text)
    assert contradicts("zh", text) != "zh"


def test_a_flash_sale_without_effect_is_told_wherever_its_products_stand() -> None:
    times = {"starts_at": "2026-11-11T00:00:00+08:00", "ends_at": "2026-11-12T00:00:00+08:00"}
    yuan = product("a", offer=Offer(price="10.00", currency="CNY"))
    dollars = Discount(amount="2.00", currency="USD")
    sales = [
        Promotion(id="wrong", kind="flash_sale", product_ids=["a", "elsewhere"], discount=dollars, **times),
        Promotion(id="dear", kind="flash_sale", product_ids=["a"], price="10.00", **times),
        Promotion(id="right", kind="flash_sale", product_ids=["a"], discount=Discount(percent=5), **times),
        Promotion(id="coupon", kind="coupon", product_ids=["a"], discount=dollars, **times),
    ]
    assert doubts(*sales, yuan) == [("idle_sale", 1, "product_ids"), ("idle_sale", 2, "product_ids")]
