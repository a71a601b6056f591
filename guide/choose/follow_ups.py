"""Questions that could come next and that the records can answer."""

from catalog.model import Product, Review
from guide.choose.draft import Draft, product_of
from guide.evidence import localised


def suggest(draft: Draft) -> list[str]:
    """Up to two: compare the first two cards; what customers say of the first, if anybody does."""
    shown = [p for p in (product_of(draft.view, card.id) for card in draft.cards) if p is not None]
    chinese = draft.language == "zh"
    found = []
    if len(shown) > 1 and draft.table is None:
        first, second = (localised(product, draft.language) for product in shown[:2])
        found.append(
            f"{first} 和 {second} 有什么区别？" if chinese else f"What is the difference between {first} and {second}?"
        )
    if shown and _reviewed(draft, shown[0]):
        title = localised(shown[0], draft.language)
        found.append(f"买家怎么评价{title}？" if chinese else f"What do customers say about {title}?")
    return found


def _reviewed(draft: Draft, product: Product) -> bool:
    return any(isinstance(draft.view.record(id_), Review) for id_ in draft.view.opinions(product.id))
