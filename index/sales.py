"""Flash sales: which run at a moment, and the prices they set."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

import numpy as np

from catalog.errors import MoneyError
from catalog.model import Promotion
from catalog.money import to_minor
from index.columns import UNKNOWN
from index.filtering import Sellables

Sales: TypeAlias = dict[str, Promotion]
"""The flash sale that sets each product's price."""


def runs(promotion: Promotion, now: datetime) -> bool:
    """Whether it has begun and not ended."""
    return datetime.fromisoformat(promotion.starts_at) <= now < datetime.fromisoformat(promotion.ends_at)


def running(promotions: Iterable[Promotion], now: datetime) -> Sales:
    """The flash sale of each product that has one now; the first by id where there are several."""
    sales: Sales = {}
    for promotion in promotions:
        if promotion.kind == "flash_sale" and promotion.price is not None and runs(promotion, now):
            for product_id in promotion.product_ids:
                sales.setdefault(product_id, promotion)
    return sales


def priced(base: Sellables, sales: Sales) -> Sellables:
    """The columns with sale prices; the usual price becomes the list price."""
    if not sales:
        return base
    price, listed = base.arrays["price"].copy(), base.arrays["list_price"].copy()
    for product_id, sale in sales.items():
        row = base.row(product_id)
        if row is None or sale.price is None:
            continue
        for at in range(*np.searchsorted(base.arrays["sellable_product"], [row, row + 1])):
            reduced = _reduced(sale.price, base, at)
            if reduced is not None and reduced < price[at]:
                listed[at] = max(price[at], listed[at])
                price[at] = reduced
    return base.replaced({**base.arrays, "price": price, "list_price": listed}, base.words)


def _reduced(price: str, base: Sellables, at: int) -> int | None:
    """A sale price in the currency of one sellable; None where there is no offer or the currency has no such price."""
    code = base.arrays["currency"][at]
    if code == UNKNOWN:
        return None
    try:
        return to_minor(price, base.words["currency"].words[code])
    except MoneyError:
        return None
