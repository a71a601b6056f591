"""What texts say of a thing that is not wanted, and where that puts a product."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.model import Product
from index import api
from index.api import Query, says
from index.build import BuildOptions, build
from index.denied import spoken_of


@pytest.mark.parametrize(
    ("text", "thing", "answer"),
    [
        ("Blanket filled with glass beads.", "glass beads", "has"),
        ("No glass beads, no noise.", "glass bead", "lacks"),
        ("Wind-up clock, batteries not included", "battery", "lacks"), ("Runs on two batteries", "battery", "has"),
        ("Without chicken, beef or corn", "corn", "lacks"), ("C-Wire required.", "c wire", "has"),
        ("Doesn't need a lid", "lids", "lacks"),
        ("Clock w/ battery", "battery", "has"),
        ("Free of corn", "corn", "lacks"), ("Lidded jar", "lids", ""), ("A quiet clock", "battery", ""),
        ("Made with chicken. No corn.", "chicken", "has"), ("chicken-free treats", "chicken", "lacks"),
        ("机身是塑料外壳", "塑料", "has"), ("内胆不含任何塑料", "塑料", "lacks"), ("全玻璃壶身", "塑料", ""),
    ],
)  # fmt: skip
def test_what_a_text_says_of_a_thing(text: str, thing: str, answer: str) -> None:
    assert says([text], thing) == answer


def test_one_denial_settles_the_matter() -> None:
    assert says(["Works like a clock with a battery.", "Needs no battery."], "battery") == "lacks"


def test_only_words_that_texts_know_are_the_thing() -> None:
    assert spoken_of(["Drain with overflow", "Solid brass"], "overflow solid brass") == "overflow"
    assert spoken_of(["Blanket with glass beads"], "glass beads") == "glass beads"


def blanket(id_: str, text: str) -> Product:
    return Product(id=id_, title=f"Weighted blanket {id_}", bullets=[text], language="en")


@pytest.fixture
def search(tmp_path: Path) -> Callable[[Query], list[api.Hit]]:
    from datetime import UTC, datetime

    products = [
        blanket("a", "Weighted blanket with glass beads"), blanket("b", "Filled with cotton"),
        blanket("c", "No glass beads"),
    ]  # fmt: skip
    build(tmp_path, products, BuildOptions(encoder=None), lambda *_: None)
    view = api.open(tmp_path).view(datetime(2026, 11, 22, tzinfo=UTC))
    return lambda query: view.search(query).hits


def test_products_that_have_it_come_last_and_those_that_deny_it_are_verified(
    search: Callable[[Query], list[api.Hit]],
) -> None:
    assert search(Query(text="weighted blanket"))[0].id == "a"
    hits = search(Query(text="weighted blanket", without=("glass beads",)))
    assert hits[-1].id == "a"
    assert {hit.id: hit.unverified for hit in hits} == {"a": ["glass beads"], "b": ["glass beads"], "c": []}


def test_without_a_wish_the_order_is_as_ever(search: Callable[[Query], list[api.Hit]]) -> None:
    assert search(Query(text="weighted blanket", without=())) == search(Query(text="weighted blanket"))
