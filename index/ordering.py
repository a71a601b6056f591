"""In which order found products stand, and which of a product's sellables speaks for it."""

import numpy as np
import numpy.typing as npt

from index.columns import UNKNOWN
from index.filtering import Mask, Sellables
from index.filters import Sort

Rows = npt.NDArray[np.int64]


def ordered(sellables: Sellables, rows: Rows, sort: Sort, passing: Mask) -> Rows:
    """Product rows, given by relevance, in the asked order; what is unknown comes last.

    Prices of different currencies are never compared: the currency that most of the shop's offers use comes first.
    """
    arrays = sellables.arrays
    if sort == "relevance" or not len(rows):
        return rows
    if sort == "rating":
        return rows[np.argsort(-np.nan_to_num(arrays["rating"][rows], nan=-1.0), kind="stable")]
    if sort == "newest":
        return rows[np.argsort(-arrays["updated"][rows], kind="stable")]
    shown = [cheapest(sellables, int(row), passing, None) for row in rows]
    at = np.array([UNKNOWN if place is None else place for place in shown], np.int64)
    prices = np.where(at == UNKNOWN, UNKNOWN, arrays["price"][at])
    unknown = prices == UNKNOWN
    sign = 1 if sort == "price_asc" else -1
    return rows[np.lexsort((sign * prices, sellables.currency_rank()[at], unknown))]


def cheapest(sellables: Sellables, row: int, passing: Mask | None, variant_id: str | None) -> int | None:
    """The sellable of a product that a card shows: the named variant, else the cheapest passing, in stock first."""
    arrays = sellables.arrays
    first, last = np.searchsorted(arrays["sellable_product"], [row, row + 1])
    at = np.arange(first, last)
    if passing is not None:
        at = at[passing[first:last]]
    if variant_id is not None:
        at = at[arrays["sellable_variant"][at] == sellables.words["variant"].find(variant_id)]
    if not len(at):
        return None
    prices = arrays["price"][at]
    keys = (prices, sellables.currency_rank()[at], prices == UNKNOWN, ~sellables.available()[at])
    return int(at[np.lexsort(keys)[0]])
