"""A shop as the generator needs it: what can be asked of it without doubt, and what the records say to that.

Left out is whatever would make a gold answer doubtful: products whose titles stand in one another, kinds of goods whose
name other products bear too, prices that differ between the forms of one product.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from catalog.model import Product, Record
from eval.generate.names import half_in, short_name, title_in
from eval.generate.wordings import LANGUAGES, Language
from eval.products import Sellable, names, sellables
from eval.text.fold import fold
from eval.truth import Truth
from eval.worth import Amount, prices_now


class Kind(NamedTuple):
    """A kind of goods: its category as the records write it, its name, and its products."""

    category: str
    name: str
    products: tuple[Product, ...]


class Shop:
    """The records of one shop at one time."""

    def __init__(self, records: Iterable[Record], now: dt.datetime) -> None:
        self.truth = Truth(records)
        self.now = now
        self.products = list(self.truth.products())
        self._titles = {product.id: [fold(name) for name in names(product)] for product in self.products}
        self._names: dict[tuple[str, Language], list[str]] = {}
        self._all_titles = "\n".join(title for own in self._titles.values() for title in own)
        clear = [product for product in self.products if all(map(self._is_clear_title, self._titles[product.id]))]
        self._speaking = {language: [one for one in clear if title_in(one, language)] for language in LANGUAGES}
        self._kinds = {language: list(self._find_kinds(language)) for language in LANGUAGES}

    def speaking(self, language: Language) -> list[Product]:
        """The products that have a title in the language, none to be taken for another."""
        return self._speaking[language]

    def names(self, product: Product, language: Language) -> list[str]:
        """What to call a product: in short if that is clear, and in full."""
        key = (product.id, language)
        if key not in self._names:
            title = title_in(product, language) or product.title
            short = short_name(product, title, lambda name: self._is_clear(name, product.id))
            self._names[key] = [short, title] if short else [title]
        return self._names[key]

    def name(self, product: Product, language: Language) -> str:
        """The shortest clear name."""
        return self.names(product, language)[0]

    def any_name(self, product: Product) -> list[str]:
        """Every name an answer may call the product by."""
        spoken = [language for language in LANGUAGES if title_in(product, language)]
        return list(dict.fromkeys(name for language in spoken for name in self.names(product, language)))

    def kinds(self, language: Language) -> list[Kind]:
        """The kinds of goods whose name in the language means them and nothing else."""
        return self._kinds[language]

    def priced(self, product: Product) -> Amount | None:
        """What the product costs now, if all its forms cost the same and no sale touches it; None otherwise."""
        amounts = {amount for form in sellables(product) for amount in self.costs(form)}
        return amounts.pop() if len(amounts) == 1 else None

    def costs(self, form: Sellable) -> set[Amount]:
        """All that a form may be said to cost now."""
        return prices_now(self.truth, form, self.now)

    @cached_property
    def currency(self) -> str | None:
        """The currency of most products: that of a bare number."""
        counts: dict[str, int] = {}
        for product in self.products:
            for currency in {form.offer.currency for form in sellables(product) if form.offer}:
                counts[currency] = counts.get(currency, 0) + 1
        return max(sorted(counts), key=lambda currency: counts[currency], default=None)

    def says(self, product: Product, words: Iterable[str]) -> bool:
        """Whether any text about the product, or of the shop at large, holds one of the words."""
        squeezed = [_squeeze(word) for word in words]
        texts = (self._texts.get(product.id, ""), self._texts.get("", ""))
        return any(word in text for text in texts for word in squeezed)

    def titled(self, product: Product, must: Iterable[str | list[str]]) -> bool:
        """Whether a title already says one of the entries: to show the product would be to answer."""
        spelled = [text for entry in must for text in ([entry] if isinstance(entry, str) else entry)]
        squeezed = [text.casefold().replace(" ", "") for text in spelled]
        return any(text in title.replace(" ", "") for title in self._titles[product.id] for text in squeezed)

    def has_anywhere(self, words: Iterable[str]) -> bool:
        """Whether any text of the shop holds one of the words."""
        squeezed = [_squeeze(word) for word in words]
        return any(word in text for text in self._texts.values() for word in squeezed)

    @cached_property
    def _texts(self) -> dict[str, str]:
        """All that records say, by product; what is said to everybody under ""."""
        texts: dict[str, list[str]] = {}
        for id_ in self.truth.records:
            owner = self.truth.product(id_)
            said = "\n".join(passage.text for passage in self.truth.passages(id_))
            texts.setdefault(owner.id if owner else "", []).append(_squeeze(said))
        return {id_: "\n".join(parts) for id_, parts in texts.items()}

    def _is_clear_title(self, title: str) -> bool:
        """Whether a folded title stands in no other title."""
        return bool(title) and self._all_titles.count(title) == 1

    def _is_clear(self, name: str, product_id: str) -> bool:
        """Whether a name stands in the titles of this product alone."""
        folded = fold(name)
        return self._all_titles.count(folded) == sum(title.count(folded) for title in self._titles[product_id])

    def _find_kinds(self, language: Language) -> Iterable[Kind]:
        by_leaf: dict[str, list[Product]] = {}
        for product in self.products:
            if product.categories:
                by_leaf.setdefault(product.categories[-1], []).append(product)
        for category, own in by_leaf.items():
            name = half_in(category.rpartition(">")[2].strip(), language)
            ids = {product.id for product in own}
            if name and not any(_bears(name, titles) for id_, titles in self._titles.items() if id_ not in ids):
                yield Kind(category, _as_several(name) if language == "en" else name, tuple(own))


def _as_several(name: str) -> str:
    """Headphones as they are, beauty products."""
    several = name.endswith(("s", "mice", "men", "children")) and not name.endswith("ss")
    return name.lower() if several else f"{name.lower()} products"


def _bears(name: str, titles: Sequence[str]) -> bool:
    """Whether a folded title holds the name, as one or as several."""
    word = fold(name)
    stem = word.removesuffix("s") if word.isascii() else word
    return any(stem in title for title in titles)


def _squeeze(text: str) -> str:
    """Folded, without spaces: 防 水 is 防水."""
    return fold(text).replace(" ", "")
