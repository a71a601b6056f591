"""Questions about one product: its fields, a yes or no, what it costs and what runs on it."""

from datetime import UTC, datetime, timedelta

import pytest
from asking import ask

from index import api
from index.api import Filter, PriceFilter


@pytest.mark.parametrize(
    ("text", "product", "said"),
    [
        ("南榆N20电池多大的", "audio-001", "电池容量是 5,000 mAh。"),
        ("How big is the battery of the Nanyu N20?", "audio-001", "The battery capacity of Nanyu N20"),
        ("朔方 S3 多重", "audio-003", "重量是 219 g。"),
        ("How heavy is the Shuofang S3 phone?", "audio-003", "is 219 g."),
    ],
)
def test_a_fact_is_said_from_the_record(sample_view, text, product, said):
    told = ask(sample_view, text)
    assert told.ended == ("answered", None)
    assert told.ids == [product]
    assert said in told.text


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("朔方 S3 防水吗", "是的，"),
        ("Is the iPhone 15 waterproof?", "Yes. "),
        ("长青 C2 防水吗", "不，"),
        ("Is the Nanyu N20 waterproof?", "No. "),
    ],
)
def test_a_yes_or_no_question_gets_a_yes_or_no(sample_view, text, starts):
    assert ask(sample_view, text).text.startswith(starts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("N20 不防水吗", "不防水。"),
        ("Isn't the iPhone 15 waterproof?", "is waterproof."),
        ("Is the iPhone 15 not waterproof?", "is waterproof."),
    ],
)
def test_a_question_in_the_negative_gets_the_value_without_a_misleading_yes_or_no(sample_view, text, value):
    told = ask(sample_view, text)
    assert not told.text.startswith(("是的", "没有", "不是", "Yes", "No"))
    assert value in told.text


@pytest.mark.parametrize("text", ["iPhone 15 多少钱", "How much is the iPhone 15?"])
def test_a_price_is_said_for_every_variant(sample_view, text):
    told = ask(sample_view, text)
    assert told.ids == ["audio-004"]
    assert [told.text.count(price) for price in ("¥4,599", "¥4,499", "¥5,499")] == [2, 1, 1]


def test_a_named_variant_is_the_only_one_said_and_shown(sample_view):
    told = ask(sample_view, "iPhone 15 粉色 128GB 多少钱")
    assert [(card.id, card.variant_id) for card in told.cards] == [("audio-004", "audio-004-c")]
    assert "¥4,499" in told.text
    assert "¥4,599" not in told.text


@pytest.mark.parametrize("text", ["iPhone 15 最便宜的版本多少钱", "What is the cheapest version of the iPhone 15?"])
def test_the_cheapest_variant_is_the_cheapest_that_can_be_had(sample_view, text):
    (card,) = ask(sample_view, text).cards
    assert (card.id, card.variant_id) == ("audio-004", "audio-004-c")
    assert card.offer.available


@pytest.mark.parametrize("text", ["静山 700 多少钱", "How much are the Stillhill 700 headphones?"])
def test_a_flash_sale_sets_the_price_only_while_it_runs(sample_data, text):
    store, now = api.open(sample_data), datetime.now(UTC)
    during, over = ask(store.view(now), text), ask(store.view(now + timedelta(days=5)), text)
    assert during.ids == over.ids == ["audio-006"]
    assert "¥749" in during.text
    assert "¥899" in during.text  # as the list price
    assert "¥749" not in over.text
    assert "¥899" in over.text


@pytest.mark.parametrize("text", ["静山 700 有优惠吗", "Is the Stillhill 700 on sale?"])
def test_promotions_on_a_product_are_quoted_from_their_terms(sample_view, text):
    told = ask(sample_view, text)
    (terms,) = [citation for citation in told.citations if citation.field == "terms"]
    assert terms.record_id == "promo-001"
    assert terms.quote in told.text


@pytest.mark.parametrize("text", ["iPhone 15 多少钱", "How heavy is the iPhone 15?"])
def test_a_product_outside_the_request_filters_is_not_shown_and_the_text_says_why(sample_view, text):
    told = ask(sample_view, text, filters=Filter(brand=["南榆 Nanyu"], in_stock=True))
    assert told.ended == ("no_match", "nothing_passes")
    assert not told.cards
    assert "brand" in told.text
    assert "in_stock" not in told.text


def test_a_product_within_the_request_filters_is_answered(sample_view):
    within = Filter(price=PriceFilter(currency="CNY", max=450000))
    assert ask(sample_view, "iPhone 15 多重", filters=within).ids == ["audio-004"]


def test_a_filter_that_names_an_unknown_field_lets_no_product_through(sample_view):
    told = ask(sample_view, "iPhone 15 多重", filters=Filter(attributes={"no_such_field": [True]}))
    assert told.ended == ("no_match", "nothing_passes")
