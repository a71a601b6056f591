"""A rule of the shop told nearly in its words has to keep its figures, its negations and who pays."""

import datetime as dt

import msgspec
import pytest
from lamp_shop import LAMP, lamp_answer

from catalog.model import Record
from eval.answer import read_answer
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Setting
from eval.truth import Truth

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
PICKUP = {"type": "policy", "id": "pickup", "title": "Pick-up", "language": "en",
          "body": "Parcels up to 3 kg are picked up for $10, each kg more adds $3. "
          "Silver members get 2 free pick-ups "
          "a year, gold members 6 free pick-ups. If the item does not pass the check, we return it free of charge."
          " Coupons cannot be used on top, and points expire after 12 months. "
          "Answers come within 30 hours."}  # fmt: skip
QUJIAN = {"type": "faq", "id": "qujian", "question": "上门取件怎么收费？", "language": "zh",
          "answer": "上门取件 3 kg 以内收 10 元，每多 1 kg 加 3 元。"
          "银卡会员每年有 2 次免费取件，金卡会员每年有 6 次免费取件；"
          "质检没有通过的商品会免费寄回。优惠券不能和积分一起使用，客服在 30 小时内回复。"}  # fmt: skip
CREAM = {"type": "product", "id": "cream", "title": "Calm Face Cream", "categories": ["Skin"], "language": "en",
         "attributes": {"alcohol_free": True, "machine_washable": False},
         "translations": {"zh": {"title": "舒缓面霜", "attributes": {"无酒精": True, "可机洗": False}}}}  # fmt: skip
NEXT_DAY = {"type": "policy", "id": "next-day", "title": "配送", "language": "zh",
            "body": "## 次日达\n38 个城市提供次日达：14:00 前付款，每单加收 12 元。次日达怎么收？见上。"}  # fmt: skip
MOUSE = {"type": "product", "id": "mouse", "title": "Upright Mouse", "categories": ["Mice"], "language": "en",
         "description": "Clicks are audible: this is not a silent mouse.", "attributes": {"silent": False}}  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Truth:
    return Truth(msgspec.convert([LAMP, PICKUP, QUJIAN, CREAM, NEXT_DAY, MOUSE], list[Record]))


def verdict(shop: Truth, text: str, cited: str) -> str:
    citations = [{"n": 1, "record_id": cited, "field": "body", "quote": ""}]
    answer = read_answer(lamp_answer(f"{text} [1]", citations=citations, products=[]))
    return ",".join(one.verdict for one in check_answer(answer, Setting("", [], shop, NOW)))


@pytest.mark.parametrize(
    ("true", "turned", "cited"),
    [
        ("Parcels up to 3 kg are picked up for $10.", "Parcels up to 3 kg are picked up for $3.", "pickup"),
        ("Silver members get 2 free pick-ups a year.", "Silver members get 6 free pick-ups a year.", "pickup"),
        ("Answers come within 30 hours.", "Answers come within 12 hours.", "pickup"),
        ("Answers come within thirty hours.", "Answers come within three hours.", "pickup"),
        (
            "If the item does not pass the check, we return it free of charge.",
            "If the item passes the check, we return it free of charge.",
            "pickup",
        ),
        (
            "If the item does not pass the check, we return it at no charge.",
            "If the item does not pass the check, we return it for a fee.",
            "pickup",
        ),
        (
            "Coupons cannot be used on top, and points expire after 12 months.",
            "Coupons can be used on top, and points expire after 12 months.",
            "pickup",
        ),
        ("上门取件 3 kg 以内收 10 元。", "上门取件 3 g 以内收 10 元。", "qujian"),
        ("上门取件 3 公斤以内收十元。", "上门取件 3 公斤以内收三元。", "qujian"),
        ("银卡会员每年有 2 次免费取件。", "银卡会员每年有 6 次免费取件。", "qujian"),
        ("质检没有通过的商品会免费寄回。", "质检通过的商品会免费寄回。", "qujian"),
        ("质检没有通过的商品会免费寄回。", "质检没有通过的商品会收费寄回。", "qujian"),
        ("优惠券不能和积分一起使用。", "优惠券能和积分一起使用。", "qujian"),
        ("客服在 30 小时内回复。", "客服在 30 天内回复。", "qujian"),
    ],
)
def test_a_turned_rule_is_contradicted(shop: Truth, true: str, turned: str, cited: str) -> None:
    assert [verdict(shop, text, cited) for text in (true, turned)] == ["supported", "contradicted"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It contains alcohol.", "contradicted"),
        ("It does not contain alcohol.", "supported"),
        ("It is alcohol-free.", "supported"),
        ("不含酒精。", "supported"),
        ("这款含有酒精。", "contradicted"),
        ("它无酒精。", "supported"),
        ("这款可以机洗。", "contradicted"),
        ("这款不可以机洗。", "supported"),
        ("这款不能机洗。", "supported"),
    ],
)
def test_a_yes_no_field_in_other_words(shop: Truth, text: str, expected: str) -> None:
    assert verdict(shop, text, "cream") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No. The clicks are audible, which means it is not silent.", "supported"),
        ("Yes. The clicks are not audible.", "contradicted"),
        ("No. It is silent.", "contradicted"),
    ],
)
def test_the_word_that_answers_denies_only_itself(shop: Truth, text: str, expected: str) -> None:
    assert verdict(shop, text, "mouse") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("次日达收费 12 元。", "supported"),
        ("次日达每单加收 12 元。", "supported"),
        ("次日达每单加收 15 元。", "not_enough_evidence"),
    ],
)
def test_a_heading_or_a_question_holds_no_figures_to_keep(shop: Truth, text: str, expected: str) -> None:
    assert verdict(shop, text, "next-day") == expected
