"""A number of products that is wished for is read; numbers of anything else are not."""

import pytest

from guide.understand.how_many import wished


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("推荐两款蓝牙耳机", 2),
        ("给我推荐三个加湿器", 3),
        ("帮我挑4台扫地机", 4),
        ("推荐一下两款跑鞋吧", 2),
        ("来六件外套看看", 6),
        ("Recommend two wireless headphones", 2),
        ("show me 3 tents under $200", 3),
        ("what are the top five laptops here?", 5),
        ("give me your best 4 blenders", 4),
    ],
)
def test_read(text, count):
    assert wished(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "推荐一款耳机",
        "推荐三个月宝宝能用的奶瓶",
        "推荐两个孩子一起玩的玩具",
        "找四个人用的帐篷",
        "来 5 号电池",
        "三款里哪款最轻",
        "recommend a phone",
        "find two person tents",
        "show me 4 star reviews",
        "give me 5 dollars off",
        "find 3 or 4 seat sofas",
        "show me 12 products",
    ],
)
def test_not_read(text):
    assert wished(text) is None
