"""Families of wording: each row stands for many that are said alike."""

import pytest

from index.filters import PriceFilter, RangeFilter


def price(low, high, currency="CNY"):
    return PriceFilter(currency=currency, min=low, max=high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一两百的键盘", price(10_000, 20_000)), ("三百多的耳机", price(30_000, 37_500)),
        ("手里有三千块，想买手机", price(None, 300_000)), ("不想花超过800块的耳机", price(None, 80_000)),
        ("不低于500的耳机", price(50_000, None)), ("至少500最多800的空气净化器", price(50_000, 80_000)),
        ("no less than $300 tents", price(30_000, None, "USD")), ("a laptop under a grand", price(None, 100_000)),
        ("between two and three hundred dollars for a tent", price(20_000, 30_000, "USD")),
        ("the price shouldn't exceed 400 yuan for a kettle", price(None, 40_000)), ("送男友一块手表", None),
        ("80块装的积木", None), ("a laptop under 3 pounds", None),
    ],
)  # fmt: skip
def test_budgets(read, text, expected):
    assert read(text).filter.price == expected


def test_pounds_weigh_little_and_cost_much(read):
    assert read("a laptop under 3 pounds").filter.attributes["weight"] == RangeFilter(max=3, unit="lb")
    assert read("headphones under 40 pounds").currency_missing == "GBP"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("便宜点的手机", "cheap"), ("不要太贵的跑鞋", "cheap"), ("预算有限，想买个耳机", "cheap"),
        ("not too pricey jacket", "cheap"), ("a budget phone", "cheap"), ("高端耳机", "dear"),
        ("不差钱的咖啡机", "dear"),
        ("premium coffee machine", "dear"), ("最便宜的手机", ""), ("手机贵不贵", ""), ("budget 300 phones", ""),
    ],
)  # fmt: skip
def test_cheap_and_dear_without_a_number(read, text, level):
    assert read(text).level == level


@pytest.mark.parametrize(
    ("text", "audience", "occasion"),
    [
        ("给爸爸买的手机", ["parent"], []), ("headphones for my teenage son", ["teenager"], []),
        ("women's running shoes", ["woman"], []), ("学生党笔记本", ["student"], []),
        ("a tent for beginners going camping", ["beginner"], ["camping"]), ("上下班通勤背的双肩包", [], ["commute"]),
        ("birthday present for grandma", ["senior"], ["gift", "birthday"]), ("婴儿推车", [], []),
        ("running shoes", [], []), ("给三岁宝宝买积木", ["child"], []),
    ],
)  # fmt: skip
def test_for_whom_and_what_for(read, text, audience, occasion):
    found = read(text)
    assert (found.audience, found.occasion) == (audience, occasion)


def test_gender_becomes_a_filter_where_the_kind_states_it(read):
    assert read("women's jacket").filter.attributes["gender"] == ["women", "unisex"]
    assert "gender" not in read("women's perfume").filter.attributes


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("四星以上的充电宝", 4), ("toothbrush with at least 4 stars", 4), ("口碑好的吹风机", 4),
        ("highly rated kettles", 4),
        ("好评4.8分以上的面霜", 4.8), ("按好评排序的帐篷", None),
    ],
)  # fmt: skip
def test_ratings(read, text, rating):
    assert read(text).filter.rating_min == rating


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("能马上发货的纸尿裤", True), ("有没有现货的纸尿裤", True), ("air fryers I can get right away", True),
        ("别给我推没货的，要面霜", True), ("没货的充电宝", None),
    ],
)  # fmt: skip
def test_stock(read, text, stock):
    assert read(text).filter.in_stock is stock


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("无线充电的手机", {"wireless_charging": [True]}), ("decaf coffee", {"contains_caffeine": [False]}),
        ("能登机的婴儿推车", {"cabin_size": [True]}), ("双人帐篷", {"sleeps": RangeFilter(min=2, max=2)}),
        ("SPF50以上的防晒霜", {"spf": RangeFilter(min=50, unit=None)}),
        ("yoga mat thicker than 5 mm", {"thickness": RangeFilter(min=5, unit="mm")}),
        ("屏幕不小于6.5寸的手机", {"screen_size": RangeFilter(min=6.5, unit="inch")}),
        ("4K monitor", {"resolution": ["3840×2160"]}), ("32GB内存1T硬盘的笔记本", None),
    ],
)  # fmt: skip
def test_features_and_measures(read, text, attributes):
    found = read(text).filter.attributes
    if attributes is None:
        assert found.keys() == {"memory", "storage"}
    else:
        assert {key: value for key, value in found.items() if key != "type"} == attributes


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("1T硬盘的笔记本", "笔记本电脑 Laptops"), ("phone with 512GB storage", "手机 Phones"),
        ("a bottle that keeps drinks hot", "奶瓶水杯 Bottles & Cups"), ("枕头高度10厘米以下", "枕头 Pillows"),
        ("面霜不要太油", "护肤 Skincare"), ("stroller", "婴儿推车 Strollers"),
        ("兩千元左右的筆電", "笔记本电脑 Laptops"),
    ],
)  # fmt: skip
def test_the_wanted_kind_among_other_nouns(read, text, category):
    assert read(text).filter.category == [category]


@pytest.mark.parametrize(
    "text",
    [
        "1.5升以上的电水壶",
        "14-inch laptop",
        "麻辣味的面",
        "organic cold-pressed oil",
        "show me tea from 岭上春 or 老仓",
    ],
)
def test_words_of_titles_that_describe_a_wish_name_no_product(read, text):
    assert (read(text).intent, read(text).referents) == ("find", [])


@pytest.mark.parametrize(
    "text", ["送爸爸什么好", "推荐点好东西", "any gift ideas for mum?", "something similar to the AirPods Pro"]
)
def test_suggestions_of_no_kind(read, text):
    assert read(text).intent == "recommend"
