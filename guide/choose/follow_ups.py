"""Questions that could come next and that the records can answer."""

from catalog.model import Product, Review
from guide.choose.draft import product_of
from guide.evidence import localised
from guide.model import Decision
from index.api import View


def suggest(decision: Decision, view: View) -> list[str]:
    """Up to two: compare the first two cards; what customers say of the first, if anybody does."""
    shown = [p for p in (product_of(view, card.id) for card in decision.cards) if p is not None]
    chinese = decision.language == "zh"
    found = []
    if len(shown) > 1 and decision.table is None:
        first, second = (localised(product, decision.language) for product in shown[:2])
        found.append(
            f"{first} 和 {second} 有什么区别？" if chinese else f"What is the difference between {first} and {second}?"
        )
    if shown and _reviewed(view, shown[0]):
        title = localised(shown[0], decision.language)
        found.append(f"买家怎么评价{title}？" if chinese else f"What do customers say about {title}?")
    return found


def _reviewed(view: View, product: Product) -> bool:
    return any(isinstance(view.record(id_), Review) for id_ in view.opinions(product.id))
