"""Cheap and dear: a third of the live prices of the kind, and the answer says so."""

import pytest
from asking import ask

KIND = "耳机 Headphones"


def prices(view, currency="CNY"):
    offers = [view.offer(p.id) for p in view.products() if KIND in p.categories]
    return sorted(o.price.amount for o in offers if o is not None and o.price.currency == currency)


@pytest.mark.parametrize(("text", "level"), [("想要个高端的耳机", "dear"), ("cheap headphones", "cheap")])
def test_the_level_is_a_third_of_the_prices_of_the_kind(sample_view, text, level):
    told = ask(sample_view, text)
    amounts = prices(sample_view)
    assert told.cards
    third = amounts[(len(amounts) - 1) // 3] if level == "cheap" else amounts[-1 - (len(amounts) - 1) // 3]
    for card in told.cards:
        assert card.offer.price.currency == "CNY"
        assert (card.offer.price.amount <= third) if level == "cheap" else (card.offer.price.amount >= third)
    assert "三分之一" in told.text or "third of prices" in told.text


def test_a_number_says_more_than_a_level(sample_view):
    told = ask(sample_view, "便宜的耳机，1000以内")
    assert "三分之一" not in told.text
    assert all(card.offer.price.amount <= 100_000 for card in told.cards)


def test_a_level_of_nothing_in_particular_bounds_nothing(sample_view):
    told = ask(sample_view, "something cheap")
    assert "third of prices" not in told.text
