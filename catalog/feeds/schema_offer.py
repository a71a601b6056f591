"""schema.org Offer and AggregateOffer as one offer."""

from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from catalog.feeds.grouping import Row
from catalog.feeds.offers import amount, availability, number
from catalog.feeds.schema_values import many, name, types
from catalog.issues import Code

_REGULAR = {"ListPrice", "StrikethroughPrice", "MSRP", "SRP", "RegularPrice"}


class Problem(msgspec.Struct, frozen=True):
    """What is odd about a node, before its file and line are known."""

    code: Code
    field: str
    value: str
    message: str


def offer(value: Any) -> tuple[Row | None, str | None, list[Problem]]:
    """The offer that `offers` stands for, the condition of the thing, and what is odd.

    Several offers at several prices, or only a lowest price, become the lowest one with a `price_range` problem.
    """
    nodes = [node for item in many(value) if isinstance(item, dict) for node in _single(item)]
    condition = next((state for node in nodes if (state := read_condition(node))), None)
    found = [one for node in nodes if (one := _offer(node))]
    if found:
        best, problems = _best(found)
        return best, condition, problems
    for node in [item for item in many(value) if isinstance(item, dict) and item.get("lowPrice") is not None]:
        return _lowest(node), condition, _range(node)
    return None, condition, []


def _best(found: list[Row]) -> tuple[Row, list[Problem]]:
    """One offer for several: the lowest in the first one's currency, in stock if there is a choice."""
    same = [one for one in found if one.get("currency") == found[0].get("currency")]
    lowest = min(map(_sortable, same))
    cheapest = [one for one in same if _sortable(one) == lowest]
    best = next((one for one in cheapest if one.get("availability") == "in_stock"), cheapest[0])
    if len(cheapest) == len(found):
        return best, []
    prices = ", ".join(dict.fromkeys(f"{one['price']} {one.get('currency', '')}".strip() for one in found))
    return best, [Problem("price_range", "offers", prices, f"{len(found)} offers that differ; the lowest was kept")]


def _single(node: Row) -> list[Row]:
    """The offers of an AggregateOffer that lists them, with the currency they share; a plain offer by itself."""
    if "AggregateOffer" not in types(node):
        return [node]
    shared = {key: node[key] for key in ("priceCurrency", "availability") if key in node}
    return [{**shared, **item} for item in many(node.get("offers")) if isinstance(item, dict)] or (
        [node] if node.get("price") is not None else []
    )


def _offer(node: Row) -> Row | None:
    """Price, currency, list price, availability and stock; None without a price."""
    specifications = [item for item in many(node.get("priceSpecification")) if isinstance(item, dict)]
    regular = next((item for item in specifications if _price_type(item) in _REGULAR), None)
    price, currency = _price(node)
    if price is None and (main := _main(specifications)):
        price, currency = _price({"priceCurrency": node.get("priceCurrency"), **main})
        regular = None if main is regular else regular
    if price is None:
        return None
    result: Row = {"price": price} | ({"currency": currency} if currency else {})
    if regular is not None and (listed := _price(regular)[0]):
        result["list_price"] = listed
    if (state := name(node.get("availability"))) is not None:
        result["availability"] = availability(state) or state
    level = node.get("inventoryLevel")
    count = number(level.get("value") if isinstance(level, dict) else level)
    if isinstance(count, int | float) and count == int(count):
        result["stock"] = int(count)
    return result


def _main(specifications: list[Row]) -> Row | None:
    """What is paid for one piece: no price before a reduction and none per kilogram, unless there is nothing else."""
    paid = [item for item in specifications if _price_type(item) not in _REGULAR]
    whole = [item for item in paid if item.get("referenceQuantity") is None]
    return next(iter(whole or paid or specifications), None)


def _price(node: Row) -> tuple[str | None, str | None]:
    value = node.get("price")
    if value in (None, "") or isinstance(value, list | dict):
        return None, None
    text, beside = amount(value)
    return text, name(node.get("priceCurrency")) or beside


def _lowest(node: Row) -> Row | None:
    return _offer({**node, "price": node["lowPrice"]})


def _range(node: Row) -> list[Problem]:
    low, high = amount(node["lowPrice"])[0], node.get("highPrice")
    if high is not None and amount(high)[0] == low:
        return []
    shown = f"{low} to {high}" if high is not None else f"from {low}"
    return [Problem("price_range", "offers.lowPrice", shown, "only a range of prices is known; the lowest was kept")]


def _sortable(one: Row) -> Decimal:
    try:
        price = Decimal(one["price"])
    except InvalidOperation:
        return Decimal("Infinity")
    return price if price.is_finite() else Decimal("Infinity")


def _price_type(node: Row) -> str:
    return str(node.get("priceType", "")).rpartition("/")[2]


def read_condition(node: Row) -> str | None:
    """`new` of https://schema.org/NewCondition."""
    word = name(node.get("itemCondition"))
    return word.rpartition("/")[2].removesuffix("Condition").casefold() or None if word else None
