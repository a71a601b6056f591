"""Wishes, comparisons, promotions, facts of the whole shop, and what its own texts say."""

import pytest
from asking import after, ask

from guide.choose.find import merged
from index.api import Filter, PriceFilter


def cny(most: int, least: int | None = None) -> PriceFilter:
    return PriceFilter(currency="CNY", min=least, max=most)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("1500元以内的手机", 150000),
        ("phones under 500 yuan", 50000),
        ("200块以下的护肤品", 20000),
        ("a tent under ¥1,000", 100000),
    ],
)
def test_nothing_over_the_budget_is_shown_as_an_answer(sample_view, text, most):
    told = ask(sample_view, text)
    assert told.done.outcome == "answered"
    assert told.cards
    assert all(card.offer.price.currency == "CNY" and card.offer.price.amount <= most for card in told.cards)


@pytest.mark.parametrize("text", ["不要苹果的手机", "a phone, not Apple"])
def test_an_unwanted_brand_is_never_shown(sample_view, text):
    told = ask(sample_view, text)
    assert told.ended == ("answered", None)
    brands = [sample_view.record(id_).brand for id_ in told.ids]
    assert brands
    assert not [brand for brand in brands if "Apple" in brand]


@pytest.mark.parametrize(
    ("text", "bound", "most"),
    [
        ("3000元以内的手机", 150000, 150000),
        ("1000元以内的手机", 350000, 100000),
        ("phones under 1000 yuan", 350000, 100000),
    ],
)
def test_the_stricter_price_bound_wins(sample_view, text, bound, most):
    told = ask(sample_view, text, filters=Filter(price=cny(bound)))
    assert told.cards
    assert all(card.offer.price.amount <= most for card in told.cards)


@pytest.mark.parametrize(
    "text",
    ["100元以内的手机", "推荐一款手机", "最便宜的手机", "现在有哪些秒杀活动？", "iPhone 15 和朔方 S3 哪个重",
     "朔方 S3 多少钱", "便宜点的有吗", "Which flash sales are running now?", "recommend a phone", "a phone, not Apple",
     "第二个多重"],
)  # fmt: skip
@pytest.mark.parametrize("scope", [Filter(brand=["苹果 Apple"]), Filter(price=cny(150000)), Filter(ids=["audio-002"])])
def test_request_filters_hold_whatever_is_asked(sample_view, text, scope):
    told = ask(sample_view, text, filters=scope, history=after("audio-003", "audio-001"))
    for card in told.cards:
        assert not scope.brand or sample_view.record(card.id).brand in scope.brand
        assert not scope.ids or card.id in scope.ids
        assert scope.price is None or card.offer.price.amount <= scope.price.max


def test_filters_are_joined_and_the_stricter_bound_of_each_kind_wins():
    own = Filter(price=cny(900, 100), rating_min=4.5, not_brand=["A"], brand=["B"], attributes={"colour": ["red"]})
    request = Filter(price=cny(1000, 200), rating_min=4.0, not_brand=["C"], attributes={"waterproof": [True]})
    both = merged(own, request)
    assert both.price == cny(900, 200)
    assert both.rating_min == 4.5
    assert both.not_brand == ["A", "C"]
    assert both.brand == ["B"]
    assert both.attributes == {"colour": ["red"], "waterproof": [True]}


def test_the_request_settles_what_cannot_be_joined():
    own = Filter(price=cny(900), brand=["A"], in_stock=True)
    request = Filter(price=PriceFilter(currency="USD", max=5), brand=["B"], in_stock=False)
    assert merged(own, request) == request


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("iPhone 15 和朔方 S3 的电池容量对比", "iPhone 15 5G 手机 6.1 英寸 USB-C 接口的资料没有写明电池容量。"),
        ("Compare the battery capacity of the iPhone 15 and the Shuofang S3", "USB-C do not state battery capacity."),
    ],
)
def test_a_comparison_aligns_its_columns_and_says_what_is_not_stated(sample_view, text, unknown):
    told = ask(sample_view, text)
    assert told.ended == ("answered", None)
    assert told.ids == told.table.columns == ["audio-004", "audio-003"]
    assert all(len(row.cells) == 2 for row in told.table.rows)
    price, asked = told.table.rows[:2]
    assert [cell.value for cell in price.cells] == ["¥4,499 – ¥5,499", "¥4,999 – ¥6,299"]
    assert [cell.value for cell in asked.cells] == [None, "5,200 mAh"]
    assert asked.cells[0].n is None
    assert unknown in told.text


def test_a_comparison_says_values_and_no_yes_or_no(sample_view):
    told = ask(sample_view, "Compare the iPhone 15 and the Nanyu N20")
    assert "is waterproof." in told.text
    assert "Yes." not in told.text


@pytest.mark.parametrize("text", ["现在有哪些秒杀活动？", "Which flash sales are running now?"])
def test_the_flash_sales_that_run_now_are_listed_with_their_products(sample_view, text):
    told = ask(sample_view, text)
    assert sorted(told.ids) == ["audio-006", "beauty-005"]
    assert {c.record_id for c in told.citations if c.field == "terms"} == {"promo-001", "promo-002"}
    assert "¥749" in told.text
    assert "¥69" in told.text


def test_promotions_of_products_outside_the_filters_are_left_out(sample_view):
    told = ask(sample_view, "现在有哪些秒杀活动？", filters=Filter(ids=["beauty-005"]))
    assert told.ids == ["beauty-005"]
    assert "静山" not in told.text


@pytest.mark.parametrize(
    ("text", "record"),
    [("七天无理由退货运费谁出？", "zh"), ("How long does shipping take?", "en"), ("How long do refunds take?", "en")],
)
def test_a_shop_rule_is_quoted_with_citations_and_shows_no_card(sample_view, text, record):
    told = ask(sample_view, text)
    assert told.ended == ("answered", None)
    assert not told.cards
    assert {citation.source for citation in told.citations} <= {"faq", "policy"}
    assert all(citation.quote in told.text for citation in told.citations if citation.language == record)
    assert told.citations


@pytest.mark.parametrize(("text", "said"), [("最便宜的手机", "¥399"), ("What is the cheapest phone?", "¥399")])
def test_the_cheapest_of_a_kind(sample_view, text, said):
    told = ask(sample_view, text)
    assert told.ids == ["audio-005"]
    assert said in told.text


@pytest.mark.parametrize("text", ["你们有多少款手机", "How many phones do you have?"])
def test_products_of_a_kind_are_counted(sample_view, text):
    assert "5" in ask(sample_view, text).text


def test_a_new_budget_alone_keeps_the_kind_of_product_that_was_shown(sample_view):
    told = ask(sample_view, "预算350以内的呢", history=after("audio-006", "audio-008", asked="推荐降噪耳机"))
    assert told.cards
    assert {card.id for card in told.cards} <= {"audio-006", "audio-007", "audio-008", "audio-009"}
    assert all(card.offer.price.amount <= 35_000 for card in told.cards)
