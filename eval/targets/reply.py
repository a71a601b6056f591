"""The parts of a mapped reply: lists of products, citations and passages, and what an answer cost."""

from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from catalog.errors import MoneyError
from catalog.money import to_minor
from eval.targets.mapping import CitationPaths, EvidencePaths, ProductPaths, UsagePaths
from eval.targets.paths import Path


class _Items:
    """Every item that `each` leads to, as the values its other paths lead to (None for what is not there)."""

    def __init__(self, each: str, whole: str, **optional: str) -> None:
        """`whole` is the path that may be "", for the item itself; an optional one that is "" is not there."""
        self._each = Path(each)
        self._whole = Path(whole)
        self._optional = {name: Path(path) for name, path in optional.items() if path}

    def read(self, body: Any) -> list[tuple[Any, dict[str, Any]]]:
        """(the value of the whole path, the optional values by name) of each item that has the former."""
        items = [(self._whole.first(item), item) for item in self._each.find(body)]
        return [
            (whole, {name: path.first(item) for name, path in self._optional.items()})
            for whole, item in items
            if isinstance(whole, str | int)
        ]


class Products:
    """The cards of an answer."""

    def __init__(self, paths: ProductPaths) -> None:
        self._currency = paths.in_currency or None
        self._items = _Items(
            paths.each, paths.id, variant_id=paths.variant_id, title=paths.title, url=paths.url, price=paths.price,
            currency=paths.currency, availability=paths.availability,
        )  # fmt: skip

    def read(self, body: Any) -> list[dict[str, Any]]:
        """Cards in the shape of the native wire."""
        return [self._card(id_, item) for id_, item in self._items.read(body)]

    def _card(self, id_: Any, item: dict[str, Any]) -> dict[str, Any]:
        texts = {name: str(item[name]) for name in ("title", "variant_id", "url") if item.get(name) is not None}
        offer = {
            "price": _money(item.get("price"), item.get("currency") or self._currency),
            "availability": item.get("availability") if isinstance(item.get("availability"), str) else None,
        }
        return {"id": str(id_), **texts, "offer": offer}


class Citations:
    """The records an answer cites."""

    def __init__(self, paths: CitationPaths) -> None:
        self._items = _Items(paths.each, paths.id, quote=paths.quote, number=paths.number)

    def read(self, body: Any) -> list[dict[str, Any]]:
        """Citations in the shape of the native wire."""
        return [
            {"n": _count(item.get("number")) or at, "record_id": str(id_), "quote": _text(item.get("quote"))}
            for at, (id_, item) in enumerate(self._items.read(body), start=1)
        ]


class Evidence:
    """The passages an API had before it."""

    def __init__(self, paths: EvidencePaths) -> None:
        self._items = _Items(paths.each, paths.text, id=paths.id)

    def read(self, body: Any) -> list[dict[str, Any]]:
        """Evidence in the shape of the native wire."""
        return [{"record_id": _text(item.get("id")), "text": str(text)} for text, item in self._items.read(body)]


class Usage:
    """Tokens and calls."""

    def __init__(self, paths: UsagePaths) -> None:
        named = msgspec.structs.asdict(paths)
        self._paths = {name: Path(path) for name, path in named.items() if path}

    def read(self, body: Any) -> dict[str, int | None]:
        """Whole numbers; None for what the reply does not say."""
        return {name: _count(path.first(body)) for name, path in self._paths.items()}


def _money(price: Any, currency: Any) -> dict[str, Any] | None:
    """A price in minor units; None for what is no amount of a currency."""
    if not isinstance(currency, str) or isinstance(price, bool) or not isinstance(price, str | int | float):
        return None
    try:
        return {"amount": to_minor(Decimal(str(price)), currency), "currency": currency}
    except (InvalidOperation, MoneyError):
        return None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Any) -> str:
    return "" if value is None else str(value)
