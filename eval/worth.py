"""Every amount that may truthfully be said of a product, and what it costs right now."""

import datetime as dt
from collections.abc import Iterable, Sequence
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


def costs(forms: Iterable[Sellable], promotions: Sequence[Promotion]) -> set[Amount]:
    """Their prices, and what the promotions that name their product make of them."""
    return {
        Amount(value, offer.currency)
        for form in forms
        if (offer := form.offer) and (value := decimal(offer.price)) is not None
    } | {
        Amount(value, offer.currency)
        for form in forms
        if (offer := form.offer)
        for promotion in promotions
        if form.product.id in promotion.product_ids and (value := promotion_price(promotion, offer)) is not None
    }


def list_prices(forms: Iterable[Sellable], promotions: Sequence[Promotion]) -> set[Amount]:
    """What they are marked down from: their list prices, and the price itself where a promotion lowers it."""
    found = set()
    for form in forms:
        offer = form.offer
        lowered = any(form.product.id in promotion.product_ids for promotion in promotions)
        texts = (offer.list_price or "", offer.price if lowered else "") if offer else ()
        found |= {Amount(value, offer.currency) for text in texts if offer and (value := decimal(text)) is not None}
    return found


def savings(forms: Iterable[Sellable], promotions: Sequence[Promotion]) -> set[Amount]:
    """What each is cheaper by than its other prices, and the amounts its promotions take off."""
    found: set[Amount] = set()
    for form in forms:
        own = [promotion for promotion in promotions if form.product.id in promotion.product_ids]
        found |= differences(costs([form], own) | list_prices([form], own))
        taken = [decimal(one.discount.amount) for one in own if one.discount and one.discount.amount]
        found |= {Amount(amount, form.offer.currency) for amount in taken if amount is not None and form.offer}
    return found


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
