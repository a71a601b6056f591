"""From a merchant's cells to a canonical object: lists are split, numbers scaled, nested fields put in their place."""

from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.feeds.mapping import Column, Mapping, column
from catalog.feeds.offers import amount, availability

Row = dict[str, Any]
_LISTS = {"categories", "bullets", "images", "tags"}
_TEXT = {
    "id", "title", "brand", "description", "price", "list_price", "currency", "gtin", "question", "answer", "body",
    "text",
}  # fmt: skip
_LARGEST = 30
"""Most digits of a number: beyond it lies no price, weight or count, but memory without end."""


def canonical(row: Row, mapping: Mapping, attributes: Row) -> Row:
    """The canonical object of a row, without a check of its fields."""
    result: Row = {"type": mapping.type}
    for name, target in mapping.fields.items():
        raw = row.get(column(target).column)
        value = raw if isinstance(raw, dict) and name == "attributes" else read_cell(raw, column(target))
        if value is not None:
            _place(result, name, value)
    if mapping.language:
        result.setdefault("language", mapping.language)
    if attributes:
        own = result.get("attributes", {})
        result["attributes"] = {**(own if isinstance(own, dict) else {"attributes": own}), **attributes}
    _complete(result, mapping)
    return result


def read_cell(value: Any, rule: Column) -> Any:
    """The value of one cell as its rule reads it; None when there is nothing in it."""
    if isinstance(value, str):
        value = value.strip()
        if rule.split is not None:
            value = [part.strip() for part in value.split(rule.split) if part.strip()]
    if value in (None, "", []):
        return None
    if rule.scale is not None:
        scaled = _decimal(value)
        return value if scaled is None else f"{scaled * Decimal(rule.scale):f}"
    if rule.unit is not None:
        number = _decimal(value)
        return value if number is None else {"value": float(number), "unit": rule.unit}
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return value


def _place(result: Row, name: str, value: Any) -> None:
    *parents, leaf = name.split(".")
    for parent in parents:
        result = result.setdefault(parent, {})
    if leaf in _LISTS and isinstance(value, str):
        result[leaf] = [value]
    else:
        result[leaf] = str(value) if leaf in _TEXT else value


def _complete(result: Row, mapping: Mapping) -> None:
    """An offer needs a price, and a currency; a rating is two numbers."""
    if "offer" in result and "price" not in result["offer"]:
        del result["offer"]
    elif "offer" in result:
        _complete_offer(result["offer"], mapping)
    rating = result.get("rating")
    if isinstance(rating, dict) and "value" in rating:
        result["rating"] = {"value": _number(rating["value"]), "count": _whole(rating.get("count", 0))}
    elif isinstance(rating, dict):
        del result["rating"]


def _complete_offer(offer: Row, mapping: Mapping) -> None:
    """Prices lose their symbols and commas between thousands; a currency beside them counts before the mapping's."""
    for name in ("price", "list_price"):
        if name in offer:
            offer[name], beside = amount(offer[name])
            if beside or mapping.currency:
                offer.setdefault("currency", beside or mapping.currency)
    if "availability" in offer:
        offer["availability"] = availability(offer["availability"]) or offer["availability"]
    if "stock" in offer:
        offer["stock"] = _whole(offer["stock"])


def _decimal(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _LARGEST else None


def _number(value: Any) -> Any:
    number = _decimal(value)
    return value if number is None else float(number)


def _whole(value: Any) -> Any:
    """A cell holds text; a count is a number."""
    number = _decimal(value)
    return value if number is None or number != number.to_integral_value() else int(number)
