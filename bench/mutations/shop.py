"""What the records say of each product, and what products are called."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

import msgspec

from bench.mutations.amounts import plain
from bench.mutations.kinds import Language
from bench.mutations.shapes import Shapes
from bench.shopper.words import short_names, titles
from catalog.lexicon.attributes import key
from catalog.model import AttributeValue, Faq, Measure, Offer, Policy, Product, Promotion, Qa, Record, Review

Value: TypeAlias = Measure | bool
"""A value that can be got wrong without doubt; a figure without a unit is a Measure with the unit ""."""

_SUFFIXES = {"pro", "pro+", "max", "air", "plus", "mini", "ultra", "se"}
"""Behind a model number they are part of it."""


class Shop:
    """The records, asked by product, and the set of wordings in which they are spoken of."""

    def __init__(self, records: Iterable[Record], shapes: Shapes | None = None) -> None:
        everything = list(records)
        self.shapes = shapes or Shapes()
        self.promoted = {id_ for one in everything if isinstance(one, Promotion) for id_ in one.product_ids}
        self.products = {record.id: record for record in everything if isinstance(record, Product)}
        self._texts: dict[str, list[str]] = defaultdict(list)
        for record in everything:
            for id_ in _about(record):
                self._texts[id_].extend(_strings(msgspec.to_builtins(record)))

    def said(self, id_: str) -> str:
        """All that any record says of a product, or the shop text itself, in small letters."""
        return "\n".join(self._texts[id_]).lower()

    def title(self, product: Product, language: Language) -> str:
        """Its title as the guide writes it in this language."""
        return titles(product).get(language, product.title)

    def short(self, product: Product, language: Language) -> str | None:
        """Brand and model, where a model number is all that tells it from the others: 南榆 N20."""
        name = self._short[language].get(product.id)
        if not name or not any(letter.isdigit() for letter in name.split()[-1]):
            return None
        following = self.title(product, language).removeprefix(name).split()[:1]
        return None if following and following[0].strip(",，").lower() in _SUFFIXES else name

    @cached_property
    def _short(self) -> dict[Language, dict[str, str]]:
        every = list(self.products.values())
        return {"zh": short_names(every, "zh"), "en": short_names(every, "en")}

    def values(self, product: Product, wanted: str) -> list[AttributeValue]:
        """Every value of an attribute, of the product and of its variants, in all languages."""
        sets = [product.attributes, *(variant.options for variant in product.variants)]
        sets += [text.attributes for text in product.translations.values() if text.attributes]
        return [value for each in sets for name, value in each.items() if key(name) == wanted]

    def value(self, product: Product, wanted: str) -> Value | None:
        """Its one value as a figure or yes/no; None if it has several, or words."""
        found = {value if isinstance(value, bool) else _measure(value) for value in self.values(product, wanted)}
        return found.pop() if len(found) == 1 else None

    def kin(self, product: Product) -> Iterator[Product]:
        """The other products of its category."""
        for other in self.products.values():
            if other.id != product.id and other.categories[-1:] == product.categories[-1:]:
                yield other

    def others(self, product: Product, wanted: str, unit: str) -> list[float]:
        """What other products have of this attribute in the same unit."""
        every = (self.value(other, wanted) for other in self.products.values() if other.id != product.id)
        return [value.value for value in every if isinstance(value, Measure) and value.unit == unit]


def offers(product: Product) -> list[Offer]:
    """What any form of it costs."""
    own = [product.offer] if product.offer else []
    return own + [variant.offer for variant in product.variants if variant.offer]


def prices(product: Product) -> set[Decimal]:
    """Every price of any form of it, without list prices."""
    return {Decimal(offer.price) for offer in offers(product)}


def _measure(value: AttributeValue) -> Measure | None:
    if isinstance(value, Measure):
        return value
    return Measure(float(value), "") if isinstance(value, int | float) else None


def _about(record: Record) -> list[str]:
    if isinstance(record, Review | Qa):
        return [record.product_id, record.id]
    if isinstance(record, Promotion):
        return [*record.product_ids, record.id]
    return [record.id] if isinstance(record, Product | Faq | Policy) else []


def _strings(value: object) -> Iterator[str]:
    """Every text of a record as plain data, and every figure with its unit."""
    if isinstance(value, str):
        yield re.sub(r"(?<=\d),(?=\d{3})", "", value)
    elif isinstance(value, dict) and set(value) == {"value", "unit"}:
        yield f"{plain(value['value'])} {value['unit']}"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield plain(value)
