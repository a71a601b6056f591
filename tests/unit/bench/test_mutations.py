"""Changed answers: one fault each, at the place that is told, against what the records say; controls keep facts."""

import json
import re
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from bench.mutations import edit, flips, prose, stale
from bench.mutations.amounts import equals, joined, numeral, spoken, stated
from bench.mutations.draw import mutations
from bench.mutations.invented import lines
from bench.mutations.kinds import CONTROLS, FAULTS, Mutation
from bench.mutations.saved import Statement, fact_of, price_of, statements
from bench.mutations.score import rate
from bench.mutations.shop import Shop
from catalog.model import Measure, Offer, Product, Translation


def product(id_: str, title: str, zh: str, grams: float, waterproof: bool, price: str) -> Product:
    attributes = {"weight": Measure(grams, "g"), "waterproof": waterproof}
    chinese = Translation(title=zh, attributes={"重量": Measure(grams, "g"), "防水": waterproof})
    offer = Offer(price=price, currency="CNY", list_price="1599.00", stock=4)
    return Product(
        id=id_, title=title, categories=["手机 Phones"], attributes=attributes, offer=offer, language="en",
        translations={"zh": chinese},
    )  # fmt: skip


@pytest.fixture
def shop() -> Shop:
    first = product("a1", "Elmo A1 phone", "榆木 A1 手机", 196, False, "1099.00")
    return Shop([first, product("b2", "Fenn B2 phone", "枫岭 B2 手机", 240, True, "1299.00")])


def answer(language: str, parts: list[tuple[str, list[tuple[str, str, str]]]]) -> dict[str, Any]:
    """A saved answer from statements, each with what it cites: (field, quote, value)."""
    text, claims, citations = "", [], []
    for words, cited in parts:
        marks = [len(citations) + at + 1 for at in range(len(cited))]
        claims.append(
            {"text": words, "start": len(text), "end": len(text) + len(words), "citations": marks, "kind": ""}
        )
        text += words + "".join(f"[{n}]" for n in marks)
        citations += [
            {"n": n, "record_id": "a1", "field": field, "quote": quote, "value": value}
            for n, (field, quote, value) in zip(marks, cited, strict=True)
        ]
    card = {"id": "a1", "title": "", "offer": {"price": {"amount": 109900, "currency": "CNY"}, "stock": 4}}
    return {"outcome": "answered", "language": language, "text": text, "claims": claims, "citations": citations,
            "products": [card]}  # fmt: skip


ZH = answer(
    "zh",
    [
        ("榆木 A1 手机现价 ¥1,099，有货。", [("title", "", ""), ("offer", "¥1,099 · 有货", "109900 CNY")]),
        ("重量是 196 g。", [("attributes.重量", "196 g", "196 g")]),
        ("不防水。", [("attributes.防水", "否", "false")]),
    ],
)
EN = answer(
    "en",
    [
        ("Elmo A1 phone costs ¥1,099, in stock.", [("title", "", ""), ("offer", "¥1,099 · in stock", "109900 CNY")]),
        ("It weighs 196 g.", [("attributes.weight", "196 g", "196 g")]),
        ("It is not waterproof.", [("attributes.waterproof", "no", "false")]),
    ],
)


@pytest.fixture
def every(tmp_path: Path) -> list[Statement]:
    rows = [{"id": body["language"], "config": "c", "ask": {"body": body, "ms": 1}} for body in (ZH, EN)]
    lines_ = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [*rows, {"id": "gone", "error": {}}])
    (tmp_path / "results.jsonl").write_text(lines_, "utf-8")
    return list(statements(tmp_path))


@pytest.fixture
def made(every: list[Statement], shop: Shop) -> list[Mutation]:
    return mutations(every, shop, 7, 20)


def test_each_row_tells_its_place_and_every_claim_points_at_its_words(made: list[Mutation]) -> None:
    wanted = {(kind, code) for kind in (*FAULTS, *CONTROLS) for code in ("zh", "en")}
    assert {(one.kind, one.language) for one in made} == wanted - {("sentence_order", "en")}  # each leans on the first
    for one in made:
        assert one.body["text"][one.where[0] : one.where[1]] == one.after
        for claim in one.body["claims"]:
            assert one.body["text"][claim["start"] : claim["end"]] == claim["text"]
    assert len({one.id for one in made}) == len(made)


def test_the_saved_answers_stay_as_they_were(every: list[Statement], shop: Shop) -> None:
    before = json.dumps([ZH, EN])
    mutations(every, shop, 7, 20)
    assert json.dumps([ZH, EN]) == before
    assert json.dumps([one.body for one in every]) == json.dumps([ZH] * 3 + [EN] * 3)


def test_the_same_seed_draws_the_same_rows(every: list[Statement], shop: Shop, made: list[Mutation]) -> None:
    assert mutations(every, shop, 7, 20) == made
    assert mutations(every, shop, 8, 20) != made


def test_a_wrong_figure_is_in_no_record(made: list[Mutation], shop: Shop) -> None:
    wrong = [one for one in made if one.kind == "number"]
    for one in wrong:
        figure = re.findall(r"[\d.]+\d|\d+", one.after.replace("A1", ""))[-1]
        assert not stated(figure, "g", shop.said("a1"))
    assert len({one.after for one in wrong}) > 5


def test_a_fact_of_one_product_is_said_of_the_other_or_the_other_way_round(made: list[Mutation]) -> None:
    for one in made:
        if one.kind == "product_swap" and "weigh" in one.after + one.before:
            assert ("B2" in one.after) != ("240" in one.after)


def test_a_stale_price_is_no_price_of_today(made: list[Mutation], shop: Shop) -> None:
    rows = [one for one in made if one.kind.startswith("stale_price")]
    for one in rows:
        assert "1,099" not in one.after
        card = one.body["products"][0]["offer"]["price"]["amount"]
        assert (card == 109900) == (one.kind == "stale_price")
    assert {one.shape for one in rows} == {"list price", "yesterday's"}
    assert any("1,599" in one.after for one in rows)


def test_yes_and_no_are_turned_in_the_statement_s_own_words(every: list[Statement], shop: Shop) -> None:
    for at, wanted in ((2, "防水。"), (5, "It is waterproof.")):
        found = [one.after for one in flips.flip(every[at], shop, Random(1))]
        assert found[0] == wanted or wanted in found
        assert not any("不防水" in after or "not waterproof" in after for after in found)


def test_what_a_record_speaks_of_is_not_invented(shop: Shop) -> None:
    phone = shop.products["a1"]
    assert "supports eSIM" in lines(phone, shop, "en")
    phone.description = "Takes an eSIM beside the card."
    assert "supports eSIM" not in lines(phone, Shop([phone]), "en")


def test_statements_are_read_as_facts(every: list[Statement], shop: Shop) -> None:
    weight, price = fact_of(every[1], shop), price_of(every[0], shop)
    assert weight is not None
    assert (weight.key, weight.value) == ("weight", Measure(196, "g"))
    assert price is not None
    assert (price.shown, price.amount, price.n) == ("¥1,099", "1099.00", 2)
    assert fact_of(every[0], shop) is None


def test_amounts_of_a_shop_text_are_whole(every: list[Statement]) -> None:
    text = "One order may not exceed CNY 26,000; report it within 48 hours, or 2 to 3 days, and pay CNY 10 in 2026."
    told = msgspec.structs.replace(every[3], text=text, fields=["answer"])
    assert [text[found.start : found.end] for found in prose.amounts(told)] == ["48 hours", "3 days", "CNY 10"]


def test_old_prices_are_written_as_the_shop_writes_them() -> None:
    assert stale.written(Decimal("2999"), "¥") == "¥2,999"
    assert stale.written(Decimal("18.5"), "$") == "$18.50"


def test_sentences_change_places_with_their_marks(every: list[Statement]) -> None:
    body, where = edit.swapped(every[1], every[2])
    assert body["text"] == "榆木 A1 手机现价 ¥1,099，有货。[1][2]不防水。[4]重量是 196 g。[3]"
    assert body["text"][slice(*where)] == "重量是 196 g。"


def test_the_same_amount_in_other_units_and_words() -> None:
    assert equals(1.2, "kg", "zh") == [("1200", "g"), ("2.4", "jin")]
    assert equals(1.2, "kg", "en") == [("1200", "g")]
    assert equals(30, "month", "en") == [("2.5", "year")]
    assert equals(7, "month", "en") == []
    assert equals(4.6, "g", "en") == []
    assert [numeral(value) for value in (2, 12, 30, 105, 2999, 4050)] == [
        "两", "十二", "三十", "一百零五", "两千九百九十九", "四千零五十",
    ]  # fmt: skip
    assert (spoken("1.7", "zh"), spoken("3", "en"), spoken("40", "en")) == ("一点七", "three", None)
    assert (joined("1", "year", "en"), joined("30", "h", "zh"), joined("三十", "h", "zh")) == (
        "1 year",
        "30 小时",
        "三十小时",
    )


def test_an_interval_is_drawn_over_products() -> None:
    found = rate([("a", True)] * 9 + [("b", False)])
    assert (found["rate"], found["n"], found["products"]) == (0.9, 10, 2)
    assert found["interval"] == [0.0, 1.0]
