"""What earlier messages asked for, and how the next one changes it."""

import pytest

from guide.model import Turn
from index.filters import PriceFilter, RangeFilter

PHONES = (Turn("user", "三千以内的手机"), Turn("assistant", "两款", ["audio-001", "audio-002"]))
HEADPHONES = (
    Turn("user", "noise cancelling headphones under 800"),
    Turn("assistant", "Two", ["audio-006", "audio-007"]),
)
SHOES = (Turn("user", "黑色跑鞋 42码"), Turn("assistant", "…", ["sports-001", "sports-004"]))


def below(amount, currency="CNY"):
    return PriceFilter(currency=currency, max=amount)


def test_a_wish_holds_until_it_is_revised(read):
    found = read("不要南榆的呢", history=PHONES)
    assert (found.filter.category, found.filter.price, found.filter.not_brand) == (
        ["手机 Phones"], below(300_000), ["南榆 Nanyu"],
    )  # fmt: skip
    assert [(c.kind, c.carried) for c in found.constraints] == [
        ("price", True), ("category", True), ("not_brand", False),
    ]  # fmt: skip
    assert found.query == "手机"


@pytest.mark.parametrize(
    ("history", "text", "price"),
    [
        (PHONES, "预算加到五千", below(500_000)), (PHONES, "再便宜点的有吗", below(109_899)),
        (HEADPHONES, "actually, something cheaper", below(30_899)), (HEADPHONES, "under 400 then", below(40_000)),
        (PHONES, "价格无所谓", None),
    ],
)  # fmt: skip
def test_a_new_bound_replaces_the_old_one(read, history, text, price):
    assert read(text, history=history).filter.price == price


@pytest.mark.parametrize(
    ("history", "text", "attributes"),
    [
        (SHOES, "换成红色", {"color": ["red"], "size": ["42"]}),
        (SHOES, "白色也行", {"color": ["black", "white"], "size": ["42"]}),
        (SHOES, "颜色无所谓", {"size": ["42"]}), (SHOES, "不要黑色的", {"size": ["42"]}),
        (HEADPHONES, "and in white?", {"active_noise_cancelling": [True], "color": ["white"]}),
        (HEADPHONES, "what about waterproof ones", {"active_noise_cancelling": [True], "waterproof": [True]}),
        (HEADPHONES, "forget the noise cancelling", {}),
        (PHONES, "要256G的", {"storage": RangeFilter(min=254.72, max=257.28, unit="GB")}),
    ],
)  # fmt: skip
def test_values_are_replaced_added_and_dropped(read, history, text, attributes):
    found = read(text, history=history)
    assert (found.intent, found.filter.attributes) == ("find", attributes)


def test_brands_are_dropped_and_changed(read):
    kettles = (Turn("user", "Chuigu kettles under 300"), Turn("assistant", "One", ["kitchen-001"]))
    assert read("any brand is fine", history=kettles).filter.brand == []
    other = read("换个牌子", history=kettles).filter
    assert (other.brand, other.not_brand, other.price) == ([], ["炊谷 Chuigu"], below(30_000))
    same = read("anything else from that brand?", history=kettles).filter
    assert same.brand == ["炊谷 Chuigu"]


def test_another_kind_keeps_only_whom_it_is_for(read):
    laptop = (Turn("user", "laptop for my son, under 6000, 16GB"), Turn("assistant", "…", ["computing-002"]))
    found = read("actually, show me monitors instead", history=laptop)
    assert (found.filter.category, found.filter.price, found.filter.attributes) == (["显示器 Monitors"], None, {})
    assert found.audience == ["child"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("你们支持七天无理由退货吗", "shop_question"), ("第一个电池多大", "product_question"), ("谢谢", "smalltalk"),
        ("前两个比一比", "compare"),
    ],
)  # fmt: skip
def test_other_matters_leave_the_wish_alone(read, text, intent):
    aside = read(text, history=PHONES)
    assert (aside.intent, aside.filter.price) == (intent, None)
    later = read("要5G的", history=(*PHONES, Turn("user", text), Turn("assistant", "…", ["audio-001"])))
    assert (later.filter.price, later.filter.attributes) == (below(300_000), {"5g": [True]})


def test_everything_can_be_taken_back(read):
    found = read("只要防水的", history=(*PHONES, Turn("user", "重新来"), Turn("assistant", "好的")))
    assert found.filter.price is None


def test_old_messages_are_forgotten(read):
    talk = [Turn("user", "苹果的手机"), *[Turn("user", "三千以内的手机")] * 20]
    assert read("要256G的", history=tuple(talk)).filter.brand == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("前两个比一比", ["audio-006", "audio-007"]), ("后两款呢", ["audio-007", "audio-009"]),
        ("便宜的那款续航多久", ["audio-007"]), ("苹果那款防水吗", ["audio-009"]),
        ("does the last one have a mic?", ["audio-009"]),
        ("the first and third, which is lighter?", ["audio-006", "audio-009"]),
        ("最贵的那个保修几年", ["audio-009"]), ("中间那款什么颜色", ["audio-007"]),
    ],
)  # fmt: skip
def test_pointers_into_what_was_shown(read, text, ids):
    shown = (Turn("user", "耳机"), Turn("assistant", "三款", ["audio-006", "audio-007", "audio-009"]))
    assert read(text, history=shown).referents == ids
