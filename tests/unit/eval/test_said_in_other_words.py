"""A true fact in a shop assistant's own words is supported; the same words with another fact are not."""

import datetime as dt

import msgspec
import pytest
from lamp_shop import LAMP, lamp_answer

from catalog.model import Record
from eval.answer import read_answer
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Checked, Setting
from eval.truth import Truth

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
TORCH = {
    "type": "product", "id": "torch", "title": "Pebble Camping Torch", "brand": "Pebble", "categories": ["Lamps"],
    "description": "A torch for the tent.", "language": "en",
    "attributes": {"battery_life": {"value": 10, "unit": "h"}, "weight": {"value": 200, "unit": "g"},
                   "waterproof": True, "charging_time": {"value": 3, "unit": "h"}},
    "offer": {"price": "20.00", "currency": "USD", "availability": "out_of_stock"},
}  # fmt: skip
FLASK = {
    "type": "product", "id": "flask", "title": "远山 保温壶", "brand": "远山", "categories": ["杯壶"], "language": "zh",
    "description": "不锈钢内胆。",
    "attributes": {"容量": {"value": 1500, "unit": "ml"}, "重量": {"value": 600, "unit": "g"}, "可折叠": False,
                   "无酒精": True},
    "offer": {"price": "128.00", "currency": "CNY", "list_price": "158.00", "availability": "in_stock"},
}  # fmt: skip
MUG = {
    "type": "product", "id": "mug", "title": "青岚 随行杯", "brand": "青岚", "categories": ["杯壶"], "language": "zh",
    "description": "带杯套。",
    "attributes": {"容量": {"value": 400, "unit": "ml"}, "重量": {"value": 250, "unit": "g"}},
    "offer": {"price": "60.00", "currency": "CNY", "availability": "out_of_stock"},
}  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Truth:
    return Truth(msgspec.convert([LAMP, TORCH, FLASK, MUG], list[Record]))


def check(shop: Truth, text: str, cited: str) -> list[Checked]:
    citations = [{"n": n, "record_id": id_, "field": "title", "quote": ""} for n, id_ in enumerate(cited.split(), 1)]
    answer = read_answer(lamp_answer(text, citations=citations, products=[]))
    return check_answer(answer, Setting("", [], shop, NOW))


def verdict(shop: Truth, text: str, cited: str) -> str:
    marks = "".join(f"[{n}]" for n, _ in enumerate(cited.split(), 1))
    return ",".join(one.verdict for one in check(shop, f"{text} {marks}", cited))


@pytest.mark.parametrize(
    ("true", "false", "cited"),
    [
        ("Honestly, the Pebble Camping Torch tips the scales at just 0.2 kilos.", "0.3 kilos", "torch"),
        ("As for endurance, the Pebble Camping Torch keeps going ten hours on one charge.", "twelve hours", "torch"),
        ("The maker's figure for how heavy the Pebble Camping Torch is on a scale is 200 g.", "220 g", "torch"),
        ("If price is what counts, the Pebble Camping Torch can be yours for 20 bucks.", "25 bucks", "torch"),
        ("您要是问分量，远山 保温壶上秤也就六百克。", "八百克", "flask"),
        ("远山 保温壶一次能装一升半。", "两升半", "flask"),
        ("想入手远山 保温壶，掏 128 块就能带回家。", "138 块", "flask"),
        ("远山 保温壶从 158 元降到了 128 元。", "118 元", "flask"),
    ],
)  # fmt: skip
def test_figures_in_other_words(shop: Truth, true: str, false: str, cited: str) -> None:
    assert verdict(shop, true, cited) == "supported"
    right = {"0.3 kilos": "0.2 kilos", "twelve hours": "ten hours", "220 g": "200 g", "25 bucks": "20 bucks"}
    right |= {"八百克": "六百克", "两升半": "一升半", "138 块": "128 块", "118 元": "128 元"}
    assert verdict(shop, true.replace(right[false], false), cited) == "contradicted"


@pytest.mark.parametrize(
    ("text", "cited", "expected"),
    [
        ("Two of the Pebble Camping Torch add up to $40.", "torch", "supported"),
        ("Three of the Pebble Camping Torch add up to $40.", "torch", "contradicted"),
        ("The Pebble Camping Torch and the Aurora Desk Lamp cost $69.90 together.", "torch lamp", "supported"),
        ("The Pebble Camping Torch and the Aurora Desk Lamp cost $64.90 together.", "torch lamp", "contradicted"),
        ("远山 保温壶买三个合计 384 元，邮费另算。", "flask", "supported"),
        ("远山 保温壶买三个合计 354 元，邮费另算。", "flask", "contradicted"),
    ],
)
def test_totals(shop: Truth, text: str, cited: str, expected: str) -> None:
    assert verdict(shop, text, cited) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Aurora Desk Lamp is heavier than the Pebble Camping Torch.", "supported"),
        ("The Aurora Desk Lamp is lighter than the Pebble Camping Torch.", "contradicted"),
        ("The Pebble Camping Torch is cheaper than the Aurora Desk Lamp.", "supported"),
        ("The Aurora Desk Lamp runs 20 hours longer than the Pebble Camping Torch.", "supported"),
        ("The Aurora Desk Lamp runs 15 hours longer than the Pebble Camping Torch.", "contradicted"),
        ("The Pebble Camping Torch weighs 200 g, the Aurora Desk Lamp 1.2 kg.", "supported"),
        ("The Pebble Camping Torch weighs 1.2 kg, the Aurora Desk Lamp 200 g.", "contradicted"),
        ("Unlike the Aurora Desk Lamp, the Pebble Camping Torch survives water.", "supported"),
        ("Unlike the Pebble Camping Torch, the Aurora Desk Lamp survives water.", "contradicted"),
    ],
)
def test_two_products_side_by_side(shop: Truth, text: str, expected: str) -> None:
    assert verdict(shop, text, "lamp torch") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("远山 保温壶装得比青岚 随行杯多。", "supported"),
        ("远山 保温壶装得比青岚 随行杯少。", "contradicted"),
        ("青岚 随行杯比远山 保温壶便宜 68 元。", "supported"),
        ("青岚 随行杯比远山 保温壶便宜 58 元。", "contradicted"),
    ],
)
def test_two_products_side_by_side_in_chinese(shop: Truth, text: str, expected: str) -> None:
    assert verdict(shop, text, "flask mug") == expected


@pytest.mark.parametrize(
    ("text", "cited", "expected"),
    [
        ("Sadly, the Pebble Camping Torch has been snapped up.", "torch", "supported"),
        ("Good news: the Pebble Camping Torch is back in stock.", "torch", "contradicted"),
        ("青岚 随行杯这批都抢空了，得等到货。", "mug", "supported"),
        ("青岚 随行杯仓里还有货。", "mug", "contradicted"),
        ("远山 保温壶折不起来。", "flask", "supported"),
        ("远山 保温壶能折起来。", "flask", "contradicted"),
        ("远山 保温壶里面加了酒精。", "flask", "contradicted"),
    ],
)
def test_states_in_other_words(shop: Truth, text: str, cited: str, expected: str) -> None:
    assert verdict(shop, text, cited) == expected


@pytest.mark.parametrize(
    "text",
    [
        "By the way, the Pebble Camping Torch has a whistle in its cap.",
        "The Pebble Camping Torch costs $20, and it won a design award.",
        "顺便说一句，远山 保温壶的壶盖里藏了茶漏。",
        "远山 保温壶现价 128 元，而且还送一支长柄刷。",
    ],
)
def test_no_filler_hides_what_no_record_says(shop: Truth, text: str) -> None:
    assert "not_enough_evidence" in verdict(shop, text, "torch flask")


@pytest.mark.parametrize(
    "text", ["No trouble at all.", "Hi there!", "You may want to compare a few first.", "让您久等啦！"]
)
def test_what_asserts_nothing(shop: Truth, text: str) -> None:
    assert [one.verdict for one in check(shop, text, "torch")] == ["not_checkable"]
