"""A brand goes by its Chinese name even where the shop writes it in Latin letters only, and the other way round."""

import pytest

from catalog.model import Product
from guide.model import Question
from guide.understand import Shop, understand


@pytest.fixture(scope="module")
def shop() -> Shop:
    named = [("p1", "HP LaserJet", "HP"), ("p2", "Sony headphones", "Sony"), ("p3", "华为手机", "华为")]
    return Shop.build([Product(id=id_, title=title, brand=brand) for id_, title, brand in named])


@pytest.mark.parametrize(
    ("text", "brand", "not_brand"),
    [
        ("不要惠普的打印机", [], ["HP"]),
        ("打印机，不要惠普 HP", [], ["HP"]),
        ("打印机，不要惠普（HP）", [], ["HP"]),
        ("索尼的耳机", ["Sony"], []),
        ("a phone, not Huawei", [], ["华为"]),
        ("惠普打印机，不要索尼", ["HP"], ["Sony"]),
    ],
)
def test_a_brand_goes_by_all_its_names(shop, text, brand, not_brand):
    found = understand(Question(text=text), shop, lambda _: None).filter
    assert (found.brand, found.not_brand) == (brand, not_brand)
