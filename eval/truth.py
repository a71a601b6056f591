"""What is true of the shop: its records by id, what they say, which of them belong together."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from catalog.model import Product, Promotion, Qa, Record, Review, type_name
from eval.passages import Passage, passages_of
from eval.products import Sellable, running, sellables
from eval.text.fold import fold, key


class Truth:
    """The records of one shop."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records: dict[str, Record] = {record.id: record for record in records}
        self._owners: dict[str, str] = {}
        self._promotions: dict[str, list[Promotion]] = {}
        for record in self.records.values():
            if isinstance(record, Product):
                self._owners |= {variant.id: record.id for variant in record.variants}
            elif isinstance(record, Promotion):
                for product_id in record.product_ids:
                    self._promotions.setdefault(product_id, []).append(record)

    def product(self, record_id: str) -> Product | None:
        """The product with this id, or that owns this variant, review or answered question."""
        record = self.records.get(record_id)
        if isinstance(record, Product):
            return record
        if isinstance(record, Review | Qa):
            return self.product(record.product_id)
        owner = self._owners.get(record_id)
        return self.product(owner) if owner else None

    def products(self) -> Iterator[Product]:
        """Every product."""
        return (record for record in self.records.values() if isinstance(record, Product))

    def sellable(self, product_id: str, variant_id: str | None) -> Sellable | None:
        """The named variant of a product (or the product itself), None if the shop has no such thing."""
        product = self.product(product_id)
        if product is None or variant_id is None or variant_id == product.id:
            return Sellable(product, None) if product else None
        return next((sellable for sellable in sellables(product) if sellable.variant.id == variant_id), None)  # type: ignore[union-attr]

    @cached_property
    def groups(self) -> dict[str, int]:
        """Folded name of each category and brand -> its number of products."""
        counts: Counter[str] = Counter()
        for product in self.products():
            counts.update({part for part in [*_levels(product), fold(product.brand or "").strip()] if part})
        return counts

    def promotions(self, product_id: str) -> list[Promotion]:
        """All promotions that name the product, whatever their dates."""
        return self._promotions.get(product_id, [])

    def passages(self, record_id: str, now: dt.datetime | None = None) -> list[Passage]:
        """Every field of a record as text; a variant id gives its product's.

        With `now`, the offers of a product also say the price of a flash sale that runs then.
        """
        record = self.records.get(record_id) or self.product(record_id)
        if record is None:
            return []
        sales = [
            promotion
            for promotion in self.promotions(record.id)
            if now and promotion.kind == "flash_sale" and running(promotion, now)
        ]
        kind = type_name(record)
        found = passages_of(record, self._currency(record), sales)
        return [passage._replace(kind=kind) for passage in found if passage.text]

    def leaf(self, product_id: str) -> str | None:
        """The folded name of the product's most specific category."""
        product = self.product(product_id)
        return _levels(product)[-1] if product and _levels(product) else None

    def in_category(self, leaf: str) -> frozenset[str]:
        """The ids of the products whose most specific category this is."""
        return frozenset(product.id for product in self.products() if self.leaf(product.id) == leaf)

    @cached_property
    def labels(self) -> dict[str, frozenset[str]]:
        """Each attribute label (a key) -> the labels it goes by in all languages, itself included.

        A product's attributes and their translations stand in the same order; a pair is taken from products that
        hold as many of one as of the other.
        """
        groups: dict[str, Counter[str]] = {}
        for product in self.products():
            for said in product.translations.values():
                pairs = zip(product.attributes, said.attributes or {}, strict=False)
                for one, other in pairs if len(product.attributes) == len(said.attributes or {}) else ():
                    groups.setdefault(key(one), Counter())[key(other)] += 1
                    groups.setdefault(key(other), Counter())[key(one)] += 1
            for name in _label_names(product):
                groups.setdefault(name, Counter())[name] += 0
        return {name: frozenset({name, *_usual(others)}) for name, others in groups.items()}

    def has_field(self, product: Product, label: str) -> bool | None:
        """Whether the product's record holds the field of this label in any language; None for an unknown label."""
        names = self.labels.get(key(label))
        return None if names is None else bool(names & set(_label_names(product)))

    def _currency(self, record: Record) -> str:
        """The currency of the products a promotion names, which writes bare amounts."""
        ids = record.product_ids if isinstance(record, Promotion) else []
        products = [product for id_ in ids if (product := self.product(id_))]
        offers = [form.offer for product in products for form in sellables(product) if form.offer]
        return offers[0].currency if offers else ""


def _label_names(product: Product) -> list[str]:
    said = [product.attributes, *(translation.attributes or {} for translation in product.translations.values())]
    said += [variant.options for variant in product.variants]
    return [key(name) for attributes in said for name in attributes]


def _usual(others: Counter[str]) -> list[str]:
    """The labels seen at least half as often as the one seen most."""
    most = max(others.values(), default=0)
    return [name for name, count in others.items() if count * 2 >= most]


def _levels(product: Product) -> list[str]:
    return [level.strip() for category in product.categories for level in fold(category).split(">") if level.strip()]
