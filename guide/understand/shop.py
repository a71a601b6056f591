"""What the readers know of a shop: brands, kinds of things, attributes, product names; built once for each snapshot."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from catalog.lexicon import attribute_names
from catalog.model import Faq, Policy, Product
from guide.understand.names import Names
from guide.understand.observed import Attribute, numbers, observe, traits
from guide.understand.sold import Noun, nouns
from guide.understand.spelling import brand_names, title_words
from guide.understand.told import Told

_COMMON = frozenset({
    "a", "an", "the", "is", "are", "do", "does", "did", "can", "could", "will", "would", "what", "which", "who", "how",
    "when", "where", "why", "of", "for", "with", "and", "or", "in", "on", "to", "at", "by", "from", "i", "you", "it",
    "me", "my", "your", "have", "has", "there",
})  # fmt: skip
_NEARLY_ALL = 0.9
"""The share of products that must have a category before one may be demanded."""


class Item(msgspec.Struct, frozen=True):
    """A product as far as understanding needs it."""

    id: str
    titles: tuple[str, ...]
    brand: str
    category: str
    """The most specific one, or ""."""
    traits: frozenset[tuple[str, str]] = frozenset()
    """Canonical (key, value) of its attributes and variants; a yes is "true"."""
    numbers: dict[str, float] = {}
    """Its measures in canonical units by key, and `rating` in stars."""


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    """Look-up tables over one snapshot; names in them are folded as `catalog.lexicon.fold` folds."""

    currency: str
    """The shop currency: what a bare number is in."""
    currencies: frozenset[str]
    items: dict[str, Item]
    brands: dict[str, tuple[str, ...]]
    """Every way to name a brand (苹果, apple, 苹果apple) with the brand strings it stands for."""
    doubtful: frozenset[str]
    """Brand names that are also plain words in other brands' titles; they need a capital letter."""
    nouns: dict[str, Noun]
    attributes: dict[str, Attribute]
    values: dict[str, tuple[tuple[str, str], ...]]
    """Observed closed values, in every spelling, with (attribute key, value)."""
    booleans: dict[str, str]
    """Every way to name a yes/no attribute that products state, with its key."""
    sizes: dict[str, int]
    """How many products each category has."""
    categorised: bool
    """Whether nearly all products have a category, so that one may be demanded."""
    by_brand: dict[str, tuple[str, ...]]
    names: Names
    words: frozenset[str]
    """Every word of the titles, brands and categories, and every pair of Chinese characters in them."""
    told: Told

    @classmethod
    def build(
        cls, products: Iterable[Product], texts: Iterable[Faq | Policy] = (), currency: str | None = None
    ) -> "Shop":
        """Read a snapshot once; without `currency` the one most products are priced in is the shop's."""
        listed = list(products)
        items = {product.id: _item(product) for product in listed}
        prices = Counter(offer for product in listed for offer in _currencies(product))
        attributes, values = observe(listed)
        brands, doubtful = _brands(items.values())
        sizes = Counter(category for product in listed for category in product.categories)
        by_brand: defaultdict[str, list[str]] = defaultdict(list)
        for item in items.values():
            by_brand[item.brand].append(item.id)
        return cls(
            currency=currency or (prices.most_common(1)[0][0] if prices else "CNY"),
            currencies=frozenset(prices),
            items=items,
            brands=brands,
            doubtful=doubtful,
            nouns=nouns(listed),
            attributes=attributes,
            values=values,
            booleans=_booleans(attributes),
            sizes=dict(sizes),
            categorised=sum(bool(product.categories) for product in listed) >= _NEARLY_ALL * len(listed),
            by_brand={brand: tuple(ids) for brand, ids in by_brand.items()},
            names=Names.build((item.id, item.titles, item.brand) for item in items.values()),
            words=frozenset(_words(items.values(), sizes)),
            told=Told.of(listed, texts),
        )

    def product(self, product_id: str) -> Item | None:
        """The product with this id, or None if the shop has none."""
        return self.items.get(product_id)

    def speaks_of(self, text: str) -> bool:
        """Whether any word of the text that is not the commonest English occurs in a title, brand or category."""
        return not self.words.isdisjoint(_pieces(text) - _COMMON)

    def coverage(self, key: str, categories: Iterable[str]) -> float:
        """The share (0-1) of the products in these categories that state an attribute."""
        attribute, total, stated = self.attributes.get(key), 0, 0
        for category in categories:
            total += self.sizes.get(category, 0)
            stated += attribute.categories.get(category, 0) if attribute else 0
        return stated / total if total else 0.0


def _booleans(attributes: dict[str, Attribute]) -> dict[str, str]:
    stated = {key for key, attribute in attributes.items() if attribute.kind == "boolean"}
    own = {key.replace("_", " "): key for key in stated}
    return own | {name: key for name, key in attribute_names().items() if key in stated}


def _item(product: Product) -> Item:
    titles = [product.title, *(text.title for text in product.translations.values() if text.title)]
    return Item(
        product.id,
        tuple(titles),
        product.brand or "",
        product.categories[-1] if product.categories else "",
        traits(product),
        numbers(product),
    )


def _currencies(product: Product) -> set[str]:
    offers = [product.offer, *(variant.offer for variant in product.variants)]
    return {offer.currency for offer in offers if offer is not None}


def _brands(items: Iterable[Item]) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    named: defaultdict[str, set[str]] = defaultdict(set)
    plain: Counter[str] = Counter()
    listed = list(items)
    for brand in {item.brand for item in listed if item.brand}:
        for name in brand_names(brand):
            named[name].add(brand)
    for item in listed:
        own = brand_names(item.brand)
        plain.update({word for title in item.titles for word in title_words(title) if word.islower()} - own)
    doubtful = {name for name in named if plain[name] > 1}
    return {name: tuple(sorted(brands)) for name, brands in named.items()}, frozenset(doubtful)


def _words(items: Iterable[Item], categories: Iterable[str]) -> set[str]:
    texts = [title for item in items for title in (*item.titles, item.brand)]
    return set().union(*(_pieces(text) for text in (*texts, *categories)))


def _pieces(text: str) -> set[str]:
    """Latin words in lower case, and neighbouring pairs of Chinese characters."""
    pieces: set[str] = set()
    for word in title_words(text):
        pieces |= (
            {word.lower(), *word.lower().split("-")}
            if word.isascii()
            else {word, *(word[i : i + 2] for i in range(len(word) - 1))}
        )
    return pieces
