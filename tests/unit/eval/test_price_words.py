"""A price said without words that mark it holds today; one said to be the list price is that."""

import datetime as dt

import msgspec
import pytest
from lamp_shop import LAMP, RECORDS, lamp_answer

from catalog.model import Record
from eval.answer import read_answer
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Setting
from eval.truth import Truth

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
ON_SALE = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def shop() -> Truth:
    one_form = {**LAMP, "variants": [], "offer": LAMP["variants"][0]["offer"]}
    return Truth(msgspec.convert([one_form, *RECORDS[1:]], list[Record]))


def verdict(shop: Truth, text: str, now: dt.datetime = NOW) -> str:
    answer = read_answer(lamp_answer(f"{text} [1]"))
    return ",".join(one.verdict for one in check_answer(answer, Setting("", answer.products, shop, now)))


@pytest.mark.parametrize(
    "text",
    [
        "It costs $49.90.",
        "It costs $49.90 (list price $59.90).",
        "The list price is $59.90.",
        "It was $59.90 and costs $49.90 now.",
        "It is $49.90, down from $59.90.",
        "Normally $59.90, today $49.90.",
        "You pay $49.90 instead of $59.90.",
        "$59.90 is the list price.",
        "The Aurora Desk Lamp usually sells at $59.90.",
        "现价 49.9 美元。",
        "现价 49.9 美元（原价 59.9 美元）。",
        "原价 59.9 美元，现价 49.9 美元。",
        "平时卖 59.9 美元，今天只要 49.9 美元。",
        "比原价 59.9 美元便宜 10 美元。",
    ],
)
def test_each_price_in_its_place(shop: Truth, text: str) -> None:
    assert verdict(shop, text) == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "It costs $59.90.",
        "The Aurora Desk Lamp is $59.90 today.",
        "Its current price is $59.90.",
        "The list price is $49.90.",
        "It costs $59.90 (list price $49.90).",
        "It is $59.90, down from $49.90.",
        "现价 59.9 美元。",
        "这款台灯要 59.9 美元。",
        "现价 59.9 美元，有货。",
        "原价 49.9 美元。",
        "现价 59.9 美元（原价 49.9 美元）。",
    ],
)
def test_the_one_price_said_as_the_other(shop: Truth, text: str) -> None:
    assert verdict(shop, text) == "contradicted"


def test_what_a_sale_takes_off_is_the_usual_price_while_it_runs(shop: Truth) -> None:
    assert verdict(shop, "It is $44.91, usually $49.90.", ON_SALE) == "supported"
    assert verdict(shop, "It is usually $49.90.") == "contradicted"


def test_a_price_under_a_coupon_is_said_with_it(shop: Truth) -> None:
    times = {"starts_at": "2024-05-01T00:00:00+00:00", "ends_at": "2024-07-01T00:00:00+00:00"}
    coupon = {"type": "promotion", "id": "c", "kind": "coupon", "product_ids": ["lamp"], **times,
              "discount": {"amount": "9.90", "currency": "USD"}, "terms": "Coupon: USD 9.90 off."}  # fmt: skip
    with_coupon = Truth([*shop.records.values(), msgspec.convert(coupon, Record)])
    assert verdict(with_coupon, "With the coupon it costs $40.") == "supported"
    assert verdict(with_coupon, "用券只要 40 美元。") == "supported"
    assert verdict(with_coupon, "It costs $40.") == "contradicted"
    assert verdict(with_coupon, "现价 40 美元。") == "contradicted"
