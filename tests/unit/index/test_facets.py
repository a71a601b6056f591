from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_shop import built, offer, product, variant, view

from catalog import lexicon
from catalog.model import Product
from catalog.money import to_minor
from index.api import Filter, View
from index.filters import PriceFilter


def test_counts_equal_a_count_over_the_records(sample_view: View, sample_products: list[Product]) -> None:
    found = sample_view.facets()
    assert found.total == len(sample_products)
    brands = Counter(product.brand for product in sample_products if product.brand)
    assert {facet.value: facet.count for facet in found.brands} == dict(brands.most_common(50))
    categories = Counter(name for product in sample_products for name in set(product.categories))
    assert {facet.value: facet.count for facet in found.categories} == dict(categories.most_common(50))
    available = [product for product in sample_products if any(_in_stock(product))]
    assert found.available == len(available)


def _offers(product: Product) -> list[object]:
    return [variant.offer or product.offer for variant in product.variants] or [product.offer]


def _in_stock(product: Product) -> list[bool]:
    return [offer.availability == "in_stock" and offer.stock != 0 for offer in _offers(product)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_prices_equal_a_pass_over_the_offers(sample_data: Path, sample_products: list[Product], currency: str) -> None:
    before_any_sale = view(sample_data, datetime(2020, 1, 1, tzinfo=UTC))
    (facet,) = [facet for facet in before_any_sale.facets().prices if facet.min.currency == currency]
    prices = {
        item.id: [to_minor(o.price, currency) for o in _offers(item) if o.currency == currency]  # type: ignore[attr-defined]
        for item in sample_products
    }
    flat = [price for own in prices.values() for price in own]
    assert (facet.min.amount, facet.max.amount) == (min(flat), max(flat))
    assert facet.count == sum(bool(own) for own in prices.values())
    assert min(flat) in prices[facet.cheapest]
    assert max(flat) in prices[facet.dearest]


def test_attribute_counts_equal_a_count_over_the_records(sample_view: View, sample_products: list[Product]) -> None:
    counted: Counter[str] = Counter()
    for item in sample_products:
        stated = [item.attributes, *(form.options for form in item.variants)]
        stated += [translation.attributes or {} for translation in item.translations.values()]
        colours: set[str] = set()
        for group in stated:
            for name, value in group.items():
                if lexicon.key(name) == "color":
                    colours |= {lexicon.value(word) for word in (value if isinstance(value, list) else [str(value)])}
        counted.update(colours)
    found = {facet.value: facet.count for facet in sample_view.facets().attributes["color"]}
    assert found == {value: counted[value] for value in found}
    assert len(found) == min(50, len(counted))


def test_facets_obey_the_filter(sample_view: View) -> None:
    budget = Filter(price=PriceFilter(currency="USD", max=5000))
    found = sample_view.facets(budget)
    assert 0 < found.total < sample_view.facets().total
    (price,) = found.prices
    assert price.max.amount <= 5000
    assert sum(facet.count for facet in found.categories) >= found.total


def test_numbers_are_ranges_in_one_unit(tmp_path: Path) -> None:
    built(
        tmp_path,
        product("a", attributes={"weight": {"value": 1, "unit": "kg"}}, offer=offer("1.00")),
        product("b", attributes={"weight": "300 g"}),
        product("c", attributes={"weight": {"value": 9, "unit": "pebble"}}),
        product("d", variants=[variant("x", options={"size": "S"}), variant("y", options={"size": "S"})]),
    )
    found = view(tmp_path).facets()
    weight = found.numbers["weight"]
    assert (weight.min, weight.max, weight.unit, weight.count) == (300, 1000, "g", 2)
    assert [(facet.value, facet.count) for facet in found.attributes["size"]] == [("s", 1)] or (
        [(facet.value, facet.count) for facet in found.attributes["size"]] == [("S", 1)]
    )


def test_an_empty_selection_has_no_facets(sample_view: View) -> None:
    found = sample_view.facets(Filter(ids=["nobody"]))
    assert (found.total, found.available, found.brands, found.prices, found.attributes) == (0, 0, [], [], {})


def test_coverage_counts_the_products_that_a_filter_can_read(tmp_path: Path) -> None:
    shirt = [variant("m", "3.00", list_price="4.00", options={"size": "M"}), variant("l", options={"size": "L"})]
    built(
        tmp_path,
        product("a", brand="B", categories=["C", "D"], offer=offer("1.00"), rating={"value": 4.5, "count": 2}),
        product("b", categories=["C"], variants=shirt, attributes={"weight": "300 g"}),
        product("c", brand="B", attributes={"weight": "light"}, offer=offer("1.00")),
    )
    found = view(tmp_path).facets()
    stated = found.coverage
    assert (stated.price, stated.brand, stated.category, stated.in_stock, stated.rating_min) == (3, 2, 2, 3, 1)
    assert stated.attributes == {"size": 1, "weight": 2}
    assert (found.on_sale, found.brand_count, found.category_count) == (1, 1, 2)
    assert view(tmp_path).on_sale() == ["b"]
    assert found.rating is not None
    assert (found.rating.min, found.rating.max, found.rating.count) == (4.5, 4.5, 1)
    assert (found.prices[0].all_cheapest, found.prices[0].all_dearest) == (["a", "c"], ["b"])
