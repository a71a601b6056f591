"""What a product record holds: the forms it is sold in, its names, its values as a reader sees them."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from catalog.model import Attributes, AttributeValue, Measure, Offer, Product, Promotion, Variant
from eval.text.fold import fold, key
from eval.text.wordlists import NO, YES


class Sellable(NamedTuple):
    """What can be bought: a variant, or a product that has none."""

    product: Product
    variant: Variant | None

    @property
    def offer(self) -> Offer | None:
        """Its own offer, else the product's."""
        return (self.variant.offer if self.variant else None) or self.product.offer

    @property
    def attributes(self) -> Attributes:
        """The product's attributes (translations too) under folded names, overridden by the variant's options."""
        merged = {key(name): value for name, value in self.product.attributes.items()}
        return merged | {key(name): value for name, value in (self.variant.options if self.variant else {}).items()}


def sellables(product: Product) -> list[Sellable]:
    """The product's variants, or the product itself when it has none."""
    return [Sellable(product, variant) for variant in product.variants] or [Sellable(product, None)]


def names(product: Product) -> list[str]:
    """The titles a product goes by, in all its languages."""
    translated = [translation.title for translation in product.translations.values()]
    return [title for title in (product.title, *translated) if title]


def running(promotion: Promotion, now: dt.datetime) -> bool:
    """Whether a promotion runs at `now`; one with unreadable dates does not."""
    try:
        starts, ends = (dt.datetime.fromisoformat(when) for when in (promotion.starts_at, promotion.ends_at))
    except ValueError:
        return False
    return _aware(starts) <= _aware(now) <= _aware(ends)


def promotion_price(promotion: Promotion, offer: Offer) -> Decimal | None:
    """What the offer costs under the promotion, None if it names no price of this currency."""
    base = decimal(offer.price)
    if promotion.price is not None:
        return decimal(promotion.price)
    discount = promotion.discount
    if discount is None or base is None:
        return None
    if discount.percent is not None:
        return (base * (100 - Decimal(str(discount.percent))) / 100).quantize(Decimal("0.01"))
    amount = decimal(discount.amount or "")
    return base - amount if amount is not None and discount.currency in (None, offer.currency) else None


def decimal(text: str) -> Decimal | None:
    """A decimal string as a number, None if it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def value_text(value: AttributeValue, *, chinese: bool = False) -> str:
    """An attribute value as a reader of the language sees it."""
    if isinstance(value, bool):
        return ("是" if value else "否") if chinese else "yes" if value else "no"
    if isinstance(value, Measure):
        return f"{value.value:g} {value.unit}".strip()
    return ", ".join(value) if isinstance(value, list) else f"{value:g}" if isinstance(value, float) else str(value)


def as_flag(value: AttributeValue) -> bool | None:
    """A yes/no value, written as one or as a word for it; None for any other value."""
    if isinstance(value, bool):
        return value
    folded = fold(value) if isinstance(value, str) else ""
    return True if folded in YES else False if folded in NO else None


def _aware(when: dt.datetime) -> dt.datetime:
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
