"""Changed answers: one fault each, at the place that is told, against what the records say; controls keep facts."""

import json
import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from bench.mutations import controls, edit, flips, money, prose, wording
from bench.mutations.__main__ import main
from bench.mutations.amounts import equals, joined, numeral, spoken, stated, worded
from bench.mutations.draw import mutations
from bench.mutations.invented import lines
from bench.mutations.kinds import CONTROLS, FAULTS, LANGUAGES, Language, Mutation
from bench.mutations.saved import Statement, fact_of, price_of, statements
from bench.mutations.score import rate
from bench.mutations.shapes import SETS, Shapes
from bench.mutations.shop import Shop
from bench.mutations.ways import ways
from catalog.model import AttributeValue, Measure, Offer, Product, Translation


def product(id_: str, title: str, zh: str, grams: float, waterproof: bool, price: str) -> Product:
    attributes: dict[str, AttributeValue] = {"weight": Measure(grams, "g"), "waterproof": waterproof}
    chinese = Translation(title=zh, attributes={"重量": Measure(grams, "g"), "防水": waterproof})
    offer = Offer(price=price, currency="CNY", list_price="1599.00", stock=4)
    return Product(
        id=id_, title=title, categories=["手机 Phones"], attributes=attributes, offer=offer, language="en",
        translations={"zh": chinese},
    )  # fmt: skip


def records() -> list[Product]:
    first = product("a1", "Elmo A1 phone", "榆木 A1 手机", 196, False, "1099.00")
    return [first, product("b2", "Fenn B2 phone", "枫岭 B2 手机", 240, True, "1299.00")]


@pytest.fixture
def shop() -> Shop:
    return Shop(records())


@pytest.fixture
def held() -> Shop:
    return Shop(records(), Shapes("held"))


def answer(language: str, parts: list[tuple[str, list[tuple[str, str, str]]]]) -> dict[str, Any]:
    """A saved answer from statements, each with what it cites: (field, quote, value)."""
    text = ""
    claims: list[dict[str, Any]] = []
    citations: list[dict[str, Any]] = []
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


@pytest.mark.parametrize(
    ("option", "name"), [([], "first"), (["--shapes", "held"], "held"), (["--shapes", "third"], "third")]
)
def test_the_command_draws_from_one_set(
    every: list[Statement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: list[str], name: str
) -> None:
    out = tmp_path / "rows.jsonl"
    monkeypatch.setattr("sys.argv", ["", str(tmp_path), "--catalog", "sample", "--out", str(out), *option])
    main()
    rows = [msgspec.json.decode(line, type=Mutation) for line in out.read_bytes().splitlines()]
    greeted = [one for one in rows if one.shape == "within"]
    assert greeted
    for one in greeted:
        assert any(one.after.startswith(word) for word in Shapes(name).wordings(one.language, "opening"))


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
    assert money.told("{sign}{comma}", Decimal("2999"), "CNY", "zh") == "¥2,999"
    assert money.told("{sign}{comma}", Decimal("18.5"), "USD", "en") == "$18.50"


def test_prices_are_written_as_people_write_them() -> None:
    assert money.told("{words}块钱", Decimal("1099"), "CNY", "zh") == "一千零九十九块钱"
    assert money.told("{words} yuan", Decimal("1099"), "CNY", "en") == "one thousand and ninety-nine yuan"
    assert money.told("{plain} RMB", Decimal("25.8"), "CNY", "en") == "25.80 RMB"
    assert money.told("{words} yuan", Decimal("25.8"), "CNY", "en") is None


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


@pytest.mark.parametrize("names", [*combinations(SETS, 2)])
def test_no_sentence_stands_in_two_sets(names: tuple[str, str]) -> None:
    one, other = (Shapes(name) for name in names)
    for language in LANGUAGES:
        for kind in ("figure", "yes_no", "in_stock", "sold_out", "opening", "closing", "told"):
            assert not set(one.wordings(language, kind)) & set(other.wordings(language, kind))
        for kind in ("price", "own", "compared"):
            assert not _sentences(one, language, kind) & _sentences(other, language, kind)
        assert not _phrases(one, language) & _phrases(other, language)
        assert not {line[language] for line in one.invented} & {line[language] for line in other.invented}


def _sentences(shapes: Shapes, language: Language, kind: str) -> set[str]:
    return {text for texts in shapes.table(language, kind).values() for text in texts}


def _phrases(shapes: Shapes, language: Language) -> set[tuple[str, str]]:
    """What is said of each attribute, with its key: two attributes may share 'has it'."""
    return {
        (key, phrase) for key, says in shapes.booleans.items() for ways in says[language] for phrase in ways.split("|")
    }


@pytest.mark.parametrize("name", SETS)
def test_every_sentence_of_a_set_can_be_filled(name: str) -> None:
    shapes = Shapes(name)
    parts = dict.fromkeys(["label", "value", "says", "price", "twice", "was", "than", "other", "theirs"], "x")
    for language in LANGUAGES:
        tables = [shapes.table(language, kind).values() for kind in ("price", "own", "compared")]
        lists = [shapes.wordings(language, kind) for kind in ("figure", "yes_no", "in_stock", "sold_out")]
        for sentence in [text for texts in [*lists, *(each for table in tables for each in table)] for text in texts]:
            (filled,) = wording.filled(sentence, [("First", "inside")], **parts)
            assert "{" not in filled
            assert "First" in filled or "inside" in filled


@pytest.mark.parametrize("name", SETS[1:])
def test_a_later_set_says_the_records_otherwise_and_the_same(every: list[Statement], name: str) -> None:
    shop = Shop(records(), Shapes(name))
    made = mutations(every, shop, 7, 40)
    drawn = {
        kind for kind in (*FAULTS, *CONTROLS) if kind != "sentence_order" or "swapped" not in shop.shapes.leaves_out
    }
    assert {one.kind for one in made} == drawn
    assert not {one.shape for one in made} & shop.shapes.leaves_out
    assert mutations(every, shop, 7, 40) == made
    for one in made:
        assert one.body["text"][one.where[0] : one.where[1]] == one.after
    swapped = [one.after for one in made if one.shape == "comparison" and one.kind == "product_swap"]
    right = [one.after for one in made if one.shape == "comparison" and one.kind == "same_fact"]
    assert swapped
    assert right
    assert not set(swapped) & set(right)


@pytest.mark.parametrize("name", SETS)
def test_each_yes_no_attribute_is_said_both_ways(name: str) -> None:
    shapes = Shapes(name)
    for says in shapes.booleans.values():
        for language in LANGUAGES:
            yes, no = (set(phrases.split("|")) for phrases in says[language])
            assert all({*yes, *no})
            assert not yes & no


def test_the_old_price_stands_in_a_clause_beside_the_list_price_or_in_a_total(
    every: list[Statement], held: Shop
) -> None:
    price = price_of(every[3], held)
    assert price is not None
    called = wording.names(price.product, every[3], held, alone=False)
    told = list(wording.priced(price, Decimal(999), called, "en", held))
    assert {group for group, _ in told} == {"plain", "aside", "was, now", "two"}
    assert ("was, now", "Elmo A1 phone was CNY 1,599 and is now CNY 999.") in told
    assert ("two", "Two of Elmo A1 phone come to 1998 RMB before shipping.") in told
    dearer = list(wording.priced(price, Decimal(1699), called, "en", held))
    assert "was, now" not in {group for group, _ in dearer}  # nothing falls to a price above its list price


def test_a_price_control_keeps_the_price_and_the_stock(every: list[Statement], held: Shop) -> None:
    found = list(controls.same_fact(every[3], held, Random(1)))
    stocked = [one.after for one in found if one.shape == "stock"]
    assert "We do have Elmo A1 phone on the shelf." in stocked
    assert not any("run out" in after for after in stocked)
    assert any("2,198" in one.after or "2198" in one.after for one in found if one.shape == "sentence, two")


def test_amounts_are_written_in_more_ways_in_the_held_set(held: Shop) -> None:
    def all_of(value: Measure, language: Language) -> set[tuple[str, str]]:
        return set(ways(value, "", language, held.shapes))

    assert ("with a half", "一个半小时") in all_of(Measure(1.5, "h"), "zh")
    assert ("with a half", "two and a half litres") in all_of(Measure(2.5, "l"), "en")
    assert ("in thousands", "5k mAh") in all_of(Measure(5000, "mAh"), "en")
    assert ("other unit", "15.494 cms") in all_of(Measure(6.1, "inch"), "en")
    assert ("other unit", "2 days") in all_of(Measure(48, "h"), "en")
    assert ("in words", "one hundred and ninety-six grams") in all_of(Measure(196, "g"), "en")
    assert not {shape for shape, _ in ways(Measure(196, "g"), "", "en", Shapes("first"))} & {"in words", "in thousands"}


def test_figures_in_english_words() -> None:
    assert [worded(value) for value in (0, 19, 30, 59, 105, 1100, 2999)] == [
        "zero", "nineteen", "thirty", "fifty-nine", "one hundred and five", "one thousand one hundred",
        "two thousand nine hundred and ninety-nine",
    ]  # fmt: skip
