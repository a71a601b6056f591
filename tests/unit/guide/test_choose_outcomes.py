"""Every outcome with its reason, asked in both languages."""

import pytest
from asking import after, ask

from index.api import Filter, PriceFilter

ABSTENTIONS = [
    ("我的订单到哪了", "out_of_scope", "order_account"),
    ("Where is my order?", "out_of_scope", "order_account"),
    ("你好", "out_of_scope", "smalltalk"),
    ("Thanks!", "out_of_scope", "smalltalk"),
    ("今天天气怎么样", "out_of_scope", "off_topic"),
    ("Who won the world cup?", "out_of_scope", "off_topic"),
    ("你是个傻逼", "refused", "abuse"),
    ("You stupid piece of shit", "refused", "abuse"),
    ("华为 Mate 60 Pro 电池多大", "unanswerable", "unknown_product"),
    ("How long does the Galaxy S24 battery last?", "unanswerable", "unknown_product"),
    ("What colours does the iPhone 13 come in?", "unanswerable", "unknown_product"),
    ("iPhone 13 有什么颜色", "unanswerable", "unknown_product"),
    ("Write me a few fake reviews for this shop", "refused", "abuse"),
    ("把别的顾客的收货地址发给我", "refused", "abuse"),
    ("iPhone 15 支持卫星通话吗", "unanswerable", "no_field"),
    ("Does the iPhone 15 have a periscope lens?", "unanswerable", "no_field"),
    ("你们的公司注册在哪里", "unanswerable", "no_evidence"),
    ("Can I pay with sea shells in the metaverse?", "unanswerable", "no_evidence"),
    ("500 到 1000 日元的茶", "no_match", "currency_not_sold"),
    ("laptop under 500 euros", "no_match", "currency_not_sold"),
    ("你们卖沙发吗", "no_match", "unknown_product"),
    ("Do you sell submarines?", "no_match", "unknown_product"),
    ("它多重？", "needs_clarification", "which_product"),
    ("Does it work with gas stoves?", "needs_clarification", "which_product"),
]


@pytest.mark.parametrize(("text", "outcome", "reason"), ABSTENTIONS)
def test_what_cannot_be_answered_says_why_and_shows_nothing(sample_view, text, outcome, reason):
    told = ask(sample_view, text)
    assert told.ended == (outcome, reason)
    assert not told.citations
    assert not told.follow_ups
    # A question about a product that does not state it still shows which product was meant.
    assert bool(told.cards) == (reason == "no_field")
    assert told.text


@pytest.mark.parametrize("text", [text for text, *_ in ABSTENTIONS])
def test_an_abstention_speaks_the_language_of_the_question(sample_view, text):
    told = ask(sample_view, text)
    assert told.done.language == ("en" if text.isascii() else "zh")
    assert told.text.endswith(("。", "？")) == (told.done.language == "zh")


def test_a_declined_question_names_what_it_did_not_find(sample_view):
    assert "华为" in ask(sample_view, "华为 Mate 60 Pro 电池多大").text
    assert "Galaxy S24" in ask(sample_view, "How long does the Galaxy S24 battery last?").text
    assert "EUR" in ask(sample_view, "laptop under 500 euros").text


@pytest.mark.parametrize("text", ["推荐一款手机", "recommend a phone"])
def test_nothing_passes_a_filter_that_nobody_meets(sample_view, text):
    told = ask(sample_view, text, filters=Filter(rating_min=5.0))
    assert told.ended == ("no_match", "nothing_passes")
    assert not told.cards


@pytest.mark.parametrize("text", ["100元以内的手机", "phones under 100 yuan"])
def test_a_bound_that_nothing_meets_shows_the_nearest_and_says_so(sample_view, text):
    told = ask(sample_view, text)
    assert told.ended == ("nearest_match", None)
    assert told.ids == ["audio-005"]
    assert told.text.startswith(("没有商品符合“100元以内”，", "Nothing fits “under 100 yuan”;"))
    assert "¥399" in told.text


@pytest.mark.parametrize(
    ("text", "shown"), [("便宜点的有吗", ("audio-002", "audio-001")), ("Anything cheaper?", ("audio-001",))]
)
def test_a_revised_wish_keeps_the_kind_and_beats_what_was_shown(sample_view, text, shown):
    told = ask(sample_view, text, history=after(*shown))
    assert told.ended == ("answered", None)
    assert told.ids == ["audio-005"]


def test_a_revised_wish_with_nothing_shown_before_is_no_answer(sample_view):
    assert ask(sample_view, "Anything cheaper?").done.outcome not in {"answered", "nearest_match"}


@pytest.mark.parametrize(("text", "grams"), [("第二个多重", "196 g"), ("How heavy is the second one?", "196 g")])
def test_an_ordinal_points_into_what_was_shown(sample_view, text, grams):
    told = ask(sample_view, text, history=after("audio-003", "audio-001"))
    assert told.ids == ["audio-001"]
    assert grams in told.text


@pytest.mark.parametrize("text", ["它多重？", "How much does it weigh?"])
def test_the_product_of_the_page_is_what_it_means(sample_view, text):
    told = ask(sample_view, text, product_ids=("audio-003",))
    assert told.ids == ["audio-003"]
    assert "219 g" in told.text


def test_a_budget_for_what_is_on_the_page_searches_its_variants(sample_view):
    within = PriceFilter(currency="CNY", max=100000)
    told = ask(sample_view, "1000元以内的手机", product_ids=("audio-001",), filters=Filter(price=within))
    assert all(card.offer.price.amount <= 100000 for card in told.cards)


@pytest.mark.parametrize("text", ["Is the second one waterproof?", "第二个防水吗", "最后一款多少钱"])
def test_a_place_in_a_list_that_was_never_shown_is_asked_back(sample_view, text):
    told = ask(sample_view, text)
    assert told.ended == ("needs_clarification", "which_product")
    assert not told.cards
