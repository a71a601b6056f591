"""Yes for no: attributes, stock, and what a shop text allows."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from bench.mutations import wording
from bench.mutations.edit import rewritten
from bench.mutations.kinds import Language, Mutation
from bench.mutations.saved import Fact, Statement, about, facts_of, price_of, product_of
from bench.mutations.shop import Shop
from catalog.model import Product

_IN_STOCK = {"有货", "in stock"}
_BEGINS: dict[Language, tuple[str, dict[bool, str]]] = {
    "zh": (r"^(?:是的|不是|没有|不|有的|可以|不可以)，", {True: "是的，", False: "不是，"}),
    "en": (r"^(?:Yes|No)\b[.,] ", {True: "Yes. ", False: "No. "}),
}
_WAYS: dict[Language, list[tuple[str, str]]] = {
    "zh": [
        ("不支持", "支持"), ("支持(?=[^，。]*[。，])", "不支持"), ("不含", "含"), ("不带", "带"), ("不是", "是"),
        ("没有", "有"), ("不可", "可"), ("带 ?(?=[^，。]*[。，])", "没有"), ("可(?=[^，。]*[。，])", "不可"),
        ("(?<![不也都])是(?=[^，。]*的[。，])", "不是"),
        ("^无(?=[^，。]*。)", "含"), ("^不(?=[^，。]*[，。])", ""),
    ],
    "en": [
        (r"\bis not (?=[^.,]*\.$)", "is "), (r"\bis (?=[^.,]*\.$)", "is not "), (r"\bhas no (?=[^.,]*\.$)", "has "),
        (r"\bhas (?:an? )?(?=[^.,]*\.$)", "has no "), (r": no\.$", ": yes."), (r": yes\.$", ": no."),
    ],
}  # fmt: skip
_SHOP_TEXTS = {"answer", "body"}
_ENOUGH = 8
"""Letters a statement needs to say something by itself: a bare 可以 does not."""


def flip(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """A yes/no attribute, whether it is in stock, or what a shop text says may be done, is turned round."""
    product = product_of(statement, shop)
    yes_no = [fact for fact in facts_of(statement, shop) if isinstance(fact.value, bool)]
    if len(yes_no) == 1:
        yield from _attribute(statement, shop, yes_no[0], not yes_no[0].value)
    elif product is not None and statement.offers:
        yield from _stock(statement, shop, product)
    elif set(statement.fields) <= _SHOP_TEXTS and len(statement.text) >= _ENOUGH:
        for wrong in _turned(statement.text, shop.shapes.wordings(statement.language, "rules")):
            for frame in shop.shapes.wordings(statement.language, "told"):
                yield rewritten(
                    statement, "boolean_flip", "shop text", frame.format(text=wrong), about(statement, shop)
                )


def in_place(statement: Statement, fact: Fact, value: bool, shop: Shop) -> str | None:
    """The statement's own words turned to `value`, behind the title, and its opening yes or no with them."""
    title = shop.title(fact.product, statement.language)
    head, between, tail = statement.text.rpartition(title) if title in statement.text else ("", "", statement.text)
    opening, words = _BEGINS[statement.language]
    for pattern, other in _WAYS[statement.language]:
        if len(re.findall(pattern, tail)) == 1:
            return re.sub(opening, words[value], head) + between + re.sub(pattern, other, tail)
    return None


def _attribute(statement: Statement, shop: Shop, fact: Fact, value: bool) -> Iterator[Mutation]:
    shown = in_place(statement, fact, value, shop)
    if shown:
        yield rewritten(statement, "boolean_flip", "in place", shown, fact.product.id)
    if len(statement.fields) > 1:
        return
    called = wording.names(fact.product, statement, shop)
    for sentence in wording.yes_no(fact, value, called, statement.language, shop):
        yield rewritten(statement, "boolean_flip", "sentence", sentence, fact.product.id)


def _stock(statement: Statement, shop: Shop, product: Product) -> Iterator[Mutation]:
    in_stock = _available(statement, product)
    for right, wrongs in shop.shapes.table(statement.language, "stock").items():
        place = statement.text.rfind(right)
        if place < 0 or in_stock is not (right in _IN_STOCK):
            continue
        for wrong in wrongs:
            shown = statement.text[:place] + wrong + statement.text[place + len(right) :]
            yield rewritten(statement, "boolean_flip", "stock in place", shown, product.id)
        if price_of(statement, shop) is not None and len(product.variants) < 2:
            for sentence in shop.shapes.wordings(statement.language, "sold_out" if in_stock else "in_stock"):
                for said in wording.filled(sentence, wording.names(product, statement, shop)):
                    yield rewritten(statement, "boolean_flip", "stock sentence", said, product.id)


def _available(statement: Statement, product: Product) -> bool:
    """Whether any of the forms that it speaks of is in stock."""
    own = {"": product.offer} | {variant.id: variant.offer or product.offer for variant in product.variants}
    forms = [own.get(form) for form in statement.offers]
    return any(offer is not None and offer.availability == "in_stock" for offer in forms)


def stocked(statement: Statement, shop: Shop, product: Product) -> bool | None:
    """Whether it is in stock; None where the statement does not say that it is, or is not."""
    in_stock = _available(statement, product)
    words = shop.shapes.table(statement.language, "stock")
    said = any(word in statement.text and in_stock is (word in _IN_STOCK) for word in words)
    return in_stock if said else None


def _turned(text: str, rules: Sequence[Sequence[str]]) -> Iterator[str]:
    """The text with one of its rules turned round, where it has that word once."""
    for pattern, other in rules:
        if len(re.findall(pattern, text)) == 1:
            yield re.sub(pattern, other, text)
            return
