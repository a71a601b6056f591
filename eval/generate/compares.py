"""Two products of one kind beside each other: by an attribute both state, or by what they cost."""

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import NamedTuple

from catalog.model import Product
from eval.cases import Case
from eval.generate.amounts import written
from eval.generate.facts import Fact, of_product
from eval.generate.gold import case
from eval.generate.names import called
from eval.generate.shop import Shop
from eval.generate.wordings import Language, asked, in_turn, ways


class Pair(NamedTuple):
    """Two products, what they are compared by, and both values."""

    first: Product
    second: Product
    field: str
    words: dict[str, str]
    must: list[str | list[str]]


def comparisons(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Each pair by each attribute with different values, and by price; the answer has to say both values."""
    speaking = [product for product in shop.speaking(language) if product.categories]
    facts = {product.id: _single(shop, product, language) for product in speaking}
    pairs = [
        (first, second) for first, second in combinations(speaking, 2) if first.categories[-1] == second.categories[-1]
    ]
    stated = [pair for both in pairs for pair in _stated(shop, both, facts)]
    priced = [pair for both in pairs for pair in _priced(shop, both)]
    yield from in_turn(
        _worded(shop, language, random, plans, frames)
        for plans, frames in ((stated, "compare"), (priced, "compare_price"))
    )


def _single(shop: Shop, product: Product, language: Language) -> dict[str, Fact]:
    """The product's attributes with one value, by field."""
    found = of_product(shop, product, language)
    return {fact.field: fact for fact in found if fact.intent == "attribute" and len(fact.must) == 1}


def _stated(shop: Shop, both: tuple[Product, Product], facts: dict[str, dict[str, Fact]]) -> Iterator[Pair]:
    """The pair by each attribute whose values differ and stand in neither title."""
    first, second = both
    for field, fact in facts[first.id].items():
        other = facts[second.id].get(field)
        if other and not set(fact.must[0]) & set(other.must[0]):
            must = fact.must + other.must
            if not shop.titled(first, must) and not shop.titled(second, must):
                yield Pair(first, second, field, fact.words, must)


def _priced(shop: Shop, both: tuple[Product, Product]) -> Iterator[Pair]:
    """The pair by price, in one currency."""
    first, second = both
    one, other = shop.priced(first), shop.priced(second)
    if one and other and one.currency == other.currency and one != other:
        yield Pair(first, second, "price", {}, [written(one), written(other)])


def _worded(shop: Shop, language: Language, random: Random, pairs: list[Pair], frames: str) -> Iterator[Case]:
    for pair, frame in asked(random, pairs, ways(language, frames)):
        a, b = (called(shop.name(product, language), language) for product in (pair.first, pair.second))
        relevant = {pair.first.id: 1.0, pair.second.id: 1.0}
        group = f"{pair.first.id}+{pair.second.id}/{pair.field}"
        yield case(frames, group, frame.format(a=a, b=b, **pair.words), relevant=relevant, must=pair.must)
