"""Filters as masks: which sellables, and so which products, pass; computed before any search."""

from typing import Any

import numpy as np
import numpy.typing as npt

from catalog import lexicon, units
from catalog.model import Measure
from catalog.text import fold
from index.columns import AVAILABILITY, UNKNOWN, Vocabulary
from index.errors import FilterError
from index.filters import AttributeFilter, Filter, PriceFilter, RangeFilter

Mask = npt.NDArray[np.bool_]


class Sellables:
    """The columns of a snapshot, with the prices of one moment, and the masks over them."""

    def __init__(self, arrays: dict[str, Any], words: dict[str, Vocabulary], ids: list[str]) -> None:
        """`ids` are product ids by product row."""
        self.arrays = arrays
        self.words = words
        self.ids = ids
        self._rows = {id_: row for row, id_ in enumerate(ids)}

    def replaced(self, arrays: dict[str, Any], words: dict[str, Vocabulary]) -> "Sellables":
        """The same products with other columns."""
        made = Sellables.__new__(Sellables)
        made.arrays, made.words, made.ids, made._rows = arrays, words, self.ids, self._rows
        return made

    def __len__(self) -> int:
        """How many sellables there are."""
        return len(self.arrays["sellable_product"])

    def mask(self, filter_: Filter) -> Mask:
        """(sellables,) which satisfy every constraint.

        Raises:
            FilterError: an attribute that no product has, a currency that is not sold, a unit that does not fit.
        """
        mask = np.ones(len(self), bool)
        if filter_.price is not None:
            mask &= self._price(filter_.price)
        if filter_.in_stock is not None:
            mask &= self._known_stock() & (self.available() == filter_.in_stock)
        if filter_.rating_min is not None:
            mask &= self._of_product(np.nan_to_num(self.arrays["rating"], nan=-1.0) >= filter_.rating_min)
        if filter_.brand:
            mask &= self._of_product(self._brand(filter_.brand))
        if filter_.not_brand:
            mask &= ~self._of_product(self._brand(filter_.not_brand))
        if filter_.category:
            mask &= self._of_product(self._category(filter_.category))
        if filter_.ids:
            mask &= self._of_product(self._listed(filter_.ids))
        for name, wanted in filter_.attributes.items():
            mask &= self._attribute(name, wanted)[0]
        for name, unwanted in filter_.not_attributes.items():
            mask &= ~self._attribute(name, unwanted)[0]
        return mask

    def available(self) -> Mask:
        """(sellables,) which can be had at once."""
        in_stock = self.arrays["availability"] == AVAILABILITY.index("in_stock")
        mask: Mask = in_stock & (self.arrays["stock"] != 0)
        return mask

    def on_sale(self) -> Mask:
        """(sellables,) which cost less than their list price: with a flash sale that is at least the usual price."""
        price = self.arrays["price"]
        mask: Mask = (self.arrays["list_price"] > price) & (price != UNKNOWN)
        return mask

    def _known_stock(self) -> Mask:
        mask: Mask = self.arrays["availability"] != UNKNOWN
        return mask

    def currency_rank(self) -> npt.NDArray[np.int64]:
        """(sellables,) 0 for the currency that most offers use, 1 for the next; the last for no offer at all."""
        codes = self.arrays["currency"]
        counts = np.bincount(codes[codes != UNKNOWN], minlength=len(self.words["currency"].words))
        ranks = np.empty(len(counts) + 1, np.int64)
        ranks[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
        ranks[UNKNOWN] = len(counts)
        result: npt.NDArray[np.int64] = ranks[codes]
        return result

    def products(self, mask: Mask) -> Mask:
        """(products,) which have a passing sellable."""
        result = np.zeros(len(self.ids), bool)
        result[self.arrays["sellable_product"][mask]] = True
        return result

    def unverified(self, filter_: Filter, passing: Mask) -> dict[str, Mask]:
        """For each `not_` field, (products,) none of whose passing sellables states it."""
        result: dict[str, Mask] = {}
        if filter_.not_brand:
            result["brand"] = self.arrays["brand"] == UNKNOWN
        for name, unwanted in filter_.not_attributes.items():
            result[name] = ~self.products(passing & self._attribute(name, unwanted)[1])
        return result

    def row(self, product_id: str) -> int | None:
        """Row of a product, or None."""
        return self._rows.get(product_id)

    def rows(self, product_id: str) -> range:
        """Rows of a product's sellables; empty for an unknown product."""
        row = self.row(product_id)
        if row is None:
            return range(0)
        first, last = np.searchsorted(self.arrays["sellable_product"], [row, row + 1])
        return range(int(first), int(last))

    def _of_product(self, mask: Mask) -> Mask:
        result: Mask = mask[self.arrays["sellable_product"]]
        return result

    def _price(self, wanted: PriceFilter) -> Mask:
        code = self.words["currency"].find(wanted.currency)
        if code == UNKNOWN:
            known = ", ".join(self.words["currency"].words) or "none"
            raise FilterError(f"price.currency: nothing is sold in {wanted.currency!r} (sold in: {known})")
        price = self.arrays["price"]
        mask: Mask = (self.arrays["currency"] == code) & (price != UNKNOWN)
        if wanted.min is not None:
            mask &= price >= wanted.min
        if wanted.max is not None:
            mask &= price <= wanted.max
        return mask

    def _brand(self, wanted: list[str]) -> Mask:
        return np.isin(self.arrays["brand"], _matching(self.words["brand"].words, wanted))

    def _category(self, wanted: list[str]) -> Mask:
        codes = _matching(self.words["category"].words, wanted)
        mask = np.zeros(len(self.ids), bool)
        mask[self.arrays["category_product"][np.isin(self.arrays["category"], codes)]] = True
        return mask

    def _listed(self, ids: list[str]) -> Mask:
        mask = np.zeros(len(self.ids), bool)
        mask[[row for row in map(self._rows.get, ids) if row is not None]] = True
        return mask

    def _attribute(self, name: str, wanted: AttributeFilter) -> tuple[Mask, Mask]:
        """(sellables,) which have a wanted value, and which state the attribute at all."""
        key = self.words["key"].find(lexicon.key(name))
        if key == UNKNOWN:
            raise FilterError(f"attributes: no product has {name!r}; GET /v1/capabilities lists the known ones")
        rows = np.flatnonzero(self.arrays["attr_key"] == key)
        found = self._in_range(rows, name, wanted) if isinstance(wanted, RangeFilter) else self._among(rows, wanted)
        passing, stating = np.zeros(len(self), bool), np.zeros(len(self), bool)
        passing[self.arrays["attr_sellable"][rows[found]]] = True
        stating[self.arrays["attr_sellable"][rows]] = True
        return passing, stating

    def _among(self, rows: npt.NDArray[np.int64], wanted: list[Any]) -> Mask:
        codes = self.arrays["attr_value"][rows]
        present = [int(code) for code in np.unique(codes) if code != UNKNOWN]
        words = [self.words["value"].words[code] for code in present]
        texts = [_word(item) for item in wanted if isinstance(item, str | bool)]
        mask: Mask = np.isin(codes, [present[at] for at in _matching(words, texts)])
        for number in (item for item in wanted if not isinstance(item, str | bool)):
            mask |= np.isclose(self.arrays["attr_number"][rows], float(number), rtol=1e-6)
        return mask

    def _in_range(self, rows: npt.NDArray[np.int64], name: str, wanted: RangeFilter) -> Mask:
        low, high, unit = -np.inf, np.inf, ""
        if wanted.min is not None:
            low, unit = units.canonical(Measure(wanted.min, wanted.unit or ""))
        if wanted.max is not None:
            high, unit = units.canonical(Measure(wanted.max, wanted.unit or ""))
        numbers, codes = self.arrays["attr_number"][rows], self.arrays["attr_unit"][rows]
        mask: Mask = (numbers >= low - 1e-9) & (numbers <= high + 1e-9)
        if wanted.unit:
            known = {self.words["unit"].words[code] for code in np.unique(codes[codes != UNKNOWN])}
            if unit not in known:
                fitting = ", ".join(sorted(known)) or "none"
                raise FilterError(f"attributes.{name}: unit {wanted.unit!r} does not fit (known: {fitting})")
            mask &= codes == self.words["unit"].find(unit)
        return mask


def _word(item: str | bool) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    return lexicon.value(item)


def _matching(words: list[str], wanted: list[str]) -> list[int]:
    """Codes of the words that equal a wanted text; if none does, those that contain it as whole words."""
    codes: list[int] = []
    folded = [fold(word) for word in words]
    for text in map(fold, wanted):
        equal = [code for code, word in enumerate(folded) if word == text]
        codes += equal or [code for code, word in enumerate(folded) if contains(word, text)]
    return codes


def contains(word: str, text: str) -> bool:
    """Whether a folded text stands in a folded word, at word boundaries where it is Latin."""
    at = word.find(text) if text else -1
    while at >= 0:
        before, after = word[at - 1 : at], word[at + len(text) : at + len(text) + 1]
        if not (_latin(before) and _latin(text[0])) and not (_latin(after) and _latin(text[-1])):
            return True
        at = word.find(text, at + 1)
    return False


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
