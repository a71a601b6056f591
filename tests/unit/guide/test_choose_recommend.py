"""Recommendations: like a product, for somebody, best rated; grounded, available first, never everything."""

from pathlib import Path
from typing import Any

import pytest
from small_shop import built, offer, product, view

from catalog.model import Product, convert
from guide.choose import popular, recommend, similar
from guide.choose.draft import Draft
from guide.model import Constraint, Decision, Question, Understanding
from index.api import Filter, PriceFilter, View

NAMED = {"partner": Constraint("audience", "女朋友", "partner"), "parent": Constraint("audience", "dad", "parent")}


def asked(shop: View, text: str, scope: Filter = Filter(), page: tuple[str, ...] = (), **read: Any) -> Decision:  # noqa: B008
    language = "en" if text.isascii() else "zh"
    names = read.get("audience", [])
    constraints = [NAMED[name] for name in names]
    understanding = Understanding(language=language, intent="recommend", query=text, constraints=constraints, **read)
    question = Question(text=text, product_ids=page)
    return recommend.answer(question, Draft(understanding, shop), scope)


def item(id_: str, group: str, stars: float, count: int, **fields: Any) -> Any:
    fields = {"offer": offer("10.00"), "language": "en"} | fields
    return product(id_, id_.title(), categories=[group, f"{group} things"],
                   rating={"value": stars, "count": count}, **fields)  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> View:
    built(
        tmp_path,
        item("mug", "Kitchen", 5.0, 1),
        item("pan", "Kitchen", 4.8, 2000, attributes={"weight": {"value": 1, "unit": "kg"}, "material": "steel"}),
        item("pot", "Kitchen", 4.1, 900, attributes={"weight": {"value": 1100, "unit": "g"}, "material": "steel"}),
        item("wok", "Kitchen", 4.2, 800, attributes={"weight": {"value": 9, "unit": "kg"}, "material": "clay"}),
        item("gone", "Kitchen", 5.0, 9000, offer=offer("10.00", availability="out_of_stock", stock=0)),
        item("tea", "Food", 4.4, 700),
        item("chair", "Home", 4.0, 500, bullets=["Not suitable for parents with a bad back"]),
        item("lamp", "Home", 3.9, 400),
        convert({"type": "review", "id": "tea/review/1", "product_id": "tea", "text": "My dad loves it", "rating": 5}),
        convert({"type": "review", "id": "wok/review/1", "product_id": "wok", "text": "Dad hated it", "rating": 1}),
        convert({"type": "promotion", "id": "set", "kind": "bundle", "product_ids": ["pan", "lamp"], "price": "15.00",
                 "starts_at": "2026-11-01T00:00:00+00:00", "ends_at": "2026-12-01T00:00:00+00:00"}),
    )  # fmt: skip
    return view(tmp_path)


def test_few_ratings_are_drawn_to_the_mean(shop: View) -> None:
    products = {record.id: record for record in shop.products()}
    before = popular.prior(products.values())
    assert before.weight == 750
    assert popular.standing(products["mug"], before) < popular.standing(products["pan"], before)
    assert popular.standing(Product(id="x", title="X"), before) == 0
    assert popular.prior([Product(id="x", title="X")]) == popular.Prior(0.0, 1.0)


def test_a_wish_without_a_kind_gets_the_best_rated_of_several_kinds_that_can_be_had(shop: View) -> None:
    told = asked(shop, "recommend something")
    assert (told.outcome, told.reason) == ("answered", None)
    assert [card.id for card in told.cards] == ["pan", "tea", "chair"]
    assert told.cards[0].why == "It has 4.8 stars from 2,000 ratings"
    quotes = {evidence.n: evidence.quote for evidence in told.evidence}
    said = next(s for s in told.sentences if s.text == "It has 4.8 stars from 2,000 ratings.")
    assert [quotes[n] for n in said.citations] == ["4.8 (2,000)"]


def test_what_a_record_says_of_the_person_comes_first_and_the_rest_is_admitted(shop: View) -> None:
    told = asked(shop, "something for my dad", audience=["parent"])
    assert told.cards[0].id == "tea"
    assert "My dad loves it" in told.cards[0].why
    assert "wok" not in [card.id for card in told.cards]  # named by a complaint only
    assert told.sentences[-1].text.startswith("Not every record here speaks of “dad”")
    chair = next((card for card in told.cards if card.id == "chair"), None)
    assert chair is None or "bad back" not in chair.why


def test_when_no_record_speaks_of_the_person_that_is_said(shop: View) -> None:
    told = asked(shop, "推荐点什么送女朋友", audience=["partner"])
    assert told.outcome == "answered"
    assert "没有提到“女朋友”" in told.sentences[-1].text
    assert told.sentences[0].text == "买家评价最好的有这几款："


def test_like_a_product_is_near_in_attributes_and_with_it_goes_only_a_bundle(shop: View) -> None:
    told = asked(shop, "anything similar?", page=("pan",))
    assert len(told.cards) == 3
    assert (told.cards[0].id, told.cards[2].id) == ("pot", "lamp")
    assert "in a bundle" in told.cards[2].why
    assert "material" in told.cards[0].why
    record = shop.record("pan")
    assert isinstance(record, Product)
    near = {row.product.id: row.nearness for row in similar.alike(shop, record, Filter())}
    assert near["pot"] > near["wok"]
    assert similar.together(shop, record)[0][1].record_id == "set"


def test_what_is_out_of_stock_never_comes_first(shop: View) -> None:
    told = asked(shop, "anything similar?", page=("mug",))
    assert "gone" not in [card.id for card in told.cards]
    only = asked(shop, "recommend something", Filter(ids=["gone"]))
    assert only.outcome == "nearest_match"
    assert "out of stock" in only.sentences[1].text


def test_nothing_that_passes_is_nothing(shop: View) -> None:
    cheap = Filter(price=PriceFilter(currency="CNY", max=1))
    told = asked(shop, "recommend something", cheap)
    assert (told.outcome, told.reason, told.cards) == ("no_match", "nothing_passes", [])
    near = asked(shop, "anything similar?", cheap, page=("pan",))
    assert (near.outcome, near.cards) == ("no_match", [])


def test_a_gift_comes_from_several_kinds_and_toys_are_none_for_a_partner(sample_view: View) -> None:
    anybody = asked(sample_view, "a gift", occasion=["gift"])
    partner = asked(sample_view, "送女朋友", audience=["partner"], occasion=["gift"])
    assert all(not card.id.startswith("kids") for card in partner.cards)
    assert len({card.id.partition("-")[0] for card in anybody.cards}) == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [("recommend something", 3), ("recommend two things", 2), ("show me your top 5 things", 5), ("推荐四款", 4)],
)
def test_as_many_as_are_wished_for(shop: View, text: str, count: int) -> None:
    assert len(asked(shop, text).cards) == count


@pytest.mark.parametrize(("text", "count"), [("kitchen things", 3), ("show me two kitchen things", 2)])
def test_as_many_of_a_kind_as_are_wished_for(shop: View, text: str, count: int) -> None:
    decision = asked(shop, text, filter=Filter(category=["Kitchen"]))
    assert len(decision.cards) == count
    assert f" {count} " in decision.sentences[0].text
