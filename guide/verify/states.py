"""In stock, sold out, preorder: what a sentence says of availability is what the offer says."""

import re
from collections.abc import Iterator

from guide.verify.ground import Ground
from guide.verify.reading import Reading

# The first that matches at a place wins: "not in stock" before "in stock".
_STATES = {
    "out_of_stock": r"out[ _]of[ _]stock|sold out|\bunavailable|(?:not|n't|no longer)(?: \w+)? (?:in stock|available)"
                    r"|no stock|(?<!不)缺货|无货|没有?现?货|售罄|断货|卖完|无现货|暂无库存|没有?库存",
    "preorder": r"pre[- ]?order|预售|预订|预购",
    "backorder": r"back[- ]?order|补货|到货后发",
    "in_stock": r"in[ _]stock|(?:currently|readily|now|is|are) available(?! (?:in|for (?:pre|back)|from|on|as|to))"
                r"|available now|有现?货|现货|有库存|库存充足|不缺货",
}  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _STATES.items()), re.IGNORECASE)
# What can only be ordered ahead is not in stock, and 预订 is said of both ways to order.
_IMPLIED = {"preorder": ("out_of_stock",), "backorder": ("out_of_stock", "preorder")}
_OFFER_FIELDS = frozenset({"offer", "availability", "stock", "price"})


def availability(text: str) -> bool:
    """Whether a folded text says anything of availability."""
    return _PATTERN.search(text) is not None


def states(reading: Reading) -> Iterator[str]:
    """Complaints about availability that the offer or a cited text does not state."""
    for match in _PATTERN.finditer(reading.text):
        state = match.lastgroup or ""
        if state not in _known(reading.ground(match.start())):
            yield f"{match[0]!r} is not what the offer says"


def _known(ground: Ground) -> set[str]:
    """The states of the cited offers; where none is cited, of the cards; and of whatever a cited text says itself."""
    texts = [fact.text for fact in ground.facts if fact.name not in _OFFER_FIELDS]
    offers = [state for fact in ground.facts if fact.name in _OFFER_FIELDS for state in _offered(fact.text)]
    said = {match.lastgroup or "" for text in [*texts, *ground.texts] for match in _PATTERN.finditer(text)}
    cards = [_effective(card.offer.availability, card.offer.stock) for card in ground.cards if card.offer]
    return {other for state in [*said, *offers, *cards] for other in (state, *_IMPLIED.get(state, ()))}


def _offered(text: str) -> set[str]:
    """The states in an offer's quote (¥1,099 · 有货 · 0): the last part is the stock, and none left is sold out."""
    last = text.rsplit("·", 1)[-1].strip()
    stock = int(last) if last.isdigit() else None
    return {_effective(match.lastgroup or "", stock) for match in _PATTERN.finditer(text)}


def _effective(availability: str, stock: int | None) -> str:
    return "out_of_stock" if availability == "in_stock" and stock == 0 else availability
