"""An Understanding in the words of a case: the keys of docs/design/understanding.md, only those that were read."""

from typing import Any

from catalog.money import Money, to_decimal
from guide.model import Understanding
from index.filters import AttributeFilter, PriceFilter, RangeFilter

WITHOUT = "without"


def of(understanding: Understanding) -> dict[str, Any]:
    """Everything that was read but the intent; a key that holds nothing is left out."""
    limit = understanding.filter
    found = {
        "price": _price(limit.price),
        "level": understanding.level,
        "brand": limit.brand,
        "not_brand": limit.not_brand,
        "category": limit.category,
        "attributes": {key: _wanted(wanted) for key, wanted in limit.attributes.items()},
        "not_attributes": {key: _wanted(wanted) for key, wanted in limit.not_attributes.items()},
        "without": _denied(understanding),
        "in_stock": limit.in_stock,
        "rating_min": limit.rating_min,
        "sort": "" if understanding.sort == "relevance" else understanding.sort,
        "audience": understanding.audience,
        "occasion": understanding.occasion,
        "referents": understanding.referents,
        "currency_missing": understanding.currency_missing,
    }
    return {key: value for key, value in found.items() if value}


def _price(price: PriceFilter | None) -> dict[str, Any] | None:
    if price is None:
        return None
    ends = {"min": price.min, "max": price.max}
    told = {name: float(to_decimal(Money(end, price.currency))) for name, end in ends.items() if end is not None}
    return {**told, "currency": price.currency}


def _wanted(wanted: AttributeFilter) -> Any:
    if isinstance(wanted, RangeFilter):
        ends = {"min": wanted.min, "max": wanted.max}
        return {**{name: end for name, end in ends.items() if end is not None}, "unit": wanted.unit or ""}
    return wanted[0] if len(wanted) == 1 and isinstance(wanted[0], bool) else wanted


def _denied(understanding: Understanding) -> list[str]:
    """What is denied in words only, because no field of the shop tells."""
    limit = understanding.filter
    told = {*limit.attributes, *limit.not_attributes}
    return [one.value for one in understanding.constraints if one.kind == WITHOUT and one.value not in told]
