from pathlib import Path

import pytest
from small_shop import built, ids, offer, product, sale, variant, view

from index.api import FilterError, Query, View
from index.filtering import contains
from index.filters import Filter, PriceFilter, RangeFilter

SHIRT = product(
    "shirt", brand="Acme", categories=["Clothes", "Shirts"],
    variants=[
        variant("red-s", "30.00", options={"color": "red", "size": "S"}),
        variant("red-m", "60.00", options={"color": "red", "size": "M"}),
        variant("blue-m", "30.00", options={"color": "blue", "size": "M"}),
    ],
)  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> View:
    data = tmp_path_factory.mktemp("shop")
    built(
        data, SHIRT,
        product("lamp", brand="Acme Lights", categories=["Home"], offer=offer("20.00", "USD"),
                attributes={"weight": {"value": 1.5, "unit": "kg"}, "color": "white", "dimmable": True},
                rating={"value": 4.5, "count": 2}),
        product("rug", categories=["Home"], offer=offer("50.00", stock=0), attributes={"color": ["red", "grey"]},
                rating={"value": 3.0, "count": 2}),
        product("card", brand="Paper Co", attributes={"weight": {"value": 20, "unit": "g"}}),
        product("soon", brand="Acme", offer=offer("10.00", availability="preorder")),
    )  # fmt: skip
    return view(data)


def listed(shop: View, **fields: object) -> set[str]:
    return set(ids(shop.search(Query(filter=Filter(**fields)))))  # type: ignore[arg-type]


def test_constraints_must_hold_for_one_variant(shop: View) -> None:
    red_m = {"attributes": {"color": ["red"], "size": ["M"]}}
    (hit,) = shop.search(Query(filter=Filter(**red_m))).hits  # type: ignore[arg-type]
    assert (hit.id, hit.variant_id) == ("shirt", "red-m")
    assert listed(shop, **red_m, price=PriceFilter(currency="CNY", max=4000)) == set()
    assert listed(shop, attributes={"color": ["red"]}, price=PriceFilter(currency="CNY", max=4000)) == {"shirt"}


def test_a_card_shows_the_cheapest_passing_variant(shop: View) -> None:
    (hit,) = shop.search(Query(filter=Filter(attributes={"size": ["M"]}))).hits
    assert hit.variant_id == "blue-m"


def test_a_budget_matches_only_offers_of_its_currency_ends_included(shop: View) -> None:
    assert listed(shop, price=PriceFilter(currency="USD")) == {"lamp"}
    assert listed(shop, price=PriceFilter(currency="CNY", min=5000, max=6000)) == {"shirt", "rug"}
    assert listed(shop, price=PriceFilter(currency="CNY", min=5001, max=5999)) == set()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"brand": ["acme"]}, {"shirt", "soon"}),
        ({"brand": ["lights"]}, {"lamp"}),
        ({"brand": ["ights"]}, set()),
        ({"category": ["home"]}, {"lamp", "rug"}),
        ({"category": ["Shirts", "Home"]}, {"shirt", "lamp", "rug"}),
        ({"in_stock": True}, {"shirt", "lamp"}),
        ({"in_stock": False}, {"rug", "soon"}),
        ({"rating_min": 4}, {"lamp"}),
        ({"ids": ["rug", "nobody"]}, {"rug"}),
        ({"attributes": {"color": ["grey"]}}, {"rug"}),
        ({"attributes": {"颜色": ["红色"]}}, {"shirt", "rug"}),
        ({"attributes": {"dimmable": [True]}}, {"lamp"}),
        ({"attributes": {"dimmable": [False]}}, set()),
        ({"attributes": {"weight": RangeFilter(max=1, unit="kg")}}, {"card"}),
        ({"attributes": {"weight": RangeFilter(min=1500, max=1500, unit="g")}}, {"lamp"}),
        ({"attributes": {"weight": [20]}}, {"card"}),
    ],
)
def test_each_constraint(shop: View, fields: dict[str, object], found: set[str]) -> None:
    assert listed(shop, **fields) == found


def test_a_positive_filter_drops_what_is_unknown(shop: View) -> None:
    assert "card" not in listed(shop, in_stock=False)
    assert "card" not in listed(shop, attributes={"color": ["red", "white", "blue", "grey"]})


def test_a_negative_filter_drops_only_known_violators_and_ranks_the_unknown_last(shop: View) -> None:
    hits = shop.search(Query(filter=Filter(not_brand=["Paper Co"]))).hits
    assert [hit.id for hit in hits] == ["lamp", "shirt", "soon", "rug"]
    assert [hit.unverified for hit in hits] == [[], [], [], ["brand"]]


def test_a_negative_filter_is_unverified_where_the_passing_variant_states_nothing(tmp_path: Path) -> None:
    half = product("half", variants=[variant("v1", "1.00", options={"color": "red"}), variant("v2", "2.00")])
    whole = product("whole", attributes={"color": "blue"}, offer=offer("3.00"))
    built(tmp_path, half, whole)
    hits = view(tmp_path).search(Query(filter=Filter(not_attributes={"color": ["red"]}))).hits
    assert [(hit.id, hit.variant_id, hit.unverified) for hit in hits] == [
        ("whole", None, []), ("half", "v2", ["color"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "filter_",
    [
        Filter(attributes={"no such thing": ["x"]}),
        Filter(price=PriceFilter(currency="EUR", max=1)),
        Filter(attributes={"weight": RangeFilter(max=1, unit="h")}),
    ],
)
def test_what_cannot_be_filtered_is_an_error_that_says_so(shop: View, filter_: Filter) -> None:
    with pytest.raises(FilterError, match=r"no such thing|EUR|unit 'h'"):
        shop.search(Query(filter=filter_))


def test_prices_of_two_currencies_are_never_compared(shop: View) -> None:
    up = ids(shop.search(Query(sort="price_asc")))
    down = ids(shop.search(Query(sort="price_desc")))
    assert up == ["soon", "shirt", "rug", "lamp", "card"]  # the shop's currency first, no price last
    assert down == ["rug", "shirt", "soon", "lamp", "card"]


def test_a_sale_that_fits_no_currency_of_the_product_changes_nothing(tmp_path: Path) -> None:
    built(
        tmp_path, product("yen", offer=offer("1000", "JPY")), product("none"), product("cny", offer=offer("9.00")),
        sale("s", "5.50", "yen", "none", "cny"),
    )  # fmt: skip
    now = view(tmp_path)
    assert now.offer("none") is None
    yen, cny = now.offer("yen"), now.offer("cny")
    assert yen is not None
    assert cny is not None
    assert (yen.price.amount, cny.price.amount, cny.list_price and cny.list_price.amount) == (1000, 550, 900)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [("acme lights", "lights", True), ("acme lights", "light", False), ("小米手机", "手机", True), ("a", "", False),
     ("lg电子", "lg", True), ("xlg", "lg", False)],
)  # fmt: skip
def test_whole_words_where_they_are_latin(word: str, text: str, found: bool) -> None:
    assert contains(word, text) is found
