"""What a flash sale makes of a usual price, and when it makes nothing of it.

A sale names its `price`, or a `discount` of the usual price when it names none: a percentage, rounded half up to the
currency's smallest unit, or an amount in that currency. The result is never below nothing. A bare `price` is in the
product's currency, so it says nothing of a product that is priced in several.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from catalog.errors import MoneyError
from catalog.model import Discount, Product, Promotion
from catalog.money import Money, display, to_minor


def reduced(sale: Promotion, usual: Money) -> Money | None:
    """The price under a sale; None where it says nothing in that currency.

    It may be higher than the usual price: then the sale does not hold.
    """
    try:
        if sale.price is not None:
            return Money(to_minor(sale.price, usual.currency), usual.currency)
        return None if sale.discount is None else _discounted(sale.discount, usual)
    except MoneyError:
        return None


def _discounted(discount: Discount, usual: Money) -> Money | None:
    if discount.percent is not None:
        left = usual.amount * (100 - Decimal(str(discount.percent))) / 100
        return Money(max(0, int(left.quantize(Decimal(1), ROUND_HALF_UP))), usual.currency)
    if discount.amount is None or discount.currency != usual.currency:
        return None
    return Money(max(0, usual.amount - to_minor(discount.amount, usual.currency)), usual.currency)


def prices(product: Product) -> list[Money]:
    """The usual prices of a product's sellables that have one.

    Raises:
        MoneyError: the record was never checked and has a price that is none.
    """
    offers = [variant.offer or product.offer for variant in product.variants] or [product.offer]
    return [Money(to_minor(offer.price, offer.currency), offer.currency) for offer in offers if offer is not None]


def unclear(sale: Promotion, usual: Sequence[Money]) -> str:
    """Why a flash sale can say nothing of a product with these prices; "" where it can, or where there are none."""
    if sale.price is None and sale.discount is None:
        return "it names neither a price nor a discount"
    currencies = sorted({price.currency for price in usual})
    if sale.price is not None and len(currencies) > 1:
        return f"its price could be in {' or '.join(currencies)}"
    if usual and not any(reduced(sale, price) for price in usual):
        return f"it says no amount that {' or '.join(currencies)} has"
    return ""


def idle(sale: Promotion, usual: Sequence[Money]) -> str:
    """Why a flash sale changes no price of a product with these prices; "" where it lowers one."""
    if why := unclear(sale, usual):
        return why
    if not usual:
        return "the product has no price"
    lowered = [(price, made) for price in usual if (made := reduced(sale, price))]
    if any(made.amount < price.amount for price, made in lowered):
        return ""
    price, made = lowered[0]
    return f"{display(made)} is not below the usual {display(price)}"
