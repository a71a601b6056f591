"""Politeness asserts nothing, and takes nothing from what stands beside it; lead-ins lead to quotations."""

import datetime as dt

import pytest
from lamp_shop import LAMP, lamp_answer

from catalog.model import Review
from eval.answer import read_answer
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Checked, Setting
from eval.faithfulness.speech import without_speech
from eval.truth import Truth

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)


@pytest.fixture
def shop(truth: Truth) -> Truth:
    review = Review(id="r1", product_id="lamp", text="It stands firm. I read by it every night.", language="en")
    return Truth([*truth.records.values(), review])


def check(shop: Truth, text: str, question: str = "", **fields: object) -> list[Checked]:
    answer = read_answer(lamp_answer(text, **fields))
    return check_answer(answer, Setting(question, answer.products, shop, NOW))


@pytest.mark.parametrize(
    "text",
    [
        "Good question!",
        "Thank you very much for your patience.",
        "Sure, happy to help!",
        "I hope this answers your question.",
        "If you have any other questions, just let me know.",
        "Have a lovely evening!",
        "Sorry about that.",
        "Welcome to our shop, glad to help.",
        "您好！",
        "感谢您的咨询。",
        "希望能帮到您！",
        "好的，帮您查到了。",
        "如果还有其他问题，请随时告诉我。",
        "祝您购物愉快！",
        "非常抱歉。",
    ],
)
def test_politeness_is_not_checkable(shop: Truth, text: str) -> None:
    assert [one.verdict for one in check(shop, f"{text} It costs $49.90 [1].")] == ["not_checkable", "supported"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Sure, its battery life is 30 hours [1].", "supported"),
        ("Sure, its battery life is 40 hours [1].", "contradicted"),
        ("According to the listing, it is not waterproof [1].", "supported"),
        ("According to the listing, it is waterproof [1].", "contradicted"),
        ("Good choice, it has a fragrant wooden base [1].", "not_enough_evidence"),
        ("您好，价格为 49.9 美元 [1]。", "supported"),
        ("从资料来看，这款台灯防水 [1]。", "contradicted"),
        ("根据商品资料，这款台灯不防水 [1]。", "supported"),
        ("Thanks for buying 3 wooden lamps [1].", "not_enough_evidence"),
        ("I hope you like that it is waterproof [1].", "contradicted"),
    ],
)
def test_a_fact_beside_it_is_checked(shop: Truth, text: str, verdict: str) -> None:
    assert [one.verdict for one in check(shop, text)] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("To quote the page: “The arm folds flat” [1].", "supported"),
        ("This is how the listing puts it: “The arm folds flat” [1].", "supported"),
        ("页面上是这么写的：“The arm folds flat” [1]。", "supported"),
        ("As one happy buyer put it, “It stands firm” [2].", "supported"),
        ("有位买家的原话：“It stands firm” [2]。", "supported"),
        ("As one happy buyer put it, “The arm folds flat” [1].", "contradicted"),
        ("To quote the page: “The arm folds twice” [1].", "not_enough_evidence"),
        ("Its wooden base smells of cedar wood: “The arm folds flat” [1].", "not_enough_evidence"),
        ("Its base is of cedar, and the page says: “The arm folds flat” [1].", "not_enough_evidence"),
    ],
)
def test_the_words_before_a_quotation(shop: Truth, text: str, verdict: str) -> None:
    citations = [
        {"n": 1, "record_id": "lamp", "field": "description", "quote": LAMP["description"]},
        {"n": 2, "record_id": "r1", "field": "text", "quote": "It stands firm"},
    ]
    assert [one.verdict for one in check(shop, text, citations=citations)] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("I cannot see or change orders and accounts.", "not_checkable"),
        ("我看不到订单和账户。", "not_checkable"),
        ("Sorry, the shop's texts do not cover this; please ask customer service.", "not_checkable"),
        ("抱歉，商城的资料里没有写到这个问题，建议联系客服确认。", "not_checkable"),
        ("Sorry, I cannot find “Zephyr 9000” in this shop.", "supported"),
        ("Sorry, I cannot find “Aurora Desk Lamp” in this shop.", "contradicted"),
        ("没有在商城里找到“青山保温杯”。", "contradicted"),
        ("We repair everything free of charge for 9 years.", "not_enough_evidence"),
    ],
)
def test_an_answer_with_nothing_to_show(shop: Truth, text: str, verdict: str) -> None:
    asked = "Do you sell the Zephyr 9000, the Aurora Desk Lamp and the 青山保温杯?"
    found = check(shop, text, asked, products=[], citations=[], evidence=[])
    assert [one.verdict for one in found] == [verdict]


def test_offsets_stay() -> None:
    text = "Good question! It costs $9."
    assert without_speech(text) == " " * 14 + text[14:]
