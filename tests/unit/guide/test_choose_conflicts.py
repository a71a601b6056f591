"""Records of one product that contradict each other are told side by side; only a plain yes or no leads an answer."""

import pytest
from asking import ask
from small_shop import built, offer, product, view

from catalog.model import convert

LAMP = "lamp"


def shop(tmp_path, *opinions, **fields):
    thing = product(LAMP, "Kappa desk lamp", categories=["Lamps"], language="en", offer=offer("20.00"), **fields)
    records = [
        convert({"id": f"{LAMP}/{at}", "product_id": LAMP, "source": "erp", "language": "en", **one})
        for at, one in enumerate(opinions)
    ]
    built(tmp_path, thing, *records)
    return view(tmp_path)


def review(text):
    return {"type": "review", "text": text}


def qa(question, answer):
    return {"type": "qa", "question": question, "answer": answer}


BATTERY = {"battery life": {"value": 40, "unit": "h"}}
ASKED = "What is the battery life in hours?"


def test_a_number_a_customer_contradicts_is_told_with_both_sources(tmp_path):
    told = ask(
        shop(tmp_path, review("Battery life in hours: 20 hours."), attributes=BATTERY), ASKED, product_ids=(LAMP,)
    )
    assert told.text.startswith("The records disagree on this")
    assert "The shop's own record says: battery life 40 hours." in told.text
    assert "A customer says: “Battery life in hours: 20 hours.”" in told.text
    assert {citation.record_id for citation in told.citations} >= {LAMP, f"{LAMP}/0"}
    assert [claim.kind for claim in told.done.claims[:2]] == ["answer", "answer"]


@pytest.mark.parametrize(
    "text",
    [
        "Battery life in hours: about 38 hours.",
        "Battery life in hours: 35-45 hours.",
        "Battery life in hours? A 2 kg lamp!",
    ],
)
def test_rounding_a_range_around_it_and_another_unit_are_no_conflict(tmp_path, text):
    told = ask(shop(tmp_path, review(text), attributes=BATTERY), ASKED, product_ids=(LAMP,))
    assert "disagree" not in told.text
    assert "battery life is 40 hours" in told.text


def test_two_customers_who_say_yes_and_no_are_both_heard(tmp_path):
    told = ask(
        shop(tmp_path, review("It fits the clamp arm."), review("It does not fit the clamp arm.")),
        "Does it fit the clamp arm?",
        product_ids=(LAMP,),
    )
    assert told.text.startswith("The records disagree on this")
    assert "“It fits the clamp arm.”" in told.text
    assert "“It does not fit the clamp arm.”" in told.text
    assert not any(claim.text.startswith(("Yes", "No")) for claim in told.done.claims)


def test_answers_to_other_questions_do_not_contradict_each_other(tmp_path):
    told = ask(
        shop(tmp_path, qa("Does it fit the 10 cm clamp arm?", "Yes."), qa("Does it fit the 30 cm clamp arm?", "No.")),
        "Does it fit the 10 cm clamp arm?",
        product_ids=(LAMP,),
    )
    assert "disagree" not in told.text
    assert "“Yes.”" in told.text


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("It fits the clamp arm.", "Yes. A customer says: “It fits"),
        ("It does not fit the clamp arm.", "No. A customer says: “It does not fit"),
        ("It would fit the clamp arm if it were smaller.", "A customer says: “It would"),
        ("Yes, it fits the clamp arm.", "A customer says: “Yes, it fits"),
    ],
)
def test_a_statement_that_settles_the_question_is_led_by_yes_or_no(tmp_path, said, starts):
    told = ask(shop(tmp_path, review(said)), "Does it fit the clamp arm?", product_ids=(LAMP,))
    assert told.text.startswith(starts)


def test_chinese_answers_take_up_the_verb_of_the_question(tmp_path):
    thing = product(LAMP, "卡帕台灯", language="zh", offer=offer("20.00"), categories=["台灯"])
    said = convert({"type": "review", "id": "r", "product_id": LAMP, "source": "erp", "text": "这款台灯能夹在床头。"})
    built(tmp_path, thing, said)
    told = ask(view(tmp_path), "这款台灯能夹在床头吗？", product_ids=(LAMP,))
    assert told.text.startswith("能。有买家说：“这款台灯能夹在床头。”")


def test_a_long_review_is_quoted_by_the_part_that_answers(tmp_path):
    long = "I waited long for the parcel and it came on a rainy day. " * 4 + "The clamp arm fits a 30 mm table."
    told = ask(shop(tmp_path, review(long)), "Does the clamp arm fit a 30 mm table?", product_ids=(LAMP,))
    assert "The clamp arm fits a 30 mm table." in told.text
    assert told.text.count("rainy day") < 3


def test_a_price_nobody_knows_is_not_answered(tmp_path):
    built(tmp_path, product(LAMP, "Kappa desk lamp", language="en"))
    told = ask(view(tmp_path), "How much is it?", product_ids=(LAMP,))
    assert told.ended == ("unanswerable", "no_field")
