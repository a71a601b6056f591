"""What sets the shown products apart, worked out from their records: the cheapest, the best rated."""

from catalog.model import Product
from guide.choose.draft import Draft, product_of
from guide.model import Card, Language

_PLACES: dict[Language, tuple[str, ...]] = {
    "zh": ("第一款", "第二款", "第三款"),
    "en": ("The first", "The second", "The third"),
}
_STARS_APART = 0.1
"""Ratings nearer than this are the same to a shopper."""


def say(draft: Draft) -> None:
    """Add which of the shown is the cheapest and which is rated best, where one alone is."""
    if not 1 < len(draft.cards) <= len(_PLACES[draft.language]):
        return
    ranked = draft.understanding.sort == "relevance" and say_cheapest(draft)
    best = _best_rated(draft)
    if best is not None:
        _say_rated(draft, *best, opens=not ranked)


def _cheapest(cards: list[Card]) -> int | None:
    """The place of the one card with the lowest price, in one currency."""
    prices = [card.offer.price for card in cards if card.offer is not None]
    if len(prices) < len(cards) or len({price.currency for price in prices}) > 1:
        return None
    amounts = [price.amount for price in prices]
    return amounts.index(min(amounts)) if amounts.count(min(amounts)) == 1 else None


def say_cheapest(draft: Draft) -> bool:
    """Add which of the shown is the cheapest, where one alone is; whether it was said."""
    place = _cheapest(draft.cards)
    if place is None or place >= len(_PLACES[draft.language]):
        return False
    card, name = draft.cards[place], _PLACES[draft.language][place]
    product = product_of(draft.view, card.id)
    if product is None or card.offer is None:
        return False
    text = f"{name}最便宜。" if draft.language == "zh" else f"{name} is the cheapest of these."
    draft.say(text, draft.cite_offer(product, card.offer, card.variant_id), kind="advice", opens=True)
    return True


def _best_rated(draft: Draft) -> tuple[int, Product, str] | None:
    """Place, product and stars of the one that customers rate clearly highest."""
    shown = [product_of(draft.view, card.id) for card in draft.cards]
    rated = [
        (product.rating.value, at, product)
        for at, product in enumerate(shown)
        if product is not None and product.rating
    ]
    if len(rated) < len(shown):
        return None
    rated.sort(key=lambda row: -row[0])
    (stars, at, product), second = rated[0], rated[1][0]
    return (at, product, f"{stars:g}") if stars - second >= _STARS_APART - 1e-9 else None


def _say_rated(draft: Draft, place: int, product: Product, stars: str, *, opens: bool) -> None:
    name = _PLACES[draft.language][place]
    text = f"{name}评分最高，{stars} 星。" if draft.language == "zh" else f"{name} is rated best, with {stars} stars."
    draft.say(text, draft.cite_rating(product, stars), kind="advice", opens=opens)
