"""The table of a comparison: one unit a row, unknown marked, what differs first, contradictions beside the value."""

from pathlib import Path

import pytest
from asking import ask
from small_shop import built, offer, product, variant, view

from catalog.model import Product
from guide.choose import against, table
from guide.choose.draft import Draft
from guide.evidence import of_product
from guide.model import Table, Understanding
from index.api import View

LAMP = {
    "attributes": {
        "weight": {"value": 1.2, "unit": "kg"}, "battery life": {"value": 9, "unit": "h"}, "waterproof": True,
        "material": "steel",
    },
    "bullets": ["With 20 hours of battery life", "It is not waterproof", "The case is not waterproof"],
}  # fmt: skip
TORCH = {"attributes": {"weight": {"value": 500, "unit": "g"}, "material": "steel"}}
LIGHT = {"attributes": {"weight": {"value": 90, "unit": "g"}, "material": "steel", "beam": "wide"}}


@pytest.fixture
def shop(tmp_path: Path) -> View:
    built(
        tmp_path,
        product("lamp", "Lamp", offer=offer("10.00"), language="en", rating={"value": 4.5, "count": 1200}, **LAMP),
        product("torch", "Torch", language="en", **TORCH),
        product(
            "light", "Light", language="en", **LIGHT,
            variants=[variant("a", "5.00", options={"color": "red"}), variant("b", "7.00", options={"color": "blue"})],
        ),
    )  # fmt: skip
    return view(tmp_path)


def products(shop: View) -> list[Product]:
    found = [shop.record(id_) for id_ in ("lamp", "torch", "light")]
    return [record for record in found if isinstance(record, Product)]


def drawn(shop: View, language: str = "en", *first: str) -> tuple[Table, Draft]:
    draft = Draft(Understanding(language=language, intent="compare", query=""), shop)
    return table.build(draft, products(shop), first, most=20), draft


def values(found: Table) -> dict[str, list[str | None]]:
    return {row.field: [cell.value for cell in row.cells] for row in found.rows}


def test_a_row_has_one_unit_and_unknown_cells_are_null(shop: View) -> None:
    found, _ = drawn(shop)
    assert found.columns == ["lamp", "torch", "light"]
    assert values(found)["weight"] == ["1,200 g", "500 g", "90 g"]
    assert values(found)["battery life"] == ["9 hours", None, None]
    assert all((cell.value is None) == (cell.n is None) for row in found.rows for cell in row.cells)


def test_price_and_rating_come_first_then_what_most_state_and_what_differs(shop: View) -> None:
    found, _ = drawn(shop)
    fields = list(values(found))
    assert fields[:3] == ["price", "availability", "rating"]
    assert fields[3:5] == ["weight", "material"]  # both stated by all; the weights differ
    assert values(found)["price"] == ["¥10", None, "¥5 – ¥7"]
    assert values(found)["rating"] == ["4.5 (1,200)", None, None]


def test_what_was_asked_for_leads_even_if_no_record_says_it(shop: View) -> None:
    found, _ = drawn(shop, "en", "warranty", "material")
    assert [row.field for row in found.rows][:3] == ["price", "warranty", "material"]
    assert values(found)["warranty"] == [None, None, None]


def test_options_stand_as_the_choice_they_are_in_the_answers_language(shop: View) -> None:
    assert values(drawn(shop)[0])["color"] == [None, None, "red, blue"]
    assert values(drawn(shop, "zh")[0])["颜色"] == [None, None, "红色、蓝色"]


def test_every_value_rests_on_a_citation_of_its_record(shop: View) -> None:
    found, draft = drawn(shop)
    evidence = {e.n: e for e in draft.evidence}
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            if cell.n is not None:
                assert evidence[cell.n].record_id == column
    weights = next(row for row in found.rows if row.field == "weight")
    assert evidence[weights.cells[0].n].quote == "1.2 kg"


def test_a_text_against_an_attribute_stands_beside_it(shop: View) -> None:
    found, draft = drawn(shop)
    evidence = {e.n: e for e in draft.evidence}
    against = {row.field: row.cells[0].conflicts for row in found.rows if row.cells[0].conflicts}
    assert {field: [c.quote for c in found] for field, found in against.items()} == {
        "battery life": ["With 20 hours of battery life"], "waterproof": ["It is not waterproof"],
    }  # fmt: skip
    assert all(evidence[c.n].quote == c.quote for found in against.values() for c in found)


def test_a_comparison_in_words_tells_both_sides(shop: View) -> None:
    told = ask(shop, "Compare these two", product_ids=("lamp", "torch"))
    assert "The records of Lamp disagree on waterproof: yes in the data, “It is not waterproof” in" in told.text


def test_named_fields_are_the_only_rows_in_their_order(shop: View) -> None:
    draft = Draft(Understanding(language="en", intent="compare", query=""), shop)
    found = table.only(draft, products(shop), ["材质", "Price", "battery life"])
    assert [row.field for row in found.rows] == ["material", "price", "battery life"]


def test_nothing_in_the_sample_shop_contradicts_itself(sample_view: View) -> None:
    for record in sample_view.products():
        for language in ("zh", "en"):
            said = of_product(sample_view, record, language)
            stated = [s for s in said if s.key and s.variant_id is None]
            assert not [text.quote for s in stated for text in against.attribute(s, said)]
