"""The generated shopper questions: their gold comes from the records alone, and each check sees what is wrong."""

import datetime as dt
from collections.abc import Sequence

import pytest

from bench.shopper import words
from bench.shopper.__main__ import CLOCK, MAKERS, case_of
from bench.shopper.checks import Checker
from bench.shopper.forms import Form, Want, ends, forms, ids
from bench.shopper.questions import Asked, Shop, draw
from catalog.model import Offer, Product, Promotion, Record, Variant
from catalog.money import Money
from eval.answer import Answer, Card, Span
from eval.answer import Offer as ShownOffer
from eval.faithfulness.model import Setting
from eval.metrics.model import Judged
from eval.records import read
from eval.truth import Truth

NOW = dt.datetime.fromisoformat(CLOCK)
KIND = "台灯 Desk Lamps"


def lamp(id_: str, brand: str, price: str, **more: object) -> Product:
    return Product(
        id=id_, title=f"{brand} {id_} desk lamp", brand=brand, categories=["Home", KIND],
        offer=Offer(price=price, currency="USD", **more), language="en",  # type: ignore[arg-type]
    )  # fmt: skip


def sale(
    product_id: str, price: str, *, ends_at: str = "2026-12-01T00:00:00+00:00", stock: int | None = 5
) -> Promotion:
    return Promotion(
        id=f"sale-{product_id}", kind="flash_sale", product_ids=[product_id], price=price,
        starts_at="2026-11-01T00:00:00+00:00", ends_at=ends_at, stock=stock,
    )  # fmt: skip


@pytest.fixture
def records() -> list[Record]:
    bright = lamp("L1", "Alder", "40.00")
    dim = lamp("L2", "Birch", "60.00", availability="out_of_stock", stock=0)
    tall = lamp("L3", "Cedar", "90.00")
    tall.variants = [
        Variant(id="L3-a", options={"color": "black"}, offer=Offer(price="90.00", currency="USD")),
        Variant(id="L3-b", options={"color": "red"}, offer=Offer(price="30.00", currency="USD", stock=0)),
    ]
    over, gone = sale("L3", "10.00", ends_at="2026-11-20T00:00:00+00:00"), sale("L2", "5.00", stock=0)
    return [bright, dim, tall, sale("L1", "35.00"), over, gone]


@pytest.fixture
def sold(records: list[Record]) -> list[Form]:
    return forms(records, NOW)


def test_a_price_is_that_of_the_moment(sold: list[Form]) -> None:
    found = {form.variant_id or form.product.id: form.price for form in sold}
    assert found["L1"] == Money(3500, "USD")
    assert found["L2"] == Money(6000, "USD"), "a sale of which nothing is left sets no price"
    assert found["L3-a"] == Money(9000, "USD"), "a sale that is over sets no price"


@pytest.mark.parametrize(
    ("want", "right"),
    [
        (Want(kind=KIND, currency="USD", high=5000), ["L1", "L3"]),
        (Want(kind=KIND, currency="USD", high=5000, in_stock=True), ["L1"]),
        (Want(kind=KIND, not_brand="Alder"), ["L2", "L3"]),
        (Want(brand="Cedar", currency="USD", low=9500), []),
        (Want(currency="CNY", high=10**9), []),
        (Want(kind="another"), []),
    ],
)
def test_one_form_must_satisfy_all_of_a_want(sold: list[Form], want: Want, right: list[str]) -> None:
    assert ids(want, sold) == right


def test_the_ends_of_the_prices_are_those_of_the_forms_that_pass(sold: list[Form]) -> None:
    assert ends(Want(kind=KIND), sold, dearest=True) == {"USD": (9000, ["L3"])}
    assert ends(Want(kind=KIND, in_stock=True), sold, dearest=False) == {"USD": (3500, ["L1"])}


@pytest.mark.parametrize(
    ("value", "said"),
    [(200, "两百"), (1500, "一千五"), (3000, "三千"), (250, "两百五十"), (80, "八十"), (25, ""), (1234, "")],
)
def test_round_amounts_in_chinese_numerals(value: int, said: str) -> None:
    assert words.han(value) == said


def test_the_questions_are_the_same_in_every_run_half_chinese_and_all_different() -> None:
    records = list(read(["sample"]))
    runs = [draw(MAKERS, Shop(records, forms(records, NOW), 7), 60) for _ in range(2)]
    assert [case_of(one) for one in runs[0]] == [case_of(one) for one in runs[1]]
    assert sum(one.language == "zh" for one in runs[0]) == 30
    assert len({(one.question, str(one.history)) for one in runs[0]}) == 60


def wrong(asked: Asked, answer: Answer, sold: Sequence[Form], records: Sequence[Record]) -> set[str]:
    setting = Setting(asked.question, answer.products, Truth(records), NOW)
    judged = Judged(case_of(asked), answer, setting=setting)
    return {name for name, found in Checker(sold).all(asked, judged).items() if found.wrong}


def told(text: str, *cards: Card, outcome: str = "answered") -> Answer:
    return Answer(outcome=outcome, text=text, products=list(cards), claims=[Span(start=0, end=len(text), kind="price")])


def card(id_: str, amount: int, brand: str) -> Card:
    return Card(id=id_, title=f"{brand} {id_} desk lamp", offer=ShownOffer(price=Money(amount, "USD")))


CHEAP = Asked(id="q", shape="budget", language="en", question="lamps", want=Want(kind=KIND, currency="USD", high=5000))
ALDER = card("L1", 3500, "Alder")


@pytest.mark.parametrize(
    ("asked", "answer", "name"),
    [
        (CHEAP, told("Alder L1 desk lamp costs $35.", ALDER), ""),
        (CHEAP, told("Alder L1 desk lamp costs $36.", ALDER), "wrong_price"),
        (CHEAP, told("Alder L1 desk lamp costs $35.", card("L1", 4000, "Alder")), "wrong_price"),
        (CHEAP, told("Birch L2 desk lamp costs $60.", card("L2", 6000, "Birch")), "constraint_violations"),
        (CHEAP, told("Alder L9 desk lamp costs $35.", card("L9", 3500, "Alder")), "unknown_product"),
        (CHEAP, told("A lamp like no other costs $35.", ALDER), "unknown_product"),
        (CHEAP, told("Birch L2 desk lamp is nice.", ALDER), "card_text_disagreement"),
        (CHEAP, told("Alder L1 desk lamp costs $35.", ALDER, outcome="nearest_match"), "nearest_not_admitted"),
        (CHEAP, told("Nothing."), "wrong_outcome"),
    ],
)  # fmt: skip
def test_a_wrong_answer_fails_its_check(
    asked: Asked, answer: Answer, name: str, sold: list[Form], records: list[Record]
) -> None:
    found = wrong(asked, answer, sold, records)
    assert (name in found) if name else (found == set())


def test_counts_extremes_and_the_product_meant_are_checked(sold: list[Form], records: list[Record]) -> None:
    counted = Asked(id="c", shape="count", language="en", question="how many", count=3)
    assert "wrong_count" not in wrong(counted, told("There are 3 products, 1 of them in stock."), sold, records)
    assert "wrong_count" in wrong(counted, told("There are 2 products."), sold, records)
    dearest = Asked(id="d", shape="dearest", language="en", question="dearest", extremes={"USD": (9000, ["L3"])})
    right = told("Cedar L3 desk lamp costs $90.", card("L3", 9000, "Cedar"))
    assert "wrong_extreme" not in wrong(dearest, right, sold, records)
    assert "wrong_extreme" in wrong(dearest, told("Alder L1 desk lamp costs $35.", ALDER), sold, records)
    stock = Asked(id="s", shape="stock", language="en", question="there?", product="L2", available=False)
    out = told("Birch L2 desk lamp is out of stock.", card("L2", 6000, "Birch"))
    assert "wrong_product" not in wrong(stock, out, sold, records)
    assert "wrong_product" in wrong(stock, told("Birch L2 desk lamp is in stock.", out.products[0]), sold, records)
