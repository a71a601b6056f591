"""A comparison: who comes first where that is asked, then each product in a line, unknown things said."""

import re

import pytest
from asking import after, ask


def test_who_comes_first_is_said_before_anything_else(sample_view):
    told = ask(sample_view, "南榆 N20 和 X5 Pro 哪个轻")
    lightest = min(told.cards, key=lambda card: sample_view.record(card.id).attributes["重量"].value)
    assert told.text.startswith(f"重量最轻的是{lightest.title}，")


def test_who_comes_first_in_a_field_that_one_does_not_state_is_not_said(sample_view):
    told = ask(sample_view, "iPhone 15 和 X5 Pro 哪个续航长")
    assert "最长" not in told.text
    assert "没有写明续航" in told.text


def test_two_that_are_first_are_both_named(sample_view):
    shown = ("computing-001", "computing-002", "computing-003")
    told = ask(sample_view, "which one has the longest battery", history=after(*shown, asked="recommend a laptop"))
    life = {id_: sample_view.record(id_).attributes for id_ in shown}
    first = told.text.split("\n")[0]
    assert "have the longest battery life, 11 hours." in first
    assert len(life) == 3
    assert "Lightleaf" not in first


def test_each_product_has_its_line_with_its_own_texts(sample_view):
    told = ask(sample_view, "朔方 S3 和 iPhone 15 有什么区别？")
    lines = told.text.split("\n")
    assert [card.title for card in told.cards] == [line.split("：")[0] for line in lines]
    for card, line in zip(told.cards, lines, strict=True):
        numbers = {int(n.split("]")[0]) for n in line.split("[")[1:]}
        cited = {c.record_id.split("/")[0] for c in told.citations if c.n in numbers}
        assert cited == {card.id}


def test_a_comparison_with_something_unknown_asks_back(sample_view):
    told = ask(sample_view, "What is the difference between the Halvorn Crane and the other kettle?")
    assert told.ended == ("needs_clarification", "which_product")
    assert not told.cards


def test_the_cheaper_of_two_is_said_however_it_is_asked(sample_view):
    for text in ("炊谷 K17和焙屿 AF45 空气炸锅哪个便宜？各卖多少钱", "which costs the least?"):
        shown = ("kitchen-001", "kitchen-006")
        told = ask(sample_view, text, history=after(*shown, asked="show me kettles and fryers"))
        assert told.text.startswith(("第一款最便宜。", "The first is the cheapest of these.")), text
        assert told.citations[0].record_id == "kitchen-001"


@pytest.mark.parametrize(("text", "said"), [
    ("Which is cheaper?", "The third is the cheapest of these."), ("哪个更便宜？", "第三款最便宜。"),
    ("which one is more expensive", "The first is the most expensive of these."), ("哪款更贵一点", "第一款最贵。"),
])  # fmt: skip
def test_which_of_those_shown_is_cheaper_is_no_wish_for_cheaper_ones(sample_view, text, said):
    shown = ("audio-006", "audio-008", "audio-007")
    told = ask(sample_view, text, history=after(*shown, asked="wireless headphones"))
    lead, *prices = told.text.split("\n")
    assert lead.startswith(said)
    assert [card.id for card in told.cards] == list(shown)
    assert len(prices) == 3
    assert all("¥" in line for line in prices), "each price is told"
    assert not re.search(r"7 (?:hours|小时)", told.text), "and nothing else"


def test_prices_in_two_currencies_are_told_and_not_ranked(sample_view):
    told = ask(sample_view, "which is cheaper?", history=after("home-008", "home-009", asked="desk lamps"))
    assert told.done.outcome == "answered"
    assert told.text.startswith("Their prices are in different currencies")
    assert "¥169" in told.text
    assert "$49" in told.text
