"""`rated best`, 评分最高: the ratings of the products shown, compared again."""

import re

from eval.faithfulness.model import Finding, Setting, Source

_BEST = re.compile(
    r"\b(?:rated (?:the )?(?:best|highest)|(?:best|highest|top)[- ]rated|has the (?:best|highest) rating)\b"
    r"|评分最高|评价最高|星级最高",
    re.IGNORECASE,
)


def check_best_rated(text: str, source: Source, setting: Setting) -> list[Finding]:
    """No card has a better rating than the one product spoken of."""
    truth = setting.truth
    match = _BEST.search(text)
    if match is None or truth is None or len(source.products) != 1:
        return []
    rating = source.products[0].rating
    shown = [product.rating for card in setting.cards if (product := truth.product(card.id)) and product.rating]
    if rating is None or not shown:
        return []
    true = all(rating.value >= other.value for other in shown)
    return [Finding("supported" if true else "contradicted", "extreme", *match.span())]
