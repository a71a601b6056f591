"""One record claim, said in Chinese and in English, true and false, gets one verdict: over the whole sample shop."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from catalog.model import AttributeValue, Measure, Product
from eval.answer import read_answer
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Setting
from eval.products import sellables
from eval.records import read
from eval.truth import Truth

NOW = datetime(2024, 6, 1, tzinfo=UTC)
UNITS = {
    "inch": "英寸",
    "g": "克",
    "kg": "千克",
    "ml": "毫升",
    "h": "小时",
    "hour": "小时",
    "W": "瓦",
    "cm": "厘米",
    "L": "升",
}
CURRENCY = {"CNY": "元", "USD": "美元", "EUR": "欧元"}


class Claim(NamedTuple):
    """One thing to say of a product, in both languages."""

    kind: str
    product: Product
    true: bool
    en: str
    zh: str


@pytest.fixture(scope="module")
def shop() -> Truth:
    return Truth(read(["sample"], None))


@pytest.mark.parametrize("kind", ["measure", "flag", "word", "price", "stock"])
def test_both_renderings_of_a_claim_get_one_verdict(shop: Truth, kind: str) -> None:
    claims = [claim for claim in said_of(shop) if claim.kind == kind]
    verdicts = [(verdict(shop, claim, claim.en), verdict(shop, claim, claim.zh)) for claim in claims]
    assert len(claims) >= 100
    assert [(claim, said) for claim, said in zip(claims, verdicts, strict=True) if said[0] != said[1]] == []
    told = Counter((claim.true, said[0]) for claim, said in zip(claims, verdicts, strict=True))
    assert set(told) == {(True, "supported"), (False, "contradicted")}


def verdict(shop: Truth, claim: Claim, text: str) -> str:
    body = {
        "schema": 1, "outcome": "answered", "text": f"{text} [1]",
        "products": [{"id": claim.product.id, "title": claim.product.title}],
        "citations": [{"n": 1, "record_id": claim.product.id, "field": "title", "quote": claim.product.title}],
    }  # fmt: skip
    answer = read_answer(body)
    found = check_answer(answer, Setting("", answer.products, shop, NOW, frozenset({1})))
    return ",".join(one.verdict for one in found)


def said_of(shop: Truth) -> Iterator[Claim]:
    products = [product for product in shop.products() if product.translations]
    for product in products:
        en, zh = titles(product)
        for label_en, value_en, label_zh, value_zh in pairs(product):
            yield from of_attribute(products, product, (label_en, value_en), (label_zh, value_zh))
        offers = [form.offer for form in sellables(product) if form.offer]
        for factor in (1, 7):
            price = f"{float(offers[0].price) * factor:.2f}".removesuffix(".00")
            yield Claim("price", product, factor == 1, f"{en} costs {price} {offers[0].currency}.",
                        f"{zh}售价 {price} {CURRENCY[offers[0].currency]}。")  # fmt: skip
        stocked = [offer.availability == "in_stock" for offer in offers]
        if len(set(stocked)) == 1:
            yield Claim("stock", product, stocked[0], f"{en} is in stock.", f"{zh}有货。")
            yield Claim("stock", product, not stocked[0], f"{en} is out of stock.", f"{zh}缺货。")


def of_attribute(
    products: list[Product], product: Product, en: tuple[str, AttributeValue], zh: tuple[str, AttributeValue]
) -> Iterator[Claim]:
    (label_en, value_en), (label_zh, value_zh) = en, zh
    name_en, name_zh = titles(product)
    lead_en, lead_zh = f"The {label_en} of {name_en} is", f"{name_zh}的{label_zh}是"
    if isinstance(value_en, bool):
        for said in (value_en, not value_en):
            yield Claim("flag", product, said is value_en, f"{name_en} — {label_en}: {'yes' if said else 'no'}.",
                        f"{name_zh}——{label_zh}：{'是' if said else '否'}。")  # fmt: skip
    elif isinstance(value_en, Measure):
        for factor in (1, 7):
            amount = f"{value_en.value * factor + factor - 1:g}"
            unit = UNITS.get(value_en.unit, value_en.unit)
            yield Claim(
                "measure", product, factor == 1, f"{lead_en} {amount} {value_en.unit}.", f"{lead_zh} {amount} {unit}。"
            )
    elif isinstance(value_en, str) and isinstance(value_zh, str):
        yield Claim(
            "word", product, True, f"{name_en} — {label_en}: {value_en}.", f"{name_zh}——{label_zh}：{value_zh}。"
        )
        others = [two for other in products for two in pairs(other) if (two[0], two[2]) == (label_en, label_zh)]
        wrong = next((two for two in others if differs(two[1], value_en) and differs(two[3], value_zh)), None)
        if wrong:
            yield Claim(
                "word", product, False, f"{name_en} — {label_en}: {wrong[1]}.", f"{name_zh}——{label_zh}：{wrong[3]}。"
            )


def titles(product: Product) -> tuple[str, str]:
    (other,) = product.translations.values()
    named = (product.title, str(other.title))
    return named if product.language == "en" else (named[1], named[0])


def pairs(product: Product) -> list[tuple[str, AttributeValue, str, AttributeValue]]:
    """(English label, value, Chinese label, value) of the attributes a product holds in both languages."""
    (other,) = product.translations.values()
    own, said = list(product.attributes.items()), list((other.attributes or {}).items())
    if len(own) != len(said):
        return []
    both = zip(own, said, strict=True) if product.language == "en" else zip(said, own, strict=True)
    return [(en[0], en[1], zh[0], zh[1]) for en, zh in both]


def differs(one: AttributeValue, other: AttributeValue) -> bool:
    """Whether two wordings share no piece, so that one is plainly not the other."""
    if not isinstance(one, str) or not isinstance(other, str) or one in other or other in one:
        return False
    return not set(one.lower().split()) & set(other.lower().split())
