"""What the shop sells at one moment, by its records: every form of every product, its price, whether it is there."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec

from catalog import feeds, sales
from catalog.model import Offer, Product, Promotion, Record
from catalog.money import Money, to_minor


class Form(NamedTuple):
    """A variant, or a product that has none; `price` is that of the moment, flash sales included."""

    product: Product
    variant_id: str | None
    price: Money | None
    in_stock: bool

    @property
    def kind(self) -> str:
        """The most specific category."""
        return self.product.categories[-1] if self.product.categories else ""


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """What every product shown must satisfy; bounds are inclusive and in minor units of `currency`."""

    kind: str = ""
    brand: str = ""
    not_brand: str = ""
    currency: str = ""
    low: int | None = None
    high: int | None = None
    in_stock: bool = False

    def passes(self, form: Form) -> bool:
        """Whether this one form satisfies all of it at once."""
        right_maker = (not self.brand or form.product.brand == self.brand) and (
            not self.not_brand or form.product.brand != self.not_brand
        )
        right_kind = not self.kind or form.kind == self.kind
        return right_kind and right_maker and (form.in_stock or not self.in_stock) and self._affords(form.price)

    def _affords(self, price: Money | None) -> bool:
        if not self.currency:
            return True
        if price is None or price.currency != self.currency:
            return False
        return (self.low is None or price.amount >= self.low) and (self.high is None or price.amount <= self.high)


def records_of(data: Path) -> list[Record]:
    """The records of the live snapshot of a data folder, read as a feed."""
    live = (data / "CURRENT").read_text("utf-8").strip()
    path = data / "snapshots" / live / "records.jsonl"
    return [item for item in feeds.read([str(path)]) if isinstance(item, Record)]


def forms(records: Sequence[Record], now: dt.datetime) -> list[Form]:
    """Every sellable form, in the order of the records."""
    running = [r for r in records if isinstance(r, Promotion) and r.kind == "flash_sale" and _runs(r, now)]
    found: list[Form] = []
    for product in (record for record in records if isinstance(record, Product)):
        own = [sale for sale in running if product.id in sale.product_ids]
        rows: list[tuple[str | None, Offer | None]]
        rows = [(one.id, one.offer or product.offer) for one in product.variants]
        for variant_id, offer in rows or [(None, product.offer)]:
            found.append(Form(product, variant_id, _price(offer, own), _there(offer)))
    return found


def ids(wanted: Want, sold: Iterable[Form]) -> list[str]:
    """Products of which one form satisfies the want, in the order of the records."""
    return list(dict.fromkeys(form.product.id for form in sold if wanted.passes(form)))


def ends(wanted: Want, sold: Iterable[Form], *, dearest: bool) -> dict[str, tuple[int, list[str]]]:
    """By currency, the highest (or lowest) price of the forms that pass, and the products that have it."""
    priced = [(form.price, form.product.id) for form in sold if form.price is not None and wanted.passes(form)]
    found = {}
    for currency in {price.currency for price, _ in priced}:
        amounts = [price.amount for price, _ in priced if price.currency == currency]
        end = max(amounts) if dearest else min(amounts)
        at_end = [id_ for price, id_ in priced if price == Money(end, currency)]
        found[currency] = (end, list(dict.fromkeys(at_end)))
    return found


def _runs(sale: Promotion, now: dt.datetime) -> bool:
    starts, ends_at = (dt.datetime.fromisoformat(when) for when in (sale.starts_at, sale.ends_at))
    return starts <= now < ends_at and sale.stock != 0


def _price(offer: Offer | None, running: list[Promotion]) -> Money | None:
    if offer is None:
        return None
    usual = Money(to_minor(Decimal(offer.price), offer.currency), offer.currency)
    reduced = [price for sale in running if (price := sales.reduced(sale, usual)) is not None]
    return min([usual, *reduced], key=lambda price: price.amount)


def _there(offer: Offer | None) -> bool:
    return offer is not None and offer.availability == "in_stock" and offer.stock != 0
