"""Products read back from the text of an answer: whole titles in either language, and never a guess."""

import pytest
from asking import ask

from catalog.model import Product, convert
from guide.engine import Engine
from guide.understand.shop import Shop
from guide.understand.shown import Titles, shown


def product(id_: str, title: str, brand: str = "", **fields: object) -> Product:
    record = convert({"type": "product", "id": id_, "title": title, "brand": brand, "source": "erp", **fields})
    assert isinstance(record, Product)
    return record


SHOP = Shop.build([
    product("n20", "南榆 N20 手机", "南榆", translations={"en": {"title": "Nanyu N20 phone"}}),
    product("n20s", "南榆 N20 手机 (256 GB)", "南榆"),
    product("x5", "Nanyu X5 Pro phone, 6.7-inch", "Nanyu"),
    product("cup-1", "Steel cup"),
    product("cup-2", "Steel Cup"),
])  # fmt: skip
ENGINE = Engine()
TITLES = Titles.build(SHOP.items.values())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("为您找到 2 款：\n南榆 N20 手机 (256 GB)现价 ¥1。[1]\n南榆 N20 手机：¥2。[2]", ["n20s", "n20"]),
        ("**Nanyu N20 phone** costs ¥1; NANYU X5 PRO PHONE, 6.7-inch costs ¥2.[1]", ["n20", "x5"]),
        ("Nanyu N20 phone is lighter. Nanyu X5 Pro phone, 6.7-inch, unlike Nanyu N20 phone, is big.", ["n20", "x5"]),
        ("退货运费由买家承担。[1]", []),
        ("A customer says: “I had the N20 before.”[1]", []),
        ("", []),
    ],
)
def test_whole_titles_tell_their_products_in_order(text, ids):
    assert shown(text, SHOP, TITLES) == ids


@pytest.mark.parametrize(
    "text",
    [
        "Steel cup costs ¥9.[1]",
        "I would take the X5 Pro.",
        "Nanyu N20 phone costs ¥1, the X5 Pro ¥2.",
        "x" * 9000,
    ],
    ids=["a title of two", "a short name", "one whole, one short", "no answer of ours"],
)
def test_a_text_that_does_not_tell_surely_is_unreadable(text):
    assert shown(text, SHOP, TITLES) is None


QUESTIONS = [
    "三千以内的手机", "phones under 3000", "对比南榆 N20 和 X5 Pro", "Is the Nanyu N20 waterproof?", "最便宜的手机",
    "不要苹果的蓝牙耳机", "gift for a 5 year old", "退货运费谁出？", "How do I return something?", "你们卖哪些品牌",
    "500 元以内的降噪耳机有哪些？", "which headphones have noise cancelling?", "phones under 100", "hello",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_guides_own_answers_name_their_cards(sample_view, question):
    told = ask(sample_view, question)
    read = ENGINE.shown(told.text, sample_view)
    assert read is not None
    assert set(read) == set(told.ids)
