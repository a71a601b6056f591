"""Which products violate a refusal: by brand, by the form shown, by what a text says; the questions are sound."""

import pytest

from bench.negation.gold import Denied, Products, questions
from bench.negation.without import violates
from catalog.model import Product, Variant


@pytest.fixture
def products() -> Products:
    found = Products.__new__(Products)
    red = Variant(id="L1-r", options={"颜色": "红色"})
    lamp = Product(
        id="L1", title="Lamp", brand="Alder", attributes={"colour": "black", "contains nuts": True}, variants=[red]
    )
    found.by_id = {"L1": lamp, "L2": Product(id="L2", title="Lamp", attributes={"alcohol-free": False})}
    return found


@pytest.mark.parametrize(
    ("product", "variant", "denied", "wrong"),
    [
        ("L1", None, Denied(brand=("Alder",)), True), ("L2", None, Denied(brand=("Alder",)), False),
        ("L1", None, Denied(attributes={"color": ["black"]}), True),
        ("L1", "L1-r", Denied(attributes={"color": ["black"]}), False),
        ("L1", "L1-r", Denied(attributes={"color": ["red"]}), True),
        ("L1", None, Denied(attributes={"contains_nuts": [True]}), True),
        ("L2", None, Denied(attributes={"alcohol_free": [False]}), True),
        ("L2", None, Denied(attributes={"contains_nuts": [True]}), False),
    ],
)  # fmt: skip
def test_a_violator_has_the_brand_or_states_the_value(
    products: Products, product: str, variant: str | None, denied: Denied, wrong: bool
) -> None:
    assert products.violates(product, variant, denied) is wrong


def test_a_hundred_questions_on_both_stores_and_some_that_refuse_nothing() -> None:
    asked = questions()
    assert len(asked) >= 100
    assert len({one.question for one in asked}) == len(asked)
    assert (
        {one.store for one in asked if one.denied}
        == {one.store for one in asked if not one.denied}
        == {"shop", "icecat"}
    )


@pytest.mark.parametrize(
    ("bullet", "wrong"),
    [
        ("Comes with a lid.", True), ("Sold without lids", False), ("Lid sold separately", False), ("A jar", False),
        ("With lid. No lid needed for display.", False),
    ],
)  # fmt: skip
def test_a_text_that_names_the_thing_and_nowhere_denies_it(bullet: str, wrong: bool) -> None:
    assert violates(Product(id="j", title="Jar", bullets=[bullet]), r"\blids?\b") is wrong
