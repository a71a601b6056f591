"""Flash sales: which run at a moment, and the prices they set.

A sale never raises a price. Of several that run on one sellable the lowest price holds, the first by id where they
are equal. A sale whose `stock` is 0 is sold out: the usual price holds again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from catalog.model import Promotion
from catalog.money import Money
from catalog.sales import reduced
from index.columns import UNKNOWN
from index.filtering import Sellables

Sales: TypeAlias = Mapping[int, Promotion]
"""The flash sale that sets the price of a sellable, by the sellable's row."""


def over(promotion: Promotion, now: datetime) -> bool:
    """Whether it has ended or nothing of it is left."""
    return promotion.stock == 0 or datetime.fromisoformat(promotion.ends_at) <= now


def begun(promotion: Promotion, now: datetime) -> bool:
    """Whether its first moment has come."""
    return datetime.fromisoformat(promotion.starts_at) <= now


def runs(promotion: Promotion, now: datetime) -> bool:
    """Whether it has begun and is not over."""
    return begun(promotion, now) and not over(promotion, now)


def running(promotions: Iterable[Promotion], now: datetime) -> list[Promotion]:
    """The flash sales that run now, by id."""
    sales = (promotion for promotion in promotions if promotion.kind == "flash_sale" and runs(promotion, now))
    return sorted(sales, key=lambda sale: sale.id)


def priced(base: Sellables, sales: Iterable[Promotion]) -> tuple[Sales, Sellables]:
    """Which sale sets which price, and the columns with these prices; the usual price becomes the list price."""
    usual, price = base.arrays["price"], base.arrays["price"].copy()
    listed = base.arrays["list_price"].copy()
    setting: dict[int, Promotion] = {}
    for sale in sales:
        for at in (at for product_id in sale.product_ids for at in _rows(base, product_id, sale)):
            amount = _at_row(sale, base, at)
            if amount is not None and amount < price[at]:
                setting[at], price[at] = sale, amount
                listed[at] = max(usual[at], listed[at])
    if not setting:
        return setting, base
    return setting, base.replaced({**base.arrays, "price": price, "list_price": listed}, base.words)


def _rows(base: Sellables, product_id: str, sale: Promotion) -> Iterable[int]:
    """The sellables of a product; none where the sale's bare price could mean several currencies."""
    rows = base.rows(product_id)
    currencies = {int(base.arrays["currency"][at]) for at in rows} - {UNKNOWN}
    return rows if sale.price is None or len(currencies) == 1 else ()


def _at_row(sale: Promotion, base: Sellables, at: int) -> int | None:
    code = base.arrays["currency"][at]
    if code == UNKNOWN:
        return None
    found = reduced(sale, Money(int(base.arrays["price"][at]), base.words["currency"].words[code]))
    return None if found is None else found.amount
