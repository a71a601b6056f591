from pathlib import Path

import pytest
from small_shop import built, delete, offer, product, sale, variant, view

from catalog.model import convert
from index.changes import OfferChange
from index.errors import SnapshotMissingError
from index.filters import Filter, PriceFilter
from index.overlay import Row
from index.view import View
from index.why import explain


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> View:
    data = tmp_path_factory.mktemp("shop")
    review = convert({"type": "review", "id": "lamp/review/1", "product_id": "lamp", "text": "A warm light"})
    built(
        data, review, delete("gone"), sale("s", "5.00", "lamp"),
        product("lamp", "Desk lamp", offer=offer("9.00"), attributes={"color": "red"}, url="https://shop.example/lamp"),
        product("lamp2", "Floor lamp", brand="Glow", categories=["Light", "Floor"], rating={"value": 4.5, "count": 2},
                attributes={"height": {"value": 1.5, "unit": "m"}, "shades": 2},
                variants=[variant("a", "9.00", stock=3, options={"color": "red"}),
                          variant("b", "4.00", options={"color": "blue"})]),
        product("priceless", "Thing"),
    )  # fmt: skip
    return view(data)


def test_it_says_what_is_indexed_and_what_it_costs_now(shop: View) -> None:
    told = explain(shop, "lamp", None, Filter())
    assert told["passages"][0] == "title [en] Desk lamp"
    assert told["offer"]["price"] == {"amount": 500, "currency": "CNY"}
    assert told["offer"]["promotion_id"] == "s"
    assert told["opinions"] == ["lamp/review/1"]


def test_it_says_where_the_record_stands_and_for_whom(shop: View) -> None:
    told = explain(shop, "lamp2", "floor lamp", Filter())["query"]
    assert (told["rank"], told["rank_per_retriever"]) == (1, {"lexical": 1})
    assert explain(shop, "lamp", "zebra", Filter())["query"]["rank"] is None


def test_it_names_the_constraint_that_drops_the_record(shop: View) -> None:
    cheap = PriceFilter(currency="CNY", max=400)
    assert explain(shop, "lamp", None, Filter(price=cheap, in_stock=True))["dropped_by"] == ["price"]
    assert explain(shop, "lamp/review/1", None, Filter(price=cheap))["dropped_by"] == ["price"]
    assert explain(shop, "lamp2", None, Filter(ids=["lamp"]))["dropped_by"] == ["ids"]
    assert explain(shop, "lamp2", None, Filter(in_stock=True))["dropped_by"] == []


def test_it_says_when_only_all_constraints_together_drop_it(shop: View) -> None:
    red_and_cheap = Filter(attributes={"color": ["red"]}, price=PriceFilter(currency="CNY", max=400))
    assert explain(shop, "lamp2", None, red_and_cheap)["dropped_by"] == [
        "no single variant satisfies all of: price, attributes"
    ]


def test_a_record_that_is_not_searched_says_so(shop: View) -> None:
    assert explain(shop, "s", "lamp", Filter())["query"]["note"] == "a promotion is not searched"


def test_a_deleted_record_says_who_took_it(shop: View) -> None:
    told = explain(shop, "gone", "lamp", Filter())
    assert told["deleted_by"] == "erp"
    assert told["deleted_at"]


def test_it_names_the_feed_and_what_of_it_is_indexed(shop: View) -> None:
    told = explain(shop, "lamp", None, Filter())
    assert told["source"] == "erp"
    assert told["updated_at"]
    assert told["kept"]["attributes"] == ["meaning", "words", "filters"]
    assert told["dropped"] == ["url"]
    assert explain(shop, "lamp/review/1", None, Filter())["dropped"] == ["updated_at"]


def test_it_shows_what_the_filters_see_of_each_variant(shop: View) -> None:
    red, blue = explain(shop, "lamp2", None, Filter())["filter_values"]
    assert red == {
        "variant_id": "a", "price": {"amount": 900, "currency": "CNY"}, "availability": "in_stock", "stock": 3,
        "brand": "Glow", "categories": ["Light", "Floor"], "rating": 4.5,
        "attributes": {"color": ["red"], "height": ["150 cm"], "shades": ["2"]},
    }  # fmt: skip
    assert (blue["variant_id"], blue["attributes"]["color"]) == ("b", ["blue"])
    (sold,) = explain(shop, "lamp", None, Filter())["filter_values"]
    assert sold == {
        "price": {"amount": 500, "currency": "CNY"}, "availability": "in_stock", "attributes": {"color": ["red"]},
    }  # fmt: skip
    assert explain(shop, "priceless", None, Filter())["filter_values"] == [{}]


def test_it_shows_live_changes_with_their_time_and_key(shop: View) -> None:
    row = Row(7, OfferChange(id="lamp", price="8.00", currency="CNY"), "2026-11-11T10:00:00Z", "till-key")
    (told,) = explain(shop, "lamp", None, Filter(), [row])["overlay"]
    assert (told["seq"], told["by"], told["received_at"]) == (7, "till-key", "2026-11-11T10:00:00Z")
    assert told["change"]["price"] == "8.00"
    assert "overlay" not in explain(shop, "lamp", None, Filter())


def test_a_product_that_is_not_found_still_says_what_each_retriever_makes_of_it(shop: View) -> None:
    assert explain(shop, "lamp", "zebra", Filter())["query"]["scores"] == {}
    dropped = explain(shop, "lamp", "desk lamp", Filter(ids=["lamp2"]))
    assert dropped["dropped_by"] == ["ids"]
    assert dropped["query"]["rank"] is None
    assert dropped["query"]["scores"]["lexical"] > 0


def test_an_unknown_record_is_an_error(shop: View, tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="no record 'nobody'"):
        explain(shop, "nobody", None, Filter())
