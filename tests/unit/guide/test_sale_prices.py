"""The price of the moment is one: in the filter, the order, the facet, the card and the sentence."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from asking import ask
from hypothesis import given, settings
from hypothesis import strategies as st
from small_shop import NOW, built, offer, product, sale, view

from catalog.model import convert
from catalog.money import display

UNTIL = "2026-11-11T20:00:00+08:00"
"""The moment that the small shop's now is."""


def lamp(id_: str, price: str, currency: str = "CNY", **fields: Any) -> Any:
    return product(
        id_, f"Lamp {id_.upper()}", categories=["Lamps"], offer=offer(price, currency, **fields), language="en"
    )


def percent(id_: str, share: float, *product_ids: str, **fields: Any) -> Any:
    record = {"type": "promotion", "id": id_, "kind": "flash_sale", "product_ids": [*product_ids]}
    times = {"starts_at": "2026-11-11T00:00:00+00:00", "ends_at": UNTIL}
    return convert({**record, **times, "discount": {"percent": share}, **fields})


@settings(max_examples=12)
@given(
    usual=st.lists(st.integers(200, 900), min_size=3, max_size=3),
    shares=st.lists(st.sampled_from([5, 33.3, 50, 90]), min_size=3, max_size=3),
    hour=st.integers(-2, 1),
)
def test_card_sentence_filter_and_order_agree(usual: list[int], shares: list[float], hour: int) -> None:
    names = ["alpha", "bravo", "charlie"]
    with TemporaryDirectory() as folder:
        lamps = [lamp(id_, f"{cents / 100:.2f}") for id_, cents in zip(names, usual, strict=True)]
        sales = [percent(f"s{at}", share, names[at]) for at, share in enumerate(shares)]
        built(Path(folder), *lamps, *sales)
        now = view(Path(folder), NOW + timedelta(hours=hour))
        told = ask(now, "cheapest lamp")
        (facet,) = now.facets().prices
        assert {card.id for card in told.cards} == set(facet.all_cheapest)
        for card in told.cards:
            assert card.offer == now.offer(card.id)
            assert card.offer is not None
            assert card.offer.price == facet.min
            assert (card.offer.promotion_id is not None) == (hour < 0)
        assert display(facet.min) in told.text
        assert ("until 2026-11-11 20:00 UTC+08:00" in told.text) == (hour < 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how much is Lamp A?", "¥5 (usually ¥10, list price ¥12, flash sale until 2026-11-12 00:00 UTC)"),
        ("Lamp A 多少钱？", "¥5（平时 ¥10，原价 ¥12，秒杀截至 2026-11-12 00:00 UTC）"),
    ],
)
def test_a_sale_says_the_usual_price_and_its_end(tmp_path: Path, text: str, said: str) -> None:
    built(tmp_path, lamp("a", "10.00", list_price="12.00"), sale("s", "5.00", "a"))
    assert said in ask(view(tmp_path), text, product_ids=("a",)).text


@pytest.mark.parametrize(("text", "said"), [("how much is it?", "coupon, 15% off"), ("多少钱", "优惠券，减 15%")])
def test_a_coupon_is_a_condition_and_never_the_price(tmp_path: Path, text: str, said: str) -> None:
    built(tmp_path, lamp("a", "10.00"), percent("c", 15, "a", kind="coupon", ends_at="2026-12-01T00:00:00+00:00"))
    told = ask(view(tmp_path), text, product_ids=("a",))
    assert said in told.text
    assert "¥10" in told.text
    assert "8.5" not in told.text
