import datetime as dt

import pytest
from lamp_shop import lamp_answer

from eval.answer import read_answer
from eval.faithfulness.check import check_answer, check_response
from eval.faithfulness.model import Checked, Setting
from eval.faithfulness.segments import split
from eval.truth import Truth

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
CUP_CARD = {"id": "cup", "title": "青山保温杯"}


def check(truth: Truth | None, text: str, question: str = "", **fields: object) -> list[Checked]:
    answer = read_answer(lamp_answer(text, **fields))
    return check_answer(answer, Setting(question, answer.products, truth, NOW, frozenset({len(answer.products)})))


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("The Aurora Desk Lamp costs $49.90 [1].", "supported", "record"),
        ("The Aurora Desk Lamp costs $39.90 [1].", "contradicted", "price"),
        ("The list price is $59.90 [1].", "supported", "record"),
        ("You save $10 [1].", "supported", "record"),
        ("It costs $10 [1].", "contradicted", "price"),
        ("The white one costs $54 [1].", "supported", "record"),
        ("The white one costs $49.90 [1].", "contradicted", "price"),
        ("Its battery life is 30 hours [1].", "supported", "record"),
        ("Its battery life is 1.25 days [1].", "supported", "record"),
        ("Its battery life is 40 hours [1].", "contradicted", "number"),
        ("Its battery life is over 20 hours [1].", "supported", "record"),
        ("Its battery life is 2 years [1].", "contradicted", "number"),
        ("It weighs 1200 g [1].", "supported", "record"),
        ("续航时间三十小时 [1]。", "supported", "record"),
        ("价格为 49.9 美元 [1]。", "supported", "record"),
        ("It is waterproof [1].", "contradicted", "flag"),
        ("It is not waterproof [1].", "supported", "record"),
        ("这款台灯不防水 [1]。", "supported", "record"),
        ("The black one is in stock [1].", "supported", "record"),
        ("The white one is in stock [1].", "contradicted", "stock"),
        ("The white one is out of stock [1].", "supported", "record"),
        ("白色目前缺货 [1]。", "supported", "record"),
        ("黑色目前缺货 [1]。", "contradicted", "stock"),
        ("黑色有货，白色缺货 [1]。", "supported", "record"),
        ("The crimson one is out of stock [1].", "not_enough_evidence", "stock"),
        ("The record says “The arm folds flat” [1].", "supported", "record"),
        ("The record says “The arm folds twice” [1].", "not_enough_evidence", "quote"),
        ("商品说明原文：“The arm folds flat” [1]。", "supported", "record"),
        ("The arm folds flat [1].", "supported", "text"),
        ("The arm does not fold flat [1].", "contradicted", "negation"),
        ("It has a wooden base and a fragrant scent [1].", "not_enough_evidence", "text"),
        ("这款台灯外观优雅，适合送给长辈作为生日礼物 [1]。", "not_checkable", "language"),
        ("Here is 1 product.", "supported", "record"),
        ("Would you like the black one?", "not_checkable", "question"),
        ("Hello there, happy to help!", "not_checkable", "frame"),
        ("Yes.", "not_checkable", "frame"),
        ("能。", "not_checkable", "frame"),
    ],
)
def test_statements_about_a_product(truth: Truth, text: str, verdict: str, reason: str) -> None:
    (checked,) = check(truth, text)
    assert (checked.verdict, checked.reason) == (verdict, reason)


def test_a_counted_list_is_checked(truth: Truth) -> None:
    cards = [lamp_answer()["products"][0], CUP_CARD]
    assert check(truth, "Here are 2 products.", products=cards)[0].verdict == "supported"
    assert check(truth, "为您找到3款商品。", products=cards)[0].reason == "count"


def test_a_budget_echo_is_held_against_the_shown_prices(truth: Truth) -> None:
    inside = check(truth, "All of them are under $60.", question="lamps under $60")
    outside = check(truth, "All of them are under $40.", question="lamps under $40")
    assert [inside[0].verdict, outside[0].verdict] == ["supported", "contradicted"]
    assert outside[0].reason == "price_bound"


def test_a_policy_is_checked_against_its_text(truth: Truth) -> None:
    citations = [{"n": 1, "record_id": "returns", "field": "body", "quote": "within 30 days"}]
    good = check(truth, "You can return goods within 30 days [1].", products=[], citations=citations)
    bad = check(truth, "You can return goods within 60 days [1].", products=[], citations=citations)
    threshold = check(truth, "Orders over $50 ship free [1].", products=[], citations=citations)
    assert [one[0].verdict for one in (good, bad, threshold)] == ["supported", "contradicted", "supported"]


def test_a_sentence_left_out_of_the_claims_is_checked_too(truth: Truth) -> None:
    text = "It costs $49.90 [1]. It costs $9.90."
    checked = check(truth, text, claims=[{"text": text[:20], "start": 0, "end": 20, "citations": [1], "kind": "price"}])
    assert [claim.verdict for claim in checked] == ["supported", "contradicted"]


def test_a_statement_is_held_against_the_product_it_names(truth: Truth) -> None:
    cards = [lamp_answer()["products"][0], CUP_CARD]
    checked = check(truth, "青山保温杯价格为299元。Aurora Desk Lamp价格为299元。", products=cards, citations=[])
    assert [claim.verdict for claim in checked] == ["supported", "contradicted"]


def test_the_cheapest_is_recomputed(truth: Truth) -> None:
    assert check(truth, "The cheapest is the Aurora Desk Lamp at $49.90 [1].")[0].verdict == "supported"
    assert check(truth, "The cheapest Aurora Desk Lamp is $54 [1].")[0].reason == "extreme"


def test_without_records_the_given_evidence_decides() -> None:
    assert check(None, "The arm folds flat [1].")[0].verdict == "supported"
    assert check(None, "It was made on the moon in silver [1].")[0].verdict == "not_enough_evidence"


def test_plain_texts_against_plain_evidence() -> None:
    evidence = ["The meeting starts at 9 and takes 2 hours. Lunch is not provided."]
    verdicts = [
        claim.verdict
        for claim in check_response(
            "The meeting takes 2 hours. It takes 3 hours. Lunch is provided. 会议很有趣。", evidence
        )
    ]
    assert verdicts == ["supported", "contradicted", "contradicted", "not_checkable"]


def test_segments_keep_decimals_abbreviations_and_trailing_marks_together() -> None:
    text = "It weighs approx. 1.2 kg [1]. [2] Next! 第一句。第二句[3]。\n- item one [4]\n- item two"
    segments = split(text, [])
    assert [(segment.text, sorted(segment.citations)) for segment in segments] == [
        ("It weighs approx. 1.2 kg.", [1, 2]),
        ("Next!", []),
        ("第一句。", []),
        ("第二句。", [3]),
        ("item one", [4]),
        ("item two", []),
    ]
    assert all(text[segment.start : segment.end].strip() for segment in segments)
