"""What is true of the shop: its records by id, what they say, what they cost, when a promotion runs."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from catalog.model import (
    Attributes,
    AttributeValue,
    Faq,
    Measure,
    Offer,
    Policy,
    Product,
    Promotion,
    Qa,
    Record,
    Review,
    Variant,
)
from eval.text.fold import fold, key, language_of


class Passage(NamedTuple):
    """One field of a record as text; `structured` fields are labels and values rather than prose."""

    field: str
    text: str
    language: str
    structured: bool = False


class Sellable(NamedTuple):
    """What can be bought: a variant, or a product that has none."""

    product: Product
    variant: Variant | None

    @property
    def offer(self) -> Offer | None:
        """Its own offer, else the product's."""
        return (self.variant.offer if self.variant else None) or self.product.offer

    @property
    def attributes(self) -> Attributes:
        """The product's attributes (translations too) under folded names, overridden by the variant's options."""
        merged = {key(name): value for name, value in self.product.attributes.items()}
        return merged | {key(name): value for name, value in (self.variant.options if self.variant else {}).items()}


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
            parts = [part for category in product.categories for part in fold(category).split(">")]
            counts.update({part.strip() for part in [*parts, fold(product.brand or "")] if part.strip()})
        return counts

    def promotions(self, product_id: str) -> list[Promotion]:
        """All promotions that name the product, whatever their dates."""
        return self._promotions.get(product_id, [])

    def passages(self, record_id: str) -> list[Passage]:
        """Every field of a record as text; a variant id gives its product's."""
        record = self.records.get(record_id) or self.product(record_id)
        return list(_passages(record)) if record else []


def sellables(product: Product) -> list[Sellable]:
    """The product's variants, or the product itself when it has none."""
    return [Sellable(product, variant) for variant in product.variants] or [Sellable(product, None)]


def names(product: Product) -> list[str]:
    """The titles a product goes by, in all its languages."""
    translated = [translation.title for translation in product.translations.values()]
    return [title for title in (product.title, *translated) if title]


def running(promotion: Promotion, now: dt.datetime) -> bool:
    """Whether a promotion runs at `now`; one with unreadable dates does not."""
    try:
        starts, ends = (dt.datetime.fromisoformat(when) for when in (promotion.starts_at, promotion.ends_at))
    except ValueError:
        return False
    return _aware(starts) <= _aware(now) <= _aware(ends)


def promotion_price(promotion: Promotion, offer: Offer) -> Decimal | None:
    """What the offer costs under the promotion, None if it names no price of this currency."""
    base = decimal(offer.price)
    if promotion.price is not None:
        return decimal(promotion.price)
    discount = promotion.discount
    if discount is None or base is None:
        return None
    if discount.percent is not None:
        return (base * (100 - Decimal(str(discount.percent))) / 100).quantize(Decimal("0.01"))
    amount = decimal(discount.amount or "")
    return base - amount if amount is not None and discount.currency in (None, offer.currency) else None


def decimal(text: str) -> Decimal | None:
    """A decimal string as a number, None if it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def value_text(value: AttributeValue) -> str:
    """An attribute value as a reader sees it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Measure):
        return f"{value.value:g} {value.unit}".strip()
    return ", ".join(value) if isinstance(value, list) else f"{value:g}" if isinstance(value, float) else str(value)


def _aware(when: dt.datetime) -> dt.datetime:
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)


def _passages(record: Record) -> Iterator[Passage]:
    match record:
        case Product():
            yield from _product_passages(record)
        case Faq():
            base = language_of(f"{record.question} {record.answer}")
            yield from _texts(record.language or base, {"question": record.question, "answer": record.answer})
            yield from _translated(record)
        case Policy():
            yield from _texts(record.language, {"title": record.title, "body": record.body})
            yield from _translated(record)
        case Review():
            yield from _texts(record.language, {"text": record.text})
        case Qa():
            yield from _texts(record.language, {"question": record.question, "answer": record.answer})
        case Promotion():
            yield from _texts(None, {"terms": record.terms or ""})
        case _:
            return


def _product_passages(product: Product) -> Iterator[Passage]:
    texts = {"title": product.title, "description": product.description or ""}
    texts |= {f"bullets.{at}": bullet for at, bullet in enumerate(product.bullets)}
    yield from _texts(product.language, texts)
    language = product.language or language_of(product.title)
    yield Passage("brand", product.brand or "", language, structured=True)
    yield Passage("categories", " > ".join(product.categories), language, structured=True)
    yield Passage("tags", ", ".join(product.tags), language, structured=True)
    yield from _attribute_passages("attributes", product.attributes, language)
    for variant in product.variants:
        yield from _attribute_passages(f"variants.{variant.id}", variant.options, language)
    if product.rating:
        rating = f"rating {product.rating.value:g} from {product.rating.count} ratings"
        yield Passage("rating", rating, language, structured=True)
    for sellable in sellables(product):
        if sellable.offer:
            yield Passage("offer", _offer_text(sellable.offer), language, structured=True)
    yield from _translated(product)


def _translated(record: Product | Faq | Policy) -> Iterator[Passage]:
    for language, said in record.translations.items():
        texts = {"title": said.title, "description": said.description, "question": said.question}
        texts |= {"answer": said.answer, "body": said.body}
        texts |= {f"bullets.{at}": bullet for at, bullet in enumerate(said.bullets or [])}
        yield from _texts(language, {field: text for field, text in texts.items() if text})
        yield from _attribute_passages("attributes", said.attributes or {}, language)


def _texts(language: str | None, texts: dict[str, str]) -> Iterator[Passage]:
    return (Passage(field, text, language or language_of(text)) for field, text in texts.items() if text)


def _attribute_passages(prefix: str, attributes: Attributes, language: str) -> Iterator[Passage]:
    for name, value in attributes.items():
        label = name.replace("_", " ")
        yield Passage(f"{prefix}.{name}", f"{label}: {value_text(value)}", language, structured=True)


def _offer_text(offer: Offer) -> str:
    listed = f", list price {offer.list_price} {offer.currency}" if offer.list_price else ""
    stock = f", stock {offer.stock}" if offer.stock is not None else ""
    return f"price {offer.price} {offer.currency}{listed}, {offer.availability.replace('_', ' ')}{stock}"
