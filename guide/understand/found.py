"""What one reader found: constraints for the report, a filter for the search, and the words they stand in."""

import msgspec

from guide.model import Constraint
from guide.understand.text import Span
from index.filters import AttributeFilter, Filter, PriceFilter


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One reader's finding; `spans` are code points of the prepared text that the query no longer needs."""

    filter: Filter = Filter()
    constraints: tuple[Constraint, ...] = ()
    spans: tuple[Span, ...] = ()


NOTHING = Found()


def join(parts: list[Found]) -> Found:
    """Findings of several readers as one; of two prices in one currency both ends hold."""
    merged = Filter()
    for part in parts:
        merged = merge(merged, part.filter)
    return Found(
        filter=merged,
        constraints=tuple(constraint for part in parts for constraint in part.constraints),
        spans=tuple(span for part in parts for span in part.spans),
    )


def merge(first: Filter, second: Filter) -> Filter:
    """Both filters at once; where both demand an attribute, the second one holds; what is refused adds up."""
    return Filter(
        price=price_and(first.price, second.price),
        brand=union(first.brand, second.brand),
        not_brand=union(first.not_brand, second.not_brand),
        category=union(first.category, second.category),
        in_stock=first.in_stock if second.in_stock is None else second.in_stock,
        rating_min=first.rating_min if second.rating_min is None else second.rating_min,
        attributes={**first.attributes, **second.attributes},
        not_attributes=_refused(first.not_attributes, second.not_attributes),
        ids=union(first.ids, second.ids),
    )


def _refused(first: dict[str, AttributeFilter], second: dict[str, AttributeFilter]) -> dict[str, AttributeFilter]:
    both = {**first, **second}
    for key in first.keys() & second.keys():
        one, other = first[key], second[key]
        if isinstance(one, list) and isinstance(other, list):
            both[key] = list(dict.fromkeys([*one, *other]))
    return both


def union(first: list[str], second: list[str]) -> list[str]:
    """Both lists in order, each entry once."""
    return list(dict.fromkeys([*first, *second]))


def price_and(first: PriceFilter | None, second: PriceFilter | None) -> PriceFilter | None:
    """Both prices at once; of two currencies the second holds."""
    if first is None or second is None or first.currency != second.currency:
        return second or first
    lows = [price.min for price in (first, second) if price.min is not None]
    highs = [price.max for price in (first, second) if price.max is not None]
    return PriceFilter(currency=first.currency, min=max(lows, default=None), max=min(highs, default=None))
