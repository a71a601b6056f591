"""Cheap and dear without a number: the lower or upper third of what things of the kind cost now."""

from collections import Counter

import msgspec

from guide.choose.phrases import text
from guide.model import Language, Understanding
from index.api import FilterError, PriceFilter, Query, View

_MOST = 1000
"""Prices that are looked at; a kind with more is sampled by relevance."""
_FEWEST = 3
"""Fewer prices have no thirds."""


def priced(understanding: Understanding, view: View) -> Understanding:
    """The wish with its level as a bound on the price; as it is, where it has none or names no kind of thing."""
    own = understanding.filter
    if not understanding.level or own.price is not None or not (own.category or own.brand):
        return understanding
    kind = msgspec.structs.replace(own, attributes={}, not_attributes={}, in_stock=None, rating_min=None)
    try:
        hits = view.search(Query(filter=kind, k=_MOST)).hits
    except FilterError:
        return understanding
    prices = [offer.price for hit in hits if (offer := view.offer(hit.id, hit.variant_id)) is not None]
    if len(prices) < _FEWEST:
        return understanding
    currency = Counter(price.currency for price in prices).most_common(1)[0][0]
    bound = _third(sorted(price.amount for price in prices if price.currency == currency), understanding.level)
    price = PriceFilter(currency=currency, **{"max" if understanding.level == "cheap" else "min": bound})
    return msgspec.structs.replace(understanding, filter=msgspec.structs.replace(own, price=price))


def notice(understanding: Understanding, language: Language) -> str:
    """How the level was taken, "" where it bounds nothing."""
    if not understanding.level:
        return ""
    words = next((c.text for c in understanding.constraints if c.kind == "level"), "")
    if not words or understanding.filter.price is None or any(c.kind == "price" for c in understanding.constraints):
        return ""
    return text(f"taken_{understanding.level}", language, words=words)


def _third(amounts: list[int], level: str) -> int:
    """The price at the end of the lower third, or at the beginning of the upper one."""
    at = (len(amounts) - 1) // 3
    return amounts[at] if level == "cheap" else amounts[-1 - at]
