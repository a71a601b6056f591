"""What a merchant may change at once, without a build: an offer, or a promotion.

A change without `type` (or with `"type": "offer"`) speaks of the offer of a product or variant; what it leaves out
stays as it is. A canonical promotion record sets that promotion, a canonical delete record ends it.
"""

from typing import Any, Literal, TypeAlias

import msgspec

from catalog.model import Availability, Count, Delete, Promotion


class OfferChange(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True,
    tag_field="type", tag="offer",
):  # fmt: skip
    """New values of one offer; `price` and `list_price` are decimal strings."""

    id: str
    """The product."""
    variant_id: str | None = None
    """One variant of it; without it the product and every variant that has no offer of its own."""
    price: str | None = None
    list_price: str | None = None
    currency: str | None = None
    """ISO 4217; the live offer's when absent. A new one needs a new price."""
    availability: Availability | None = None
    stock: Count | None = None
    as_of: str | None = None
    """When it began to hold (ISO 8601); when it was received if absent."""
    clear: list[Literal["list_price", "stock"]] = []
    """Values that are no longer known."""


Change: TypeAlias = OfferChange | Promotion | Delete


def read(value: dict[str, Any]) -> Change:
    """A parsed JSON object as a change.

    Raises:
        msgspec.ValidationError: a field is unknown, missing or of the wrong type.
    """
    change: Change = msgspec.convert({"type": "offer", **value}, Change)
    return change


def said_at(change: Change) -> str | None:
    """When the change says that it began to hold."""
    return change.as_of if isinstance(change, OfferChange) else change.updated_at
