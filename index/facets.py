"""Whole-shop facts, read from the columns over every product that passes, never from the best hits."""

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.money import Money
from index.columns import UNKNOWN
from index.filtering import Mask, Sellables
from index.filters import Filter
from index.results import Facets, FacetValue, NumberFacet, PriceFacet
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
    texts, numbers = _attributes(sellables, mask)
    return Facets(
        total=int(products.sum()),
        available=int(sellables.products(mask & sellables.available()).sum()),
        brands=_counts(arrays["brand"][products], words["brand"].words),
        categories=_counts(categories, words["category"].words),
        prices=_prices(snapshot, sellables, mask),
        attributes=texts,
        numbers=numbers,
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
        low, high = rows[prices.argmin()], rows[prices.argmax()]
        owner = arrays["sellable_product"]
        result.append(
            PriceFacet(
                min=Money(int(arrays["price"][low]), currency),
                max=Money(int(arrays["price"][high]), currency),
                count=len(np.unique(owner[rows])),
                cheapest=snapshot.ids[owner[low]],
                dearest=snapshot.ids[owner[high]],
            )
        )
    return sorted(result, key=lambda facet: -facet.count)


def _attributes(sellables: Sellables, mask: Mask) -> tuple[dict[str, list[FacetValue]], dict[str, NumberFacet]]:
    arrays, words = sellables.arrays, sellables.words
    passing = mask[arrays["attr_sellable"]] if len(arrays["attr_sellable"]) else np.zeros(0, bool)
    owner = arrays["sellable_product"][arrays["attr_sellable"]]
    texts: dict[str, list[FacetValue]] = {}
    numbers: dict[str, NumberFacet] = {}
    # One sort groups the rows by key: shops have thousands of keys, and a pass over all rows for each takes seconds.
    rows = np.flatnonzero(passing)
    rows = rows[np.argsort(arrays["attr_key"][rows], kind="stable")]
    edges = np.searchsorted(arrays["attr_key"][rows], np.arange(len(words["key"].words) + 1))
    for code, key in enumerate(words["key"].words):
        mine = rows[edges[code] : edges[code + 1]]
        pairs = np.unique(np.stack([owner[mine], arrays["attr_value"][mine]]), axis=1)
        if values := _counts(pairs[1], words["value"].words):
            texts[key] = values
        measured = mine[~np.isnan(arrays["attr_number"][mine])]
        if len(measured):
            numbers[key] = _range(sellables, measured, owner)
    return texts, numbers


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
