import pytest

from index.filters import PriceFilter, RangeFilter


def price(low, high, currency="CNY"):
    return PriceFilter(currency=currency, min=low, max=high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预算三千以内的手机", price(None, 300_000)), ("两千元左右的耳机", price(170_000, 230_000)),
        ("100到200的键盘", price(10_000, 20_000)), ("不超过500的耳机", price(None, 50_000)),
        ("低于六十的唇妆", price(None, 6_000)),
        ("phones under $50", price(None, 5000, "USD")), ("3k以内的手机", price(None, 300_000)),
        ("phones between $1,000 and $2,000", price(100_000, 200_000, "USD")),
        ("over 1000 phones", price(100_000, None)),
        ("两三千的手机", price(200_000, 300_000)), ("2到3千的手机", price(200_000, 300_000)),
        ("¥199以下的耳机", price(None, 19_900)), ("1000块钱能买什么耳机", price(None, 100_000)),
        ("headphones around $100", price(8500, 11_500, "USD")), ("价格在1000到2000之间的手机", price(100_000, 200_000)),
        ("laptop 16GB under 5000", price(None, 500_000)), ("jackets in size 42 under 600", price(None, 60_000)),
        ("cheaper than 200 yuan", price(None, 20_000)), ("30美元以内的鼠标", price(None, 3000, "USD")),
    ],
)  # fmt: skip
def test_budgets(read, text, expected):
    assert read(text).filter.price == expected


@pytest.mark.parametrize(
    "text",
    ["评分4.5以上的耳机", "at least 20 hours battery headphones", "vacuum under 3 kg", "iPhone 15 手机", "5G 手机"],
)
def test_numbers_that_are_no_budget(read, text):
    assert read(text).filter.price is None


def test_a_currency_that_is_not_sold_is_named_and_filters_nothing(read):
    found = read("headphones under €50")
    assert (found.currency_missing, found.filter.price) == ("EUR", None)


@pytest.mark.parametrize(
    ("text", "wanted", "refused"),
    [
        ("苹果手机", ["苹果 Apple"], []), ("不要苹果的手机", [], ["苹果 Apple"]),
        ("phones, not Apple", [], ["苹果 Apple"]),
        ("no Apple or Nanyu phones", [], ["苹果 Apple", "南榆 Nanyu"]), ("除了听涧还有什么耳机", [], ["听涧 Tingjian"]),
        ("headphones other than Tingjian", [], ["听涧 Tingjian"]), ("适合苹果的充电器", [], []), ("苹果干", [], []),
        ("南榆和朔方的手机", ["南榆 Nanyu", "朔方 Shuofang"], []),
    ],
)  # fmt: skip
def test_brands(read, text, wanted, refused):
    found = read(text).filter
    assert (found.brand, found.not_brand) == (wanted, refused)


@pytest.mark.parametrize(
    ("text", "stated", "refused"),
    [
        ("不含酒精的防晒", {"alcohol_free": [True]}, {}), ("sugar-free drinks", {"sugar_free": [True]}, {}),
        ("face cleanser without alcohol", {"alcohol_free": [True]}, {}),
        ("snacks with no nuts", {"contains_nuts": [False]}, {}),
        ("耳机 不带麦克风", {}, {"microphone": [True]}), ("不要黑色的耳机", {}, {"color": ["black"]}),
        ("laptop without touchscreen", {}, {"touchscreen": [True]}), ("键盘 不要薄膜的", {}, {"switch": ["薄膜"]}),
        ("没有坚果的零食", {"contains_nuts": [False]}, {}), ("BPA-free cups", {"bpa_free": [True]}, {}),
        ("phones, anything but black", {}, {"color": ["black"]}), ("黑色以外的手机", {}, {"color": ["black"]}),
        ("手机，黑色的不要", {}, {"color": ["black"]}), ("phones except black ones", {}, {"color": ["black"]}),
        ("phones, not black or blue", {}, {"color": ["black", "blue"]}), ("键盘不要有线的", {}, {"wireless": [False]}),
        ("手机不要黑色和蓝色的", {}, {"color": ["black", "blue"]}),
        ("coffee that isn't decaf", {}, {"contains_caffeine": [False]}),
        ("不含坚果和麸质的零食", {"contains_nuts": [False], "gluten_free": [True]}, {}),
        ("snacks without nuts or gluten", {"contains_nuts": [False], "gluten_free": [True]}, {}),
        ("coffee beans without the caffeine kick", {"contains_caffeine": [False]}, {}),
        ("瓶装乌龙茶，不要加糖的", {"sugar_free": [True]}, {}),
        ("不要独显的笔记本", {}, {"dedicated_graphics": [True]}),
        ("除了防水还要能通话的手表", {"waterproof": [True]}, {}),
    ],
)  # fmt: skip
def test_negation_becomes_a_filter(read, text, stated, refused):
    found = read(text).filter
    assert ({k: v for k, v in found.attributes.items() if k != "type"}, found.not_attributes) == (stated, refused)


@pytest.mark.parametrize(
    "text",
    [
        "不锈钢水壶",
        "不粘锅",
        "no-show socks",
        "有没有手机",
        "non-stick pan",
        "我不要太贵的",
        "免费包邮",
        "不错的耳机",
        "不贵的耳机",
        "not bad headphones",
        "can't wait for a new phone",
        "没用过空气炸锅，推荐一个",
        "不知道买什么手机好",
        "not only for running shoes",
        "a no-name wireless mouse",
        "去年出的手机",
        "非常好的跑鞋",
    ],
)
def test_phrases_that_deny_nothing(read, text):
    found = read(text)
    assert found.filter.not_attributes == {}
    assert all(constraint.kind != "without" for constraint in found.constraints)


def test_any_way_to_refuse_a_brand(read):
    for text in ("headphones from any brand but Norvane", "headphones not made by Norvane", "耳机，Norvane的不要"):
        assert read(text).filter.not_brand == ["Norvane"], text
    assert read("手机，苹果和南榆都不要").filter.not_brand == ["苹果 Apple", "南榆 Nanyu"]
    assert read("neither Apple nor Nanyu phones").filter.not_brand == ["苹果 Apple", "南榆 Nanyu"]


def test_what_no_attribute_can_tell_is_kept_as_a_constraint(read):
    found = read("weighted blanket without glass beads")
    assert [(c.kind, c.value) for c in found.constraints] == [("without", "glass beads")]
    assert found.query == "weighted blanket"
    assert [c.value for c in read("a phone without black straps").constraints if c.kind == "without"] == [
        "black straps"
    ]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("黑色的鼠标", {"color": ["black"]}), ("红色 M 码的外套", {"size": ["M"], "color": ["red"]}),
        ("red running shoes in size 42", {"size": ["42"], "color": ["red"]}), ("无线耳机", {"wireless": [True]}),
        ("不锈钢水壶", {"material": ["stainless steel", "304 stainless steel", "316 stainless steel"]}),
        ("laptops with a touchscreen", {"touchscreen": [True]}),
        ("headphones with at least 20 hours battery", {"battery_life": RangeFilter(min=20, unit="h")}),
        ("噪音低于40分贝的吸尘器", {"noise": RangeFilter(max=40, unit="dB")}),
        ("16GB 内存的笔记本", {"memory": RangeFilter(min=15.92, max=16.08, unit="GB")}),
        ("512GB 手机", {"storage": RangeFilter(min=509.44, max=514.56, unit="GB")}),
        ("给三岁孩子买积木", {"suitable_age": RangeFilter(max=3, unit="year")}),
    ],
)  # fmt: skip
def test_attributes(read, text, attributes):
    assert read(text).filter.attributes == attributes


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("手机", "手机 Phones"), ("earbuds", "耳机 Headphones"), ("冲锋衣", "外套 Jackets"),
        ("laptops", "笔记本电脑 Laptops"),
        ("有没有充电宝", "充电与电源 Power & Charging"), ("手机壳", None), ("phone case", None), ("bags", None),
    ],
)  # fmt: skip
def test_nouns_name_categories_only_as_heads(read, text, category):
    assert read(text).filter.category == ([category] if category else [])


def test_an_exact_type_narrows_its_category(read):
    assert "充电宝" in read("有没有充电宝").filter.attributes["type"]
    assert "type" not in read("电动牙刷").filter.attributes


def test_stock_and_rating(read):
    assert read("有货的充电宝").filter.in_stock is True
    assert read("没货的充电宝").filter.in_stock is None
    assert read("评分4.5以上的耳机").filter.rating_min == 4.5
    assert read("headphones rated at least 4 stars").filter.rating_min == 4


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("推荐一款三千以内的手机", "手机"), ("预算两千元左右，不要苹果的手机", "手机"),
        ("headphones under $50", "headphones"),
        ("I'm looking for a quiet vacuum under 2000", "quiet vacuum"), ("预算三千以内", ""),
        ("噪音低于40分贝的吸尘器", "吸尘器"),
    ],
)  # fmt: skip
def test_the_query_keeps_the_words_that_describe_the_thing(read, text, query):
    assert read(text).query == query


def test_a_question_about_a_product_filters_nothing_but_its_form(read):
    assert read("静山 700 无线吗").filter.attributes == {}
    assert read("轻云3 有黑色的吗").filter.attributes == {"color": ["black"]}


@pytest.mark.parametrize(
    ("text", "brands", "colors"),
    [
        ("a phone with wireless charging that's NOT an iphone", ["苹果 Apple"], None),
        ("humidifier that won't leave white dust on everything", [], None), ("white wireless mouse", [], ["white"]),
        ("跑鞋，除了岚行这个牌子，500以内", ["岚行 Lanxing"], None), ("a white one please, any kettle", [], ["white"]),
    ],
)  # fmt: skip
def test_product_lines_and_colours_of_other_things(read, text, brands, colors):
    found = read(text).filter
    assert (found.not_brand, found.attributes.get("color")) == (brands, colors)
