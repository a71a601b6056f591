"""One product's fact said of another of its category, of which the records say otherwise."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

import msgspec

from bench.mutations import wording
from bench.mutations.amounts import NAMES, joined, plain, stated
from bench.mutations.edit import rewritten
from bench.mutations.kinds import Mutation
from bench.mutations.saved import Fact, Statement, fact_of, price_of, product_of
from bench.mutations.shop import Shop, offers, prices
from catalog.model import Measure, Product

_APART = 0.08
"""Share by which two figures must differ."""


def product_swap(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """Either the name is another product's, or the value is."""
    product, fact = product_of(statement, shop), fact_of(statement, shop)
    if product is None:
        return
    for other in shop.kin(product):
        if fact is not None:
            yield from _fact(statement, shop, fact, other)
        elif price_of(statement, shop) is not None:
            yield from _price(statement, shop, other)
        elif set(statement.fields) <= {"description", "bullets"}:
            yield from _quotation(statement, shop, product, other)


def _fact(statement: Statement, shop: Shop, fact: Fact, other: Product) -> Iterator[Mutation]:
    its = shop.value(other, fact.key)
    if its is None or not apart(fact.value, its) or _told_of(fact.value, shop, other):
        return
    yield from _renamed(statement, shop, fact.product, other)
    called = wording.names(other, statement, shop, alone=False)
    for sentence in _sentences(fact, fact, called, statement, shop):
        yield rewritten(statement, "product_swap", "its name", sentence, other.id)
    if _told_of(its, shop, fact.product):
        return
    theirs = Fact(product=other, key=fact.key, label=fact.label, value=its)
    for sentence in _sentences(fact, theirs, wording.names(fact.product, statement, shop), statement, shop):
        yield rewritten(statement, "product_swap", "its value", sentence, fact.product.id)
    crossed = msgspec.structs.replace(fact, value=its), msgspec.structs.replace(theirs, value=fact.value)
    for sentence in wording.compared(*crossed, statement, shop):
        yield rewritten(statement, "product_swap", "comparison", sentence, fact.product.id)


def _sentences(
    fact: Fact, value_of: Fact, called: list[wording.Name], statement: Statement, shop: Shop
) -> Iterator[str]:
    value = value_of.value
    if isinstance(value, bool):
        yield from wording.yes_no(fact, value, called, statement.language, shop)
    elif value.unit in NAMES:
        said = joined(plain(value.value), value.unit, statement.language)
        yield from wording.figures(fact, said, called, statement.language, shop)


def _price(statement: Statement, shop: Shop, other: Product) -> Iterator[Mutation]:
    price = price_of(statement, shop)
    known = prices(other) | {Decimal(offer.list_price) for offer in offers(other) if offer.list_price}
    if price is None or Decimal(price.amount) in known or price.currency not in {o.currency for o in offers(other)}:
        return
    yield from _renamed(statement, shop, price.product, other)
    called = wording.names(other, statement, shop, alone=False)
    theirs = msgspec.structs.replace(price, product=other)
    for group, said in wording.priced(theirs, Decimal(price.amount), called, statement.language, shop):
        shape = wording.shaped("its name, a price", group)
        yield rewritten(statement, "product_swap", shape, said, other.id)


def _quotation(statement: Statement, shop: Shop, product: Product, other: Product) -> Iterator[Mutation]:
    quote = statement.text[statement.text.find("“") + 1 : statement.text.rfind("”")].rstrip("。.")
    if not any(letter.isdigit() for letter in quote) or quote.lower() in shop.said(other.id):
        return
    title = shop.title(other, statement.language)
    for sentence in shop.shapes.wordings(statement.language, "quotation"):
        said = sentence.format(title=title, quote=quote)
        yield rewritten(statement, "product_swap", "quotation", said, other.id)


def _renamed(statement: Statement, shop: Shop, product: Product, other: Product) -> Iterator[Mutation]:
    own, theirs = shop.title(product, statement.language), shop.title(other, statement.language)
    if statement.text.count(own) == 1:
        shown = statement.text.replace(own, theirs)
        yield rewritten(statement, "product_swap", "its title in place", shown, other.id)


def apart(one: Measure | bool, other: Measure | bool) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is not other and isinstance(one, bool) and isinstance(other, bool)
    return one.unit == other.unit and abs(one.value - other.value) >= _APART * max(abs(one.value), abs(other.value))


def _told_of(value: Measure | bool, shop: Shop, product: Product) -> bool:
    """Whether its records have that figure anywhere, so that the swap may not be wrong."""
    return isinstance(value, Measure) and stated(plain(value.value), value.unit, shop.said(product.id))
