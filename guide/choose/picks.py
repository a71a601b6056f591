"""What sets the shown products apart, worked out from their records: the cheapest, the best rated."""

from catalog.model import Product
from guide.choose import phrases
from guide.choose.cues import PriceOrder
from guide.choose.draft import Draft, product_of
from guide.model import Card, Language

_PLACES: dict[Language, tuple[str, ...]] = {
    "zh": ("第一款", "第二款", "第三款"),
    "en": ("The first", "The second", "The third"),
}
_ENDS: dict[tuple[PriceOrder, Language], str] = {
    ("asc", "zh"): "{name}最便宜。", ("asc", "en"): "{name} is the cheapest of these.",
    ("desc", "zh"): "{name}最贵。", ("desc", "en"): "{name} is the most expensive of these.",
}  # fmt: skip
_STARS_APART = 0.1
"""Ratings nearer than this are the same to a shopper."""


def say(draft: Draft) -> None:
    """Add which of the shown is the cheapest and which is rated best, where one alone is."""
    if not 1 < len(draft.cards) <= len(_PLACES[draft.language]):
        return
    ranked = draft.understanding.sort == "relevance" and say_end(draft, "asc")
    best = _best_rated(draft)
    if best is not None:
        _say_rated(draft, *best, opens=not ranked)


def say_end(draft: Draft, order: PriceOrder) -> bool:
    """Add which of the shown is the cheapest or the dearest, where one alone is; whether it was said."""
    place = _end(draft.cards, order)
    if place is None or place >= len(_PLACES[draft.language]):
        return False
    card, name = draft.cards[place], _PLACES[draft.language][place]
    product = product_of(draft.view, card.id)
    if product is None or card.offer is None:
        return False
    text = _ENDS[order, draft.language].format(name=name)
    draft.say(text, draft.cite_offer(product, card.offer, card.variant_id), kind="advice", opens=True)
    return True


def compare_prices(draft: Draft, order: PriceOrder) -> None:
    """As `say_end`; why none comes first, where their currencies or missing prices forbid it."""
    if say_end(draft, order):
        return
    currencies = {card.offer.price.currency if card.offer else "" for card in draft.cards}
    if len(currencies) > 1:
        key = "unpriced" if "" in currencies else "two_currencies"
        draft.say(phrases.text(key, draft.language), kind="notice", opens=True)


def _end(cards: list[Card], order: PriceOrder) -> int | None:
    """The place of the one card with the lowest or highest price, in one currency."""
    prices = [card.offer.price for card in cards if card.offer is not None]
    if len(prices) < len(cards) or len({price.currency for price in prices}) > 1:
        return None
    amounts = [price.amount for price in prices]
    best = min(amounts) if order == "asc" else max(amounts)
    return amounts.index(best) if amounts.count(best) == 1 else None


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
