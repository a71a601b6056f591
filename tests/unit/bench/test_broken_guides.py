"""The faults of bench/gates change what a bug would change and nothing else."""

import argparse
import copy
import re
from typing import Any

import pytest

from bench.gates.__main__ import _drawn, _wilson
from bench.gates.edits import replaced
from bench.gates.invented import EVERY as EVERY_ANSWER
from bench.gates.invented import invented
from bench.gates.prices import EVERY, WrongPrices
from bench.gates.stock import IgnoredStock
from bench.mutations.shop import Shop
from catalog.model import convert

LAMP = {"type": "product", "id": "lamp", "title": "Lamp", "categories": ["灯具 Lamps"], "language": "en",
        "offer": {"price": "1099.00", "currency": "CNY", "availability": "in_stock"}}  # fmt: skip
GONE = LAMP | {"id": "gone", "title": "Gone", "offer": LAMP["offer"] | {"availability": "out_of_stock"}}  # type: ignore[operator]
TEXT = "Lamp ¥1,099, sold out. Lamp costs ¥1,099.00."


def body(text: str = TEXT, **more: Any) -> dict[str, Any]:
    offer = {"price": {"amount": 109900, "currency": "CNY"}, "availability": "out_of_stock"}
    second = text.rindex("Lamp")
    claims = [{"start": 0, "end": second - 1, "text": text[: second - 1], "citations": [1]},
              {"start": second, "end": len(text), "text": text[second:], "citations": [1]}]  # fmt: skip
    return {
        "text": text, "language": "en", "claims": claims, "products": [{"id": "lamp", "title": "Lamp", "offer": offer}],
        "citations": [{"n": 1, "record_id": "lamp", "field": "offer", "quote": "1099.00 CNY"}],
        "understanding": {"intent": "find"},
        "table": {"rows": [{"field": "price", "cells": [{"value": "¥1,099"}, {"value": None}]}]}, **more,
    }  # fmt: skip


def test_claims_move_with_the_text() -> None:
    answer = body()
    replaced(answer, re.compile("1,099"), lambda _: "12,000")
    assert answer["text"] == "Lamp ¥12,000, sold out. Lamp costs ¥12,000.00."
    assert [claim["text"] for claim in answer["claims"]] == ["Lamp ¥12,000, sold out.", "Lamp costs ¥12,000.00."]
    for claim in answer["claims"]:
        assert answer["text"][claim["start"] : claim["end"]] == claim["text"]


def test_every_fiftieth_amount_is_wrong_everywhere_in_its_answer() -> None:
    wrong, answers = WrongPrices(), [body() for _ in range(2 * EVERY)]
    for answer in answers:
        wrong(answer)
    changed = [at for at, answer in enumerate(answers, start=1) if answer != body()]
    assert changed == [EVERY, 2 * EVERY]
    answer = answers[EVERY - 1]
    assert answer["text"] == "Lamp ¥1,209, sold out. Lamp costs ¥1,209.00."
    assert answer["products"][0]["offer"]["price"]["amount"] == 120900
    assert answer["table"]["rows"][0]["cells"][0]["value"] == "¥1,209"


def test_ignored_stock_says_in_stock_and_offers_what_is_sold_out() -> None:
    guide = IgnoredStock([convert(LAMP), convert(GONE)])
    answer = body()
    guide(answer)
    assert answer["text"].startswith("Lamp ¥1,099, in stock.")
    assert [(card["id"], card["offer"]["availability"]) for card in answer["products"]] == [
        ("lamp", "in_stock"), ("gone", "in_stock"),
    ]  # fmt: skip
    asked_of_one = body(understanding={"intent": "product_question"})
    guide(asked_of_one)
    assert len(asked_of_one["products"]) == 1


def test_an_attribute_is_made_up_in_every_tenth_answer_that_can_hold_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.mutations.invented.lines", lambda *_: ["glows in the dark"])
    told = "The Lamp is bright. Lamp weighs 1 kg."
    citation = {"n": 1, "record_id": "lamp", "field": "attributes.weight", "quote": "1 kg"}
    one = body(told, citations=[citation])
    bodies = {str(at): copy.deepcopy(one) for at in range(2 * EVERY_ANSWER)}
    made = invented(bodies, Shop([convert(LAMP)]), seed=7)
    assert list(made) == [str(EVERY_ANSWER - 1), str(2 * EVERY_ANSWER - 1)]
    assert all("glows in the dark." in answer["text"] for answer in made.values())
    assert all(bodies[id_] == one for id_ in bodies)


def test_the_samples_are_the_same_for_one_seed() -> None:
    pool = argparse.Namespace(cases={f"c{at}": None for at in range(50)})
    drawn = _drawn(pool, 4, 30, seed=3)
    assert drawn == _drawn(pool, 4, 30, seed=3)
    assert [len(ids) for ids in drawn] == [30] * 4
    assert len({tuple(ids) for ids in drawn}) == 4
    assert _wilson(19, 20) == [0.764, 0.991]
