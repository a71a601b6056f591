"""What the overlay's rows add up to: for every offer the last that was said of each of its values, and the promotions.

Four values are kept apart: the price with its currency, the list price with its currency, availability, stock. For
each the newer `as_of` wins, and the later row where two are equally new; so rows may arrive out of order, and adding
a row twice changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

from catalog.model import Delete, Promotion
from index.changes import Change, OfferChange, said_at
from index.dates import millis


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value (None: no longer known), when it began to hold, and the currency of an amount."""

    at: int
    value: str | int | None = None
    currency: str | None = None


Values: TypeAlias = Mapping[str, Said]
"""By name: price, list_price, availability, stock."""
Offers: TypeAlias = Mapping[str, Values]
"""Of one product by variant id; "" is the product itself."""


class Ledger(msgspec.Struct, frozen=True):
    """Offers by product id, promotions (or that one ended) by id."""

    offers: Mapping[str, Offers] = {}
    promotions: Mapping[str, Promotion | Delete] = {}

    def after(self, changes: Iterable[Change]) -> "Ledger":
        """The ledger with more changes; this one stays as it is."""
        offers, promotions = dict(self.offers), dict(self.promotions)
        for change in changes:
            if isinstance(change, OfferChange):
                offers[change.id] = noted(offers.get(change.id, {}), change)
            else:
                before = promotions.get(change.id)
                if before is None or (millis(change.updated_at) or 0) >= (millis(before.updated_at) or 0):
                    promotions[change.id] = change
        return Ledger(offers, promotions)


def noted(offers: Offers, change: OfferChange) -> Offers:
    """The values of one product after a change of its offers."""
    key = change.variant_id or ""
    values = dict(offers.get(key, {}))
    for name, said in _statements(change).items():
        if name not in values or said.at >= values[name].at:
            values[name] = said
    return {**offers, key: values}


def _statements(change: OfferChange) -> dict[str, Said]:
    at = millis(said_at(change)) or 0
    said: dict[str, Said] = {name: Said(at) for name in change.clear}
    for name in ("price", "list_price"):
        if (amount := getattr(change, name)) is not None:
            said[name] = Said(at, amount, change.currency)
    for name in ("availability", "stock"):
        if (value := getattr(change, name)) is not None:
            said[name] = Said(at, value)
    return said
