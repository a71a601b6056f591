"""A product's offers with live changes on top of what its feed says.

Between feed and change the newer wins, value by value; an offer of the feed is as new as its `as_of`, else as the
record's `updated_at`. A change of a variant goes above a change of its product. A change of the product reaches every
variant for which the feed has no offer of its own.
"""

from typing import cast

import msgspec

from catalog.model import Availability, Offer, Product, Variant
from index.dates import iso, millis
from index.ledger import Offers, Said, Values


class Stated(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the feed said of a product's offers."""

    offer: Offer | None = None
    variants: dict[str, Offer] = {}


def stated(product: Product) -> Stated:
    """The offers a product carries."""
    return Stated(product.offer, {variant.id: variant.offer for variant in product.variants if variant.offer})


def restored(product: Product, feed: Stated) -> Product:
    """The product with the offers its feed gave it."""
    variants = [msgspec.structs.replace(variant, offer=feed.variants.get(variant.id)) for variant in product.variants]
    return msgspec.structs.replace(product, offer=feed.offer, variants=variants)


def live(product: Product, changes: Offers) -> Product:
    """The product with every change that is newer than what its feed says."""
    own = _with(product.offer, winning(product, None, changes))
    variants = [_variant(product, variant, own, changes) for variant in product.variants]
    return msgspec.structs.replace(product, offer=own, variants=variants)


def _variant(product: Product, variant: Variant, inherited: Offer | None, changes: Offers) -> Variant:
    later = winning(product, variant, changes)
    if not later:
        return variant
    return msgspec.structs.replace(variant, offer=_with(variant.offer or inherited, later))


def winning(product: Product, variant: Variant | None, changes: Offers) -> Values:
    """The changed values of one offer that are not older than what the feed says of it."""
    since = feed_time(product, variant)
    said = changes.get(variant.id if variant else "", {})
    return {name: value for name, value in said.items() if value.at >= since}


def feed_time(product: Product, variant: Variant | None) -> int:
    """How new the feed's offer for a product or variant is (its own, else the product's); 0 where there is none."""
    offer = (variant.offer if variant else None) or product.offer
    if offer is None:
        return 0
    return millis(offer.as_of) or millis(product.updated_at) or 0


def _with(base: Offer | None, later: Values) -> Offer | None:
    if not later:
        return base
    price = later.get("price")
    money = (price.value, price.currency) if price else (base.price, base.currency) if base else (None, None)
    amount, currency = money
    if amount is None or currency is None:
        return None
    availability = later["availability"].value if "availability" in later else base and base.availability
    stock = later["stock"].value if "stock" in later else base and base.stock
    return Offer(
        price=str(amount),
        currency=currency,
        list_price=_list_price(base, later.get("list_price"), currency),
        availability=cast("Availability", availability or "in_stock"),
        stock=cast("int | None", stock),
        as_of=iso(max(said.at for said in later.values())),
    )


def _list_price(base: Offer | None, said: Said | None, currency: str) -> str | None:
    """Amounts of two currencies never stand in one offer."""
    if said is not None:
        return str(said.value) if said.value is not None and said.currency == currency else None
    return base.list_price if base is not None and base.currency == currency else None
