"""Live changes as the API takes them: amounts in minor units, promotions as the records they are in a feed."""

from typing import Any, Literal

import msgspec

from catalog.model import Availability
from catalog.money import Money, to_decimal
from index.api import Change, OfferChange, Rejection, read_change

MOST = 1_000
"""Changes a request: some ten milliseconds of work, and one wait for the disk."""
_STOCK = 2**31 - 1


class OfferRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """New values of one offer; what is left out stays as it is."""

    id: str
    """The product."""
    variant_id: str | None = None
    """One variant of it; without it the product, and every variant that has no offer of its own."""
    price: Money | None = None
    """Minor units."""
    list_price: Money | None = None
    """Minor units, in the currency of the price."""
    availability: Availability | None = None
    stock: int | None = None
    as_of: str | None = None
    """When it began to hold (ISO 8601); by default when it is received. The newest wins, whatever comes in last."""
    clear: list[Literal["list_price", "stock"]] = []
    """Values that are no longer known."""


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was not taken: its list, its place there (from 0), and why."""

    list: Literal["offers", "promotions"]
    index: int
    id: str
    reason: str
    detail: str


class Batch(msgspec.Struct, kw_only=True):
    """The readable changes of a request, each with the place it came from, and what could not be read."""

    changes: list[Change] = []
    places: list[tuple[Literal["offers", "promotions"], int]] = []
    refused: list[Refused] = []

    def told(self, rejected: list[Rejection]) -> list[Refused]:
        """Everything that was not taken, in the places where the client has it."""
        found = list(self.refused)
        for rejection in rejected:
            name, index = self.places[rejection.index]
            found.append(
                Refused(list=name, index=index, id=rejection.id, reason=rejection.reason, detail=rejection.message)
            )
        return sorted(found, key=lambda one: (one.list, one.index))


def batch(offers: list[OfferRow], promotions: list[dict[str, Any]]) -> Batch:
    """Changes to be tried, each row by itself."""
    made = Batch()
    for index, row in enumerate(offers):
        try:
            made.changes.append(_offer(row))
            made.places.append(("offers", index))
        except _Unreadable as error:
            made.refused.append(Refused(list="offers", index=index, id=row.id, reason=error.reason, detail=str(error)))
    for index, value in enumerate(promotions):
        try:
            made.changes.append(_promotion(value))
            made.places.append(("promotions", index))
        except msgspec.ValidationError as error:
            made.refused.append(
                Refused(list="promotions", index=index, id=str(value.get("id", "")), reason="bad_promotion",
                        detail=str(error))
            )  # fmt: skip
    return made


class _Unreadable(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def _offer(row: OfferRow) -> OfferChange:
    currencies = {money.currency for money in (row.price, row.list_price) if money is not None}
    if len(currencies) > 1:
        raise _Unreadable("bad_currency", "price and list_price are in two currencies")
    if row.stock is not None and not 0 <= row.stock <= _STOCK:
        raise _Unreadable("bad_stock", f"stock is a whole number from 0 to {_STOCK:,}")
    return OfferChange(
        id=row.id, variant_id=row.variant_id, price=_decimal(row.price), list_price=_decimal(row.list_price),
        currency=next(iter(currencies), None), availability=row.availability, stock=row.stock, as_of=row.as_of,
        clear=row.clear,
    )  # fmt: skip


def _promotion(value: dict[str, Any]) -> Change:
    change = read_change({"type": "promotion", **value})
    if isinstance(change, OfferChange):
        raise msgspec.ValidationError("an offer stands in `offers`, not here")
    return change


def _decimal(money: Money | None) -> str | None:
    return None if money is None else f"{to_decimal(money):f}"
