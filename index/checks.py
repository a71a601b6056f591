"""Which changes fit the shop as it is now; those that do are completed with their moment and their currency."""

import re
from datetime import UTC, datetime

import msgspec

from catalog.errors import MoneyError
from catalog.feeds.normalise import normalise
from catalog.issues import Issue
from catalog.model import Delete, Offer, Product, Promotion, Variant
from catalog.money import to_minor
from catalog.sales import prices, unclear
from index.changes import Change, OfferChange
from index.dates import iso, millis
from index.ledger import Offers, noted
from index.live import Live
from index.offers import live as with_changes
from index.offers import winning
from index.receipt import Reason, Rejection

AHEAD = 5 * 60 * 1000
"""How many milliseconds ahead of now a change may be dated: clocks differ, but a far date would lock the offer."""
_CURRENCY = re.compile(r"[A-Z]{3}")


class _Unfit(Exception):
    """Control flow within this module, not an error of the tree."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


_NAMED = 5
"""Variants that an error names."""


class Checker:
    """Checks the changes of one batch in turn, each on top of those before it."""

    def __init__(self, live: Live, now: datetime) -> None:
        """`live` should know every row that was written before this batch."""
        self._live = live
        self._now = int(now.astimezone(UTC).timestamp() * 1000)
        self._offers: dict[str, Offers] = {}
        self._promotions: set[str] = set()

    def check(self, index: int, change: Change) -> Change | Rejection:
        """The completed change, or why it cannot be taken."""
        try:
            return self._offer(change) if isinstance(change, OfferChange) else self._promotion(change)
        except _Unfit as error:
            return Rejection(index, change.id, error.reason, str(error))

    def _offer(self, change: OfferChange) -> OfferChange:
        product = self._live.snapshot.fed_product(change.id)
        if product is None:
            raise _Unfit("unknown_id", f"the shop has no product {change.id!r}")
        variant = _variant(product, change.variant_id)
        if variant is None and product.variants and all(each.offer for each in product.variants):
            ids = ", ".join(each.id for each in product.variants[:_NAMED])
            more = ", …" if len(product.variants) > _NAMED else ""
            raise _Unfit("variant_needed", f"every variant of {product.id!r} has an offer of its own: {ids}{more}")
        if not change.clear and all(
            value is None for value in (change.price, change.list_price, change.availability, change.stock)
        ):
            raise _Unfit("nothing_to_change", "say a price, list_price, availability, stock, or what to clear")
        before = self._offers.get(change.id) or self._live.ledger.offers.get(change.id, {})
        current = _effective(with_changes(product, before), change.variant_id)
        whole = msgspec.structs.replace(change, as_of=self._moment(change.as_of), currency=_currency(change, current))
        after = noted(before, whole)
        if not any(said.at == millis(whole.as_of) for said in winning(product, variant, after).values()):
            raise _Unfit("overtaken", f"what is known of the offer is newer than {whole.as_of}")
        self._offers[change.id] = after
        return whole

    def _promotion(self, change: Promotion | Delete) -> Promotion | Delete:
        known = self._live.record(change.id)
        if isinstance(change, Delete):
            if not isinstance(known, Promotion) and change.id not in self._promotions:
                raise _Unfit("unknown_id", f"the shop has no promotion {change.id!r} to end")
        elif known is not None and not isinstance(known, Promotion | Delete):
            raise _Unfit("bad_promotion", f"{change.id!r} is the id of another record")
        else:
            change = self._fitting(change)
        moment = self._moment(change.updated_at)
        if known is not None and (millis(known.updated_at) or 0) > (millis(moment) or 0):
            raise _Unfit("overtaken", f"what is known of the promotion is newer than {moment}")
        self._promotions.add(change.id)
        return msgspec.structs.replace(change, updated_at=moment)

    def _fitting(self, change: Promotion) -> Promotion:
        found = list(normalise(msgspec.to_builtins(change), "", 0))
        record = found[-1]
        if isinstance(record, Issue) or not isinstance(record, Promotion):
            raise _Unfit("bad_promotion", getattr(record, "message", "no promotion"))
        if unknown := [id_ for id_ in record.product_ids if self._live.snapshot.fed_product(id_) is None]:
            raise _Unfit("unknown_id", f"the shop has no product {unknown[0]!r}")
        if not record.product_ids:
            raise _Unfit("bad_promotion", "product_ids is empty")
        for product in map(self._live.record, record.product_ids) if record.kind == "flash_sale" else ():
            if isinstance(product, Product) and (why := unclear(record, prices(product))):
                raise _Unfit("bad_promotion", f"it changes no price of {product.id!r}: {why}")
        return record

    def _moment(self, text: str | None) -> str:
        at = self._now if text is None else millis(text)
        if at is None:
            raise _Unfit("bad_time", f"{text!r} is no ISO 8601 time")
        if at > self._now + AHEAD:
            raise _Unfit("bad_time", f"{text!r} lies ahead")
        return iso(at)


def _variant(product: Product, variant_id: str | None) -> Variant | None:
    if variant_id is None:
        return None
    found = next((variant for variant in product.variants if variant.id == variant_id), None)
    if found is None:
        raise _Unfit("unknown_variant", f"{product.id!r} has no variant {variant_id!r}")
    return found


def _effective(product: Product, variant_id: str | None) -> Offer | None:
    variant = next((variant for variant in product.variants if variant.id == variant_id), None)
    return (variant.offer if variant else None) or product.offer


def _currency(change: OfferChange, current: Offer | None) -> str | None:
    """The currency of the change's amounts; None where it has none.

    Without a price there is nothing to know: neither stock nor a list price makes an offer.
    """
    if change.price is None and (current is None or change.currency not in {None, current.currency}):
        raise _Unfit("no_price", "the first change of an offer, and one of its currency, needs a price")
    currency = change.currency or (current.currency if current else None)
    if currency is None:
        raise _Unfit("bad_currency", "the offer has no currency yet: say one")
    if not _CURRENCY.fullmatch(currency):
        raise _Unfit("bad_currency", f"{currency!r} is no ISO 4217 code")
    for amount in (change.price, change.list_price):
        try:
            if amount is not None:
                to_minor(amount, currency)
        except MoneyError as error:
            raise _Unfit("bad_price", str(error)) from error
    return currency
