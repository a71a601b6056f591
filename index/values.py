"""What the filters see of one product, read back from the columns."""

from typing import Any

import msgspec
import numpy as np

from catalog.money import Money
from index.columns import AVAILABILITY, UNKNOWN
from index.filtering import Sellables


class FilterValues(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sellable as filters see it; prices are those of the moment, a running flash sale included."""

    variant_id: str | None = None
    price: Money | None = None
    availability: str | None = None
    stock: int | None = None
    brand: str | None = None
    categories: list[str] = []
    rating: float | None = None
    attributes: dict[str, list[str]] = {}
    """Canonical key -> folded words and numbers in canonical units."""


def filter_values(sellables: Sellables, row: int) -> list[FilterValues]:
    """Every sellable of a product, by the product's row."""
    first, last = np.searchsorted(sellables.arrays["sellable_product"], [row, row + 1])
    return [_values(sellables, row, at) for at in range(int(first), int(last))]


def _values(sellables: Sellables, row: int, at: int) -> FilterValues:
    arrays, words = sellables.arrays, sellables.words

    def word(name: str, code: Any) -> str | None:
        return None if code == UNKNOWN else words[name].words[code]

    price, currency = int(arrays["price"][at]), word("currency", arrays["currency"][at])
    stock, availability = int(arrays["stock"][at]), int(arrays["availability"][at])
    rating = float(arrays["rating"][row])
    categories = arrays["category"][arrays["category_product"] == row]
    return FilterValues(
        variant_id=word("variant", arrays["sellable_variant"][at]),
        price=Money(price, currency) if currency else None,
        availability=None if availability == UNKNOWN else AVAILABILITY[availability],
        stock=None if stock == UNKNOWN else stock,
        brand=word("brand", arrays["brand"][row]),
        categories=[words["category"].words[code] for code in categories],
        rating=None if np.isnan(rating) else rating,
        attributes=_attributes(sellables, at),
    )


def _attributes(sellables: Sellables, at: int) -> dict[str, list[str]]:
    arrays, words = sellables.arrays, sellables.words
    found: dict[str, list[str]] = {}
    for place in np.flatnonzero(arrays["attr_sellable"] == at):
        value, number = int(arrays["attr_value"][place]), float(arrays["attr_number"][place])
        said = found.setdefault(words["key"].words[arrays["attr_key"][place]], [])
        if value != UNKNOWN:
            said.append(words["value"].words[value])
        if not np.isnan(number):
            unit = words["unit"].words[arrays["attr_unit"][place]]
            said.append(f"{number:g} {unit}".strip())
    return found
