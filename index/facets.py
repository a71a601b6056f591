"""Whole-shop facts, read from the columns over every product that passes, never from the best hits."""

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.money import Money
from index.columns import UNKNOWN
from index.filtering import Mask, Sellables
from index.filters import Filter
from index.results import Coverage, Facets, FacetValue, NumberFacet, PriceFacet
from index.snapshot import Snapshot

_VALUES = 50
"""Most values a facet lists."""


def facets(snapshot: Snapshot, sellables: Sellables, filter_: Filter) -> Facets:
    """Counts and ranges; every count is of products.

    Raises:
        FilterError: the filter names an unknown field, unit or currency.
    """
    mask = sellables.mask(filter_)
    products = sellables.products(mask)
    arrays, words = sellables.arrays, sellables.words
    owners = arrays["category_product"]
    categories = arrays["category"][products[owners]] if len(owners) else owners
    brands = arrays["brand"][products]
    texts, numbers, stated = _attributes(sellables, mask)

    def having(some: Mask) -> int:
        """Products with a passing sellable among some."""
        return int(sellables.products(mask & some).sum())

    return Facets(
        total=int(products.sum()),
        available=having(sellables.available()),
        on_sale=having(sellables.on_sale()),
        brands=_counts(brands, words["brand"].words),
        brand_count=_distinct(brands),
        categories=_counts(categories, words["category"].words),
        category_count=_distinct(categories),
        prices=_prices(snapshot, sellables, mask),
        rating=_rating(arrays["rating"][products]),
        coverage=Coverage(
            price=having(arrays["price"] != UNKNOWN),
            brand=int((brands != UNKNOWN).sum()),
            category=len(np.unique(owners[products[owners]])),
            in_stock=having(arrays["availability"] != UNKNOWN),
            rating_min=int((~np.isnan(arrays["rating"][products])).sum()),
            attributes=stated,
        ),
        attributes=texts,
        numbers=numbers,
    )


def _distinct(codes: npt.NDArray[Any]) -> int:
    return len(np.unique(codes[codes != UNKNOWN]))


def _rating(stars: npt.NDArray[np.float32]) -> NumberFacet | None:
    known = stars[~np.isnan(stars)]
    return (
        NumberFacet(round(float(known.min()), 2), round(float(known.max()), 2), "", len(known)) if len(known) else None
    )


def _counts(codes: npt.NDArray[Any], words: list[str]) -> list[FacetValue]:
    counted = Counter(code for code in codes.tolist() if code != UNKNOWN)
    return [FacetValue(words[code], count) for code, count in counted.most_common(_VALUES)]


def _prices(snapshot: Snapshot, sellables: Sellables, mask: Mask) -> list[PriceFacet]:
    arrays, words = sellables.arrays, sellables.words
    result = []
    for code, currency in enumerate(words["currency"].words):
        rows = np.flatnonzero(mask & (arrays["currency"] == code) & (arrays["price"] != UNKNOWN))
        if not len(rows):
            continue
        prices = arrays["price"][rows]
        owners = arrays["sellable_product"][rows]
        low, high = int(prices.min()), int(prices.max())
        cheapest, dearest = ([snapshot.ids[row] for row in np.unique(owners[prices == end])] for end in (low, high))
        result.append(
            PriceFacet(
                min=Money(low, currency),
                max=Money(high, currency),
                count=len(np.unique(owners)),
                cheapest=cheapest[0],
                dearest=dearest[0],
                all_cheapest=cheapest[:_VALUES],
                all_dearest=dearest[:_VALUES],
            )
        )
    return sorted(result, key=lambda facet: -facet.count)


def _attributes(
    sellables: Sellables, mask: Mask
) -> tuple[dict[str, list[FacetValue]], dict[str, NumberFacet], dict[str, int]]:
    """Values, ranges and how many products state it, of each attribute."""
    arrays, words = sellables.arrays, sellables.words
    passing = mask[arrays["attr_sellable"]] if len(arrays["attr_sellable"]) else np.zeros(0, bool)
    owner = arrays["sellable_product"][arrays["attr_sellable"]]
    texts: dict[str, list[FacetValue]] = {}
    numbers: dict[str, NumberFacet] = {}
    stated: dict[str, int] = {}
    # One sort groups the rows by key: shops have thousands of keys, and a pass over all rows for each takes seconds.
    rows = np.flatnonzero(passing)
    rows = rows[np.argsort(arrays["attr_key"][rows], kind="stable")]
    edges = np.searchsorted(arrays["attr_key"][rows], np.arange(len(words["key"].words) + 1))
    for code, key in enumerate(words["key"].words):
        mine = rows[edges[code] : edges[code + 1]]
        if len(mine):
            stated[key] = len(np.unique(owner[mine]))
        pairs = np.unique(np.stack([owner[mine], arrays["attr_value"][mine]]), axis=1)
        if values := _counts(pairs[1], words["value"].words):
            texts[key] = values
        measured = mine[~np.isnan(arrays["attr_number"][mine])]
        if len(measured):
            numbers[key] = _range(sellables, measured, owner)
    return texts, numbers, stated


def _range(sellables: Sellables, rows: npt.NDArray[np.int64], owner: npt.NDArray[np.int32]) -> NumberFacet:
    """The range in the unit that most products use."""
    arrays, words = sellables.arrays, sellables.words
    units = Counter(arrays["attr_unit"][rows].tolist())
    unit = units.most_common(1)[0][0]
    chosen = rows[arrays["attr_unit"][rows] == unit]
    values = arrays["attr_number"][chosen]
    return NumberFacet(
        float(values.min()), float(values.max()), words["unit"].words[unit], len(np.unique(owner[chosen]))
    )
