"""The columns that filters, sorting and facets read: numpy arrays over sellables and products.

A sellable is one variant, or the product itself if it has none. Attribute values are kept in long form, one row a
(sellable, key, value), because any attribute of any shop may be filtered. Numbers are in canonical units.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catalog import lexicon, quantity, units
from catalog.model import Attributes, AttributeValue, Measure, Offer, Product, Variant
from catalog.money import to_minor
from index.atomic import save_array, write_bytes

AVAILABILITY = ("in_stock", "out_of_stock", "preorder", "backorder")
UNKNOWN = -1

Array = npt.NDArray[np.generic]


class Vocabulary:
    """Strings as small integers, in order of appearance."""

    def __init__(self, words: list[str] | None = None) -> None:
        self.words = words or []
        self._codes = {word: code for code, word in enumerate(self.words)}

    def code(self, word: str) -> int:
        """The code of a word, a new one if need be."""
        code = self._codes.setdefault(word, len(self.words))
        if code == len(self.words):
            self.words.append(word)
        return code

    def find(self, word: str) -> int:
        """The code of a known word, or UNKNOWN."""
        return self._codes.get(word, UNKNOWN)


VOCABULARIES = ("variant", "currency", "brand", "category", "key", "value", "unit")
ARRAYS = {
    "sellable_product": np.int32, "sellable_variant": np.int32, "price": np.int64, "list_price": np.int64,
    "currency": np.int32, "availability": np.int8, "stock": np.int32, "brand": np.int32, "rating": np.float32,
    "updated": np.int64, "category_product": np.int32, "category": np.int32, "attr_sellable": np.int32,
    "attr_key": np.int32, "attr_value": np.int32, "attr_number": np.float64, "attr_unit": np.int32,
}  # fmt: skip


class Writer:
    """Collects columns product by product, in row order."""

    def __init__(self) -> None:
        self._lists: dict[str, list[float]] = {name: [] for name in ARRAYS}
        self._words = {name: Vocabulary() for name in VOCABULARIES}
        self._products = 0

    def add(self, product: Product) -> None:
        """Append the next product."""
        row = self._products
        self._products += 1
        self._put(
            brand=self._words["brand"].code(product.brand) if product.brand else UNKNOWN,
            rating=product.rating.value if product.rating else float("nan"),
            updated=_seconds(product.updated_at),
        )
        for category in product.categories:
            self._put(category_product=row, category=self._words["category"].code(category))
        attributes = list(_attributes(product))
        variants: list[Variant] | list[None] = product.variants or [None]
        for variant in variants:
            self._sellable(row, product, variant, attributes)

    def _sellable(
        self, row: int, product: Product, variant: Variant | None, shared: list[tuple[str, AttributeValue]]
    ) -> None:
        offer = (variant.offer if variant else None) or product.offer
        at = len(self._lists["sellable_product"])
        self._put(
            sellable_product=row,
            sellable_variant=self._words["variant"].code(variant.id) if variant else UNKNOWN,
            **offer_cells(offer, self._words["currency"]),
        )
        options = [(lexicon.key(name), value) for name, value in variant.options.items()] if variant else []
        overridden = {key for key, _ in options}
        seen: set[tuple[int, int, float]] = set()
        for key, value in [*options, *((key, value) for key, value in shared if key not in overridden)]:
            self._attribute(at, key, value, seen)

    def _attribute(self, at: int, key: str, value: AttributeValue, seen: set[tuple[int, int, float]]) -> None:
        for word, number, unit in _cells(value):
            code = self._words["value"].code(word) if word else UNKNOWN
            mark = (self._words["key"].code(key), code, number)
            if mark in seen:  # a translation repeats what the base language says
                continue
            seen.add(mark)
            self._put(
                attr_sellable=at,
                attr_key=mark[0],
                attr_value=code,
                attr_number=number if unit is not None else float("nan"),
                attr_unit=UNKNOWN if unit is None else self._words["unit"].code(unit),
            )

    def _put(self, **values: float) -> None:
        for name, value in values.items():
            self._lists[name].append(value)

    def write(self, folder: Path) -> None:
        """Write the arrays and vocabularies into an existing folder."""
        for name, dtype in ARRAYS.items():
            save_array(folder / f"{name}.npy", np.array(self._lists[name], dtype))
        words = {name: vocabulary.words for name, vocabulary in self._words.items()}
        write_bytes(folder / "words.json", json.dumps(words, ensure_ascii=False).encode())


def load(folder: Path) -> tuple[dict[str, Array], dict[str, Vocabulary]]:
    """The arrays and vocabularies of `Writer.write`."""
    arrays = {name: np.load(folder / f"{name}.npy") for name in ARRAYS}
    words = json.loads((folder / "words.json").read_text("utf-8"))
    return arrays, {name: Vocabulary(words[name]) for name in VOCABULARIES}


def offer_cells(offer: Offer | None, currencies: Vocabulary) -> dict[str, int]:
    """What the columns say of one offer; a currency that is new gets a code."""
    if offer is None:
        return dict.fromkeys(("price", "list_price", "currency", "availability", "stock"), UNKNOWN)
    return {
        "price": to_minor(offer.price, offer.currency),
        "list_price": to_minor(offer.list_price, offer.currency) if offer.list_price else UNKNOWN,
        "currency": currencies.code(offer.currency),
        "availability": AVAILABILITY.index(offer.availability),
        "stock": UNKNOWN if offer.stock is None else offer.stock,
    }


def _attributes(product: Product) -> Iterator[tuple[str, AttributeValue]]:
    """(canonical key, value) of the base language and of every translation."""
    sources: list[Attributes] = [product.attributes, *(t.attributes or {} for t in product.translations.values())]
    for attributes in sources:
        for name, value in attributes.items():
            yield lexicon.key(name), value


def _cells(value: AttributeValue) -> Iterator[tuple[str, float, str | None]]:
    """(word, number, unit) of a value: words are folded, a text that is one quantity is a number too."""
    if isinstance(value, bool):
        yield ("true" if value else "false"), 0.0, None
    elif isinstance(value, Measure):
        number, unit = units.canonical(value)
        yield "", number, unit
    elif isinstance(value, int | float):
        yield "", float(value), ""
    elif isinstance(value, list):
        for item in value:
            yield from _cells(item)
    else:
        found = quantity.parse(value)
        if len(found) == 1 and found[0].end - found[0].start == len(value.strip()):
            number, unit = units.canonical(found[0].measure)
            yield lexicon.value(value), number, unit
        else:
            yield lexicon.value(value), 0.0, None


def _seconds(date: str | None) -> int:
    try:
        return int(datetime.fromisoformat(date).timestamp()) if date else 0
    except ValueError:
        return 0
