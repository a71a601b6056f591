from pathlib import Path

import pytest
from small_shop import built, delete, offer, product, sale, variant, view

from catalog.model import convert
from index.errors import SnapshotMissingError
from index.filters import Filter, PriceFilter
from index.view import View
from index.why import explain


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> View:
    data = tmp_path_factory.mktemp("shop")
    review = convert({"type": "review", "id": "lamp/review/1", "product_id": "lamp", "text": "A warm light"})
    built(
        data, review, delete("gone"), sale("s", "5.00", "lamp"),
        product("lamp", "Desk lamp", offer=offer("9.00"), attributes={"color": "red"}),
        product("lamp2", "Floor lamp", variants=[variant("a", "9.00", options={"color": "red"}),
                                                variant("b", "4.00", options={"color": "blue"})]),
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


def test_an_unknown_record_is_an_error(shop: View, tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="no record 'nobody'"):
        explain(shop, "nobody", None, Filter())
