"""Questions that could come next and that the records can answer."""

from catalog import lexicon
from catalog.model import Product, Review
from guide.choose.draft import product_of
from guide.evidence import localised
from guide.model import Decision
from index.api import View, tokens


def suggest(decision: Decision, view: View) -> list[str]:
    """Up to two: compare the first two cards; what customers say of the first, or what its warranty is."""
    shown = [p for p in (product_of(view, card.id) for card in decision.cards) if p is not None]
    chinese = decision.language == "zh"
    found = []
    if len(shown) > 1 and decision.table is None and not _alike(*shown[:2]):
        first, second = (localised(product, decision.language) for product in shown[:2])
        found.append(
            f"{first} 和 {second} 有什么区别？" if chinese else f"What is the difference between {first} and {second}?"
        )
    told = {evidence.source for evidence in decision.evidence if evidence.field == "text"}
    title = localised(shown[0], decision.language) if shown else ""
    if shown and "customer" not in told and _reviewed(view, shown[0]):
        found.append(f"买家怎么评价{title}？" if chinese else f"What do customers say about {title}?")
    elif shown and _warranted(shown[0]):
        found.append(f"{title}质保多久？" if chinese else f"How long is the warranty of {title}?")
    return found


def _reviewed(view: View, product: Product) -> bool:
    return any(isinstance(view.record(id_), Review) for id_ in view.opinions(product.id))


def _warranted(product: Product) -> bool:
    return any(lexicon.key(name) == "warranty" for name in product.attributes)


def _alike(one: Product, other: Product) -> bool:
    """Whether one title has no word of its own: then naming both names one twice."""
    titles = [set(tokens(product.title)) for product in (one, other)]
    return titles[0] <= titles[1] or titles[1] <= titles[0]
