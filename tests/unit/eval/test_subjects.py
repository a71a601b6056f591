"""What a statement names is what it is held against, whatever record its citation leads to."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from lamp_shop import CUP, LAMP, RETURNS, lamp_answer

from catalog.model import Record
from eval.answer import read_answer
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Setting
from eval.truth import Truth

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)


def product(id_: str, title: str, zh: str, brand: str, price: str, **fields: Any) -> dict[str, Any]:
    offer = {"price": price, "currency": "USD", "availability": "in_stock"}
    said = {"translations": {"zh": {"title": zh}}, "language": "en", "offer": offer}
    return {"type": "product", "id": id_, "title": title, "brand": brand, "categories": ["Phones"], **said, **fields}


PHONE = product("phone", "Subu R2 sports phone, 6 inch", "溯步 R2 运动手机 6 英寸", "Subu", "300.00",
                attributes={"weight": {"value": 180, "unit": "g"}}, rating={"value": 4.1, "count": 9},
                description="A phone for runners. It floats.")  # fmt: skip
PRO = product("pro", "Subu R2 Pro sports phone, 6 inch", "溯步 R2 Pro 运动手机 6 英寸", "Subu", "500.00",
              attributes={"weight": {"value": 210, "unit": "g"}}, rating={"value": 4.6, "count": 9})  # fmt: skip
CASE = product("case", "Clear cover, thin", "透明保护壳 薄款", "Hull", "9.00", rating={"value": 4.0, "count": 9},
               description="A clear cover. It fits the Subu R2 and weighs 20 g.")  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Truth:
    return Truth(msgspec.convert([LAMP, CUP, RETURNS, PHONE, PRO, CASE], list[Record]))


def verdict(shop: Truth, text: str, *cited: str) -> str:
    citations = [{"n": n, "record_id": id_, "field": "title", "quote": ""} for n, id_ in enumerate(cited, start=1)]
    cards = [{"id": id_, "title": id_} for id_ in cited]
    marks = "".join(f"[{n}]" for n in range(1, len(cited) + 1))
    answer = read_answer(lamp_answer(f"{text} {marks}", citations=citations, products=cards))
    return ",".join(one.verdict for one in check_answer(answer, Setting("", answer.products, shop, NOW)))


@pytest.mark.parametrize(
    "text",
    [
        "The Subu R2 Pro weighs 180 g.",
        "The Subu R2 Pro costs $300.",
        "The Subu R2 Pro: “It floats.”",
        "溯步 R2 Pro的重量是 180 克。",
        "溯步 R2 Pro 运动手机 6 英寸现价 300 美元。",
        "青山保温杯的重量是 180 克。",
    ],
)
def test_a_fact_of_the_cited_product_said_of_another_is_wrong(shop: Truth, text: str) -> None:
    assert verdict(shop, text, "phone") in {"contradicted", "not_enough_evidence"}


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The Subu R2 weighs 180 g.", ["phone"]),
        ("溯步 R2的重量是 180 克。", ["phone"]),
        ("The Subu R2 Pro weighs 210 g.", ["phone"]),  # true of what it names, if badly cited
        ("Subu phone: 180 g.", ["phone"]),  # a brand is a family
        ("It fits the Subu R2 and weighs 20 g.", ["case"]),
        ("The cover fits the Subu R2.", ["case"]),
        ("The Subu R2 weighs 180 g, the Subu R2 Pro weighs 210 g.", ["phone", "pro"]),
    ],
)
def test_its_own_name_a_brand_an_accessory_and_a_comparison_raise_no_alarm(
    shop: Truth, text: str, cited: list[str]
) -> None:
    assert verdict(shop, text, *cited) == "supported"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The second costs $500.", "supported"),
        ("The second costs $300.", "contradicted"),
        ("第一款售价 300 美元。", "supported"),
        ("第一款售价 500 美元。", "contradicted"),
        ("第三款最便宜。", "supported"),
        ("第一款最便宜。", "contradicted"),
        ("The second is rated best, with 4.6 stars.", "supported"),
        ("The first is rated best, with 4.1 stars.", "contradicted"),
        ("第二款评分最高，4.6 星。", "supported"),
        ("第三款评分最高，4 星。", "contradicted"),
    ],
)
def test_a_place_among_the_cards_names_that_card(shop: Truth, text: str, expected: str) -> None:
    citations = [{"n": 1, "record_id": "phone", "field": "title", "quote": ""}]
    cards = [{"id": id_, "title": id_} for id_ in ("phone", "pro", "case")]
    answer = read_answer(lamp_answer(text, citations=citations, products=cards))
    (checked,) = check_answer(answer, Setting("", answer.products, shop, NOW))
    assert checked.verdict == expected


def test_a_name_inside_a_quotation_is_the_words_of_who_is_quoted(shop: Truth) -> None:
    assert verdict(shop, "The description says “It fits the Subu R2 and weighs 20 g”.", "case") == "supported"


def test_the_cheapest_of_the_cards_is_so_by_the_variants_they_show() -> None:
    packs = [
        {"id": id_, "options": {"pack": pack}, "offer": {"price": price, "currency": "USD", "availability": "in_stock"}}
        for id_, pack, price in (("nuts-7", "7 bags", "4.00"), ("nuts-30", "30 bags", "12.00"))
    ]
    nuts = product("nuts", "Guoren daily nuts", "果仁 每日坚果", "Guoren", "4.00", variants=packs)
    shop = Truth(msgspec.convert([CASE, nuts], list[Record]))
    for variant, expected in (("nuts-30", "supported"), ("nuts-7", "contradicted"), (None, "contradicted")):
        cards = [{"id": "case", "title": ""}, {"id": "nuts", "variant_id": variant, "title": ""}]
        answer = read_answer(lamp_answer("第一款最便宜。", products=cards, citations=[]))
        (checked,) = check_answer(answer, Setting("", answer.products, shop, NOW))
        assert checked.verdict == expected
