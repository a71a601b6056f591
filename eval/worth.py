"""Every amount that may truthfully be said of a product, and what it costs right now."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from catalog.model import Promotion
from catalog.money import Money, to_decimal
from eval.products import Sellable, decimal, promotion_price, running, sellables
from eval.truth import Truth


class Amount(NamedTuple):
    """A decimal amount of a currency."""

    value: Decimal
    currency: str


def of_money(money: Money) -> Amount:
    """The wire's minor units as a decimal amount."""
    return Amount(to_decimal(money), money.currency)


def prices_now(truth: Truth, sellable: Sellable, now: dt.datetime) -> set[Amount]:
    """What the sellable may be shown at: its offer's price, or that of a flash sale that runs."""
    offer = sellable.offer
    price = decimal(offer.price) if offer else None
    if offer is None or price is None:
        return set()
    found = {Amount(price, offer.currency)}
    for promotion in truth.promotions(sellable.product.id):
        reduced = promotion_price(promotion, offer) if promotion.kind == "flash_sale" else None
        if reduced is not None and running(promotion, now):
            found.add(Amount(reduced, offer.currency))
    return found


def sayable(forms: Iterable[Sellable], promotions: Iterable[Promotion]) -> set[Amount]:
    """Their prices and list prices, what the promotions that name their product make of them, what each saves."""
    promotions = list(promotions)
    return {
        amount
        for form in forms
        for amount in _sayable_of(form, [one for one in promotions if form.product.id in one.product_ids])
    }


def differences(amounts: set[Amount]) -> set[Amount]:
    """By how much any two of the amounts differ."""
    return {
        Amount(abs(one.value - other.value), one.currency)
        for one in amounts
        for other in amounts
        if one.currency == other.currency and one.value != other.value
    }


def extreme(
    truth: Truth, product_id: str, now: dt.datetime, *, highest: bool = False, stocked: bool = False
) -> Amount | None:
    """The lowest (or highest) price of its (stocked) sellables now; None without a price, or in several currencies."""
    product = truth.product(product_id)
    forms = sellables(product) if product else []
    if stocked:
        forms = [form for form in forms if form.offer and form.offer.availability == "in_stock"]
    amounts = {amount for form in forms for amount in prices_now(truth, form, now)}
    best = max if highest else min
    return best(amounts) if len({amount.currency for amount in amounts}) == 1 else None


def _sayable_of(sellable: Sellable, promotions: Iterable[Promotion]) -> set[Amount]:
    offer = sellable.offer
    price = decimal(offer.price) if offer else None
    if offer is None or price is None:
        return set()
    others = [decimal(offer.list_price) if offer.list_price else None]
    discounts = []
    for promotion in promotions:
        others.append(promotion_price(promotion, offer))
        if promotion.discount and promotion.discount.amount:
            discounts.append(decimal(promotion.discount.amount))
    values = {price} | {value for other in others if other is not None for value in (other, abs(price - other))}
    return {Amount(value, offer.currency) for value in values | {value for value in discounts if value is not None}}
