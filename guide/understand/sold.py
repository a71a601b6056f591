"""What kinds of things a shop sells: the nouns that shoppers say, and the categories and types they stand for here."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from catalog.lexicon import fold, key, kinds, singular, synonyms, value
from catalog.model import Attributes, Product
from guide.understand.spelling import category_names

_FEW = 3
"""A noun that heads the types of more categories than this says too little."""


_NO_KIND = frozenset({"type", "bar", "animal", "bank", "power", "charging", "电器", "礼盒", "in ear", "seat"})
"""Ends of names that name no kind alone: the type of tape type, the 礼盒 of 口红礼盒."""


class Noun(msgspec.Struct, frozen=True):
    """What a shopper's noun stands for here."""

    categories: tuple[str, ...]
    types: tuple[str, ...] = ()
    """Set when the noun is the exact `type` of some products, which is narrower than their category."""


def nouns(products: Iterable[Product]) -> dict[str, Noun]:
    """Nouns, folded and in the singular, by what is most specific of them.

    A category's own names and the words of the same kind; the types of the products; last the parts of a department's
    name (玩具 of 母婴玩具) where nothing narrower bears them.
    """
    listed = [product for product in products if product.categories]
    leaves = {product.categories[-1] for product in listed}
    departments = {category for product in listed for category in product.categories} - leaves
    named = _named(leaves, parts=True)
    for name, categories in _named(departments, parts=False).items():
        named.setdefault(name, set()).update(categories)
    found = {name: Noun(tuple(sorted(categories))) for name, categories in named.items()}
    own = {name for category in leaves | departments for name in category_names(category, parts=category in leaves)}
    found |= _typed(listed, found, own)
    found = {name: noun for name, noun in found.items() if name not in _NO_KIND}
    for category in sorted(departments):
        for tail in sorted({tail for name in category_names(category, parts=True) for tail in _tails(name)}):
            if kinds(tail):
                found.setdefault(tail, Noun((category,)))
    return found


def _named(categories: set[str], *, parts: bool) -> dict[str, set[str]]:
    """Categories by their names and by every word of the same kind."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for category in categories:
        names = category_names(category, parts=parts)
        shared = _shared_kind(category)
        for name in names:
            for word in synonyms(name) if not shared or kinds(name) <= shared else {name}:
                found[word].add(category)
    return dict(found)


def _shared_kind(category: str) -> frozenset[str]:
    """The kind that both languages of a name agree on: 童车 is a pram or a bike, 童车 Children's Bikes a bike."""
    named = [kinds(name) for name in category_names(category, parts=False)]
    return (
        frozenset.intersection(*some) if (some := [kind for kind in named if kind]) and len(some) > 1 else frozenset()
    )


def _typed(products: list[Product], known: dict[str, Noun], own: set[str]) -> dict[str, Noun]:
    """Nouns from the `type` attribute; an exact type narrows its category, the head of one (laptop) only finds it."""
    exact: defaultdict[str, set[str]] = defaultdict(set)
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for product in products:
        for spelling, base in _types(product):
            exact[spelling].add(base)
            for tail in _tails(spelling):
                heads[tail].add(product.categories[-1])
    found: dict[str, Noun] = {}
    for noun, categories in heads.items():
        types = exact[noun] if noun in exact and noun not in own else set()
        new = bool(types) or (noun not in known and len(categories) <= _FEW)
        if new and _same_kind(noun, categories):
            found[noun] = Noun(tuple(sorted(categories)), tuple(sorted(types | {value(name) for name in types})))
    return found


def _same_kind(noun: str, categories: set[str]) -> bool:
    """False for a noun that is known as another kind of thing: a sleeping bag is no bag."""
    named = [kinds(name) for category in categories for name in category_names(category, parts=True)]
    return not kinds(noun) or not any(named) or not kinds(noun).isdisjoint(frozenset().union(*named))


def _types(product: Product) -> list[tuple[str, str]]:
    """The product's type in every language, each with how the base language says it."""
    base = _type(product.attributes)
    translated = (_type(text.attributes or {}) for text in product.translations.values())
    return [(singular(fold(spelling)), base) for spelling in (base, *translated) if spelling and base]


def _type(attributes: Attributes) -> str:
    return next((text for name, text in attributes.items() if key(name) == "type" and isinstance(text, str)), "")


def _tails(name: str) -> set[str]:
    """The heads of a compound: 硬壳冲锋衣 -> 冲锋衣; gaming laptop -> laptop."""
    words = name.split()
    tails = {" ".join(words[i:]) for i in range(len(words))}
    if " " not in name and not name.isascii():
        tails |= {name[i:] for i in range(len(name) - 1)}
    return {tail for tail in tails if len(tail) > 1}
