"""Advice: reasons from the records, what was given up for the nearest, what sets the shown apart."""

import pytest
from asking import ask


def test_each_product_has_what_was_asked_for_and_a_number_that_tells_them_apart(sample_view):
    told = ask(sample_view, "一千以内的降噪耳机")
    lines = told.text.split("\n")[1:4]
    assert len(told.cards) == 3
    assert all("支持主动降噪" in line and "续航是 " in line for line in lines)
    assert len({line.split("续航是 ")[1] for line in lines}) > 1
    assert all("主动降噪" in card.why for card in told.cards)


def test_the_cheapest_and_the_best_rated_of_the_shown_are_named(sample_view):
    told = ask(sample_view, "recommend a laptop for a student")
    prices = [card.offer.price.amount for card in told.cards]
    stars = [sample_view.record(card.id).rating.value for card in told.cards]
    names = ("The first", "The second", "The third")
    assert f"{names[prices.index(min(prices))]} is the cheapest of these." in told.text
    assert f"{names[stars.index(max(stars))]} is rated best, with {max(stars):g} stars." in told.text


def test_prices_of_two_currencies_are_not_ranked(sample_view):
    told = ask(sample_view, "a kettle")
    currencies = {card.offer.price.currency for card in told.cards}
    assert len(currencies) == 2
    assert "cheapest" not in told.text


def test_a_customer_who_regrets_is_no_reason_to_buy(sample_view):
    told = ask(sample_view, "recommend a laptop for a student")
    reviews = [sample_view.record(c.record_id) for c in told.citations if c.source == "customer" and c.field == "text"]
    assert all(review.rating >= 4 for review in reviews)


@pytest.mark.parametrize(
    ("text", "given_up", "kept"),
    [
        ("红色的防水跑鞋，300以内", ("防水", "红色"), "300"),
        ("a waterproof jacket in green under ¥300", ("waterproof",), "green"),
        ("kettles under $20", ("under $20",), ""),
    ],
)
def test_what_is_given_up_is_said_in_the_shoppers_words_and_is_as_little_as_can_be(sample_view, text, given_up, kept):
    told = ask(sample_view, text)
    assert told.ended == ("nearest_match", None)
    frame = told.text.split("\n")[0]
    assert all(words in frame for words in given_up)
    assert not kept or kept not in frame
