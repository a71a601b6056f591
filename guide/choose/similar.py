"""What is like a product, and what goes with it.

Alike is what lies in the same innermost category, by Gower's coefficient (1971): each attribute of the product gives
its share, 1 for the same word, 1 - |difference| / range for a number, 0 for what the other does not state; the price
counts as one attribute. What goes with it is told by the shop alone: a bundle that holds both.
"""

import msgspec

from catalog import lexicon, units
from catalog.model import AttributeValue, Measure, Product
from catalog.text import fold
from guide.choose.draft import product_of
from guide.evidence import Statement, by_key, of_product
from guide.model import Language
from index.api import Filter, Hit, Query, View

_POOL = 200
"""Most products of a category that are compared."""
_NEAR = 0.8
"""A share from which two values of an attribute are told as alike."""
_TOLD = 2


class Alike(msgspec.Struct, frozen=True):
    """A product with how near it is (0-1) and the keys of the attributes in which it is."""

    hit: Hit
    product: Product
    nearness: float
    keys: list[str]


def alike(view: View, anchor: Product, wished: Filter) -> list[Alike]:
    """Products of the anchor's category that pass, the nearest first."""
    if not anchor.categories:
        return []
    inside = msgspec.structs.replace(wished, category=[anchor.categories[-1]])
    hits = [hit for hit in view.search(Query(filter=inside, k=_POOL)).hits if hit.id != anchor.id]
    found = [(hit, product) for hit in hits if (product := product_of(view, hit.id)) is not None]
    facts = {product.id: _facts(view, product) for product in [anchor, *(product for _, product in found)]}
    spans = _spans(list(facts.values()))
    near = [_near(hit, product, facts[anchor.id], facts[product.id], spans) for hit, product in found]
    return sorted(near, key=lambda row: -row.nearness)


def together(view: View, anchor: Product) -> list[tuple[Product, Statement]]:
    """What a bundle that runs now sells together with the anchor, each with the bundle that says so."""
    found = []
    for bundle in view.all_promotions():
        if bundle.kind == "bundle" and anchor.id in bundle.product_ids:
            others = [product_of(view, id_) for id_ in bundle.product_ids if id_ != anchor.id]
            said = Statement(
                record_id=bundle.id, field="product_ids", quote=", ".join(bundle.product_ids), language="en",
                source="merchant",
            )  # fmt: skip
            found += [(product, said) for product in others if product is not None]
    return found


def shared(view: View, row: Alike, language: Language) -> list[Statement]:
    """The attributes in which it is nearest, from its own record."""
    said = by_key(of_product(view, row.product, language))
    return [said[key] for key in row.keys if key in said][:_TOLD]


def _facts(view: View, product: Product) -> dict[str, object]:
    facts = {lexicon.key(name): _plain(value) for name, value in product.attributes.items()}
    offer = view.offer(product.id)
    return facts | ({f"price {offer.price.currency}": float(offer.price.amount)} if offer else {})


def _plain(value: AttributeValue) -> object:
    """A number in its canonical unit, or a word that is the same in both languages."""
    if isinstance(value, Measure):
        return units.canonical(value)[0]
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    return tuple(fold(lexicon.value(word)) for word in ([value] if isinstance(value, str) else value))


def _spans(facts: list[dict[str, object]]) -> dict[str, float]:
    """The range of each number among the compared products."""
    numbers: dict[str, list[float]] = {}
    for stated in facts:
        for key, value in stated.items():
            if isinstance(value, float):
                numbers.setdefault(key, []).append(value)
    return {key: max(values) - min(values) for key, values in numbers.items()}


def _near(
    hit: Hit, product: Product, anchor: dict[str, object], other: dict[str, object], spans: dict[str, float]
) -> Alike:
    shares = {key: _share(value, other.get(key), spans.get(key, 0.0)) for key, value in anchor.items()}
    told = sorted((key for key, share in shares.items() if share >= _NEAR), key=lambda key: -shares[key])
    return Alike(hit, product, sum(shares.values()) / max(1, len(shares)), told)


def _share(mine: object, theirs: object, span: float) -> float:
    if isinstance(mine, float) and isinstance(theirs, float):
        return 1.0 if mine == theirs else max(0.0, 1 - abs(mine - theirs) / span)
    return float(mine == theirs)
