"""What is not wanted: never shown where a field tells, said to be open where none does, admitted where all have it."""

import pytest
from asking import ask

from guide.choose import negated
from guide.engine import Engine
from guide.model import Question, Turn
from guide.understand import negation
from index.api import Filter


@pytest.mark.parametrize("text", ["手机不要黑色的", "phones, anything but black", "黑色以外的手机"])
def test_the_form_that_is_shown_is_not_of_a_refused_colour(sample_view, text):
    told = ask(sample_view, text)
    assert told.done.outcome == "answered"
    assert told.cards
    for card in told.cards:
        product = sample_view.record(card.id)
        options = [one.options for one in product.variants if one.id == card.variant_id]
        assert "黑色" not in [value for option in options for value in option.values()]


@pytest.mark.parametrize("text", ["不带麦克风的耳机", "headphones without a microphone"])
def test_a_denied_feature_names_no_product_that_has_it(sample_view, text):
    told = ask(sample_view, text)
    assert told.ids
    assert not [id_ for id_ in told.ids if sample_view.record(id_).attributes.get("麦克风") is True]


@pytest.mark.parametrize(("text", "thing"), [("不要塑料的电水壶", "塑料"), ("a kettle not made of plastic", "plastic")])
def test_what_no_record_tells_is_said_to_be_open(sample_view, text, thing):
    told = ask(sample_view, text)
    assert told.done.outcome == "answered"
    assert {tuple(card.unverified) for card in told.cards} == {(thing,)}
    assert thing in told.text


def test_where_all_have_it_the_nearest_is_shown_and_admitted(sample_view):
    told = ask(sample_view, "a shampoo without a pump bottle")
    assert told.done.outcome == "nearest_match"
    assert "without a pump bottle" in told.text
    assert all(card.unverified == [] for card in told.cards)


def test_what_is_refused_is_not_given_up_for_a_lower_price(sample_view):
    told = ask(sample_view, "不含坚果的零食，10元以内")
    assert told.done.outcome == "nearest_match"
    assert told.ids
    assert not [id_ for id_ in told.ids if sample_view.record(id_).attributes.get("含坚果") is not False]


@pytest.mark.parametrize(
    ("text", "unheld", "held"),
    [
        ("weighted blanket without glass beads", ("glass beads",), Filter()),
        ("snacks without nuts", (), Filter(attributes={"contains_nuts": [False]})),
    ],
)
def test_which_negations_a_filter_holds(sample_view, text, unheld, held):
    understood = Engine().understand(Question(text=text), sample_view)
    assert negation.unheld(understood) == unheld
    assert negation.held(understood) == frozenset(held.attributes)


def test_a_phrase_that_was_read_is_not_read_again():
    assert negated.phrases("not bad, no rush, without a lid") == ["bad", "rush", "a lid"]
    assert not negated.phrases(negation.plain("not bad, no rush"))


@pytest.mark.parametrize(
    ("text", "outcome", "ids"),
    [
        ("speakers in stock other than Mingye", "nearest_match", ["audio-012"]),
        ("desk lamps made by Alderhaus that are in stock", "nearest_match", ["home-009"]),
        ("headphones under 300 CNY by Norvane", "nearest_match", ["audio-010"]),
        ("is the Halvorn kettle in stock?", "answered", ["kitchen-003"]),
    ],
)
def test_a_wish_for_what_can_be_had_is_no_question_about_the_one_that_cannot(sample_view, text, outcome, ids):
    told = ask(sample_view, text)
    assert (told.done.outcome, told.ids) == (outcome, ids)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("有货的打印机总共有几种", "1"),
        ("跑鞋总共有几种", "4"),
        ("店里有几款有现货的搅拌机？", "2"),
        ("can you tell me how many laptops you carry?", "5"),
        ("what is the number of skincare products excluding Qingyu in your shop?", "4"),
        ("给我推荐几款有货的外套", None),
        ("平底锅有什么好的？牌子要素铁", None),
    ],
)
def test_a_number_is_told_where_one_is_asked_for(sample_view, text, count):
    told = ask(sample_view, text)
    assert told.done.outcome == "answered"
    assert (told.cards == [] and count in told.text) if count else told.cards


def test_an_extreme_is_of_the_kind_that_is_named(sample_view):
    assert ask(sample_view, "what's the most expensive smart watch but not Subu?").ids == ["audio-016"]
    assert set(ask(sample_view, "搅拌机里面最贵的是哪个").ids) == {"kitchen-011"}
    assert set(ask(sample_view, "which skincare product is the most expensive?").ids) == {"beauty-003", "beauty-004"}


@pytest.mark.parametrize("text", ["and under RMB 70?", "那60以下的有吗"])
def test_a_new_budget_is_no_comparison_of_what_was_shown(sample_view, text):
    shown = Turn(role="assistant", content="…", product_ids=["kids-006", "kids-007"])
    history = (Turn(role="user", content="纸尿裤"), shown)
    assert ask(sample_view, text, history=history).done.outcome in {"nearest_match", "no_match"}


@pytest.mark.parametrize(
    ("text", "most"), [("phones that cost less than RMB 1200", 120000), ("九十之内的瑜伽垫", 9000)]
)
def test_an_amount_is_no_name_and_small_numbers_are_money(sample_view, text, most):
    told = ask(sample_view, text)
    assert told.done.outcome == "answered"
    assert all(card.offer.price.amount <= most for card in told.cards)
