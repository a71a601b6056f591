"""What a record says, field by field, as text that statements and quotes are held against."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.model import Attributes, AttributeValue, Faq, Offer, Policy, Product, Promotion, Qa, Record, Review
from eval.products import Sellable, as_flag, promotion_price, sellables, value_text
from eval.text.fold import is_chinese, language_of

MIXED = "mul"
"""BCP-47's "multiple languages": a text without a label that says itself twice, once in each language."""


class Passage(NamedTuple):
    """One field of a record as text; `structured` fields are labels and values rather than prose.

    `flag` is the value of a yes/no field, `kind` the type of the record ("" where only evidence texts are known).
    """

    field: str
    text: str
    language: str
    structured: bool = False
    flag: bool | None = None
    kind: str = ""


def passages_of(record: Record, currency: str, sales: Sequence[Promotion] = ()) -> Iterator[Passage]:
    """Every field of a record.

    `currency` is that of the products a promotion names; `sales` are the flash sales that run on a product.
    """
    match record:
        case Product():
            yield from _product(record, sales)
        case Faq():
            base = language_of(f"{record.question} {record.answer}")
            yield from _texts(record.language or base, {"question": record.question, "answer": record.answer})
            yield from _translated(record)
        case Policy():
            yield from _texts(record.language, {"title": record.title, "body": record.body})
            yield from _translated(record)
        case Review():
            yield from _texts(record.language, {"text": record.text})
            if record.rating is not None:
                yield Passage("rating", f"rating: {record.rating:g} stars", "en", structured=True)
            if record.date:
                yield Passage("date", f"date: {record.date}", "en", structured=True)
        case Qa():
            yield from _texts(record.language, {"question": record.question, "answer": record.answer})
        case Promotion():
            yield from _promotion(record, currency)
        case _:
            return


def _product(product: Product, sales: Sequence[Promotion]) -> Iterator[Passage]:
    texts = {"title": product.title, "description": product.description or ""}
    texts |= {f"bullets.{at}": bullet for at, bullet in enumerate(product.bullets)}
    yield from _texts(product.language, texts)
    language = product.language or language_of(product.title)
    yield Passage("brand", product.brand or "", language, structured=True)
    yield Passage("categories", " > ".join(product.categories), language, structured=True)
    yield Passage("tags", ", ".join(product.tags), language, structured=True)
    yield from _attributes("attributes", product.attributes, language)
    for variant in product.variants:
        yield from _attributes(f"variants.{variant.id}", variant.options, language)
    if product.rating:
        rating = f"rating {product.rating.value:g} stars from {product.rating.count} ratings"
        yield Passage("rating", rating, language, structured=True)
    for form in [Sellable(product, None), *sellables(product)] if product.variants else sellables(product):
        if form.offer:
            field = f"variants.{form.variant.id}.offer" if form.variant else "offer"
            yield Passage(field, _offer_text(form.offer, sales), language, structured=True)
    yield from _translated(product)


def _translated(record: Product | Faq | Policy) -> Iterator[Passage]:
    for language, said in record.translations.items():
        texts = {"title": said.title, "description": said.description, "question": said.question}
        texts |= {"answer": said.answer, "body": said.body}
        texts |= {f"bullets.{at}": bullet for at, bullet in enumerate(said.bullets or [])}
        yield from _texts(language, {field: text for field, text in texts.items() if text})
        yield from _attributes("attributes", said.attributes or {}, language)


def _promotion(promotion: Promotion, currency: str) -> Iterator[Passage]:
    terms = promotion.terms or ""
    yield from _texts(MIXED if _is_mixed(terms) else None, {"terms": terms})
    said = {"price": f"{promotion.price} {currency}".strip() if promotion.price else ""}
    said["kind"] = promotion.kind.replace("_", " ")
    said["stock"] = f"{promotion.stock}" if promotion.stock is not None else ""
    said["group_size"] = f"{promotion.group_size} people" if promotion.group_size is not None else ""
    said |= {"starts_at": promotion.starts_at, "ends_at": promotion.ends_at}
    discount = promotion.discount
    if discount and discount.percent is not None:
        said["discount"] = f"{discount.percent:g} %"
    elif discount:
        said["discount"] = f"{discount.amount or ''} {discount.currency or ''}".strip()
    for field, text in said.items():
        if text:
            yield Passage(field, f"{field.replace('_', ' ')}: {text}", "en", structured=True)


def _texts(language: str | None, texts: dict[str, str]) -> Iterator[Passage]:
    return (Passage(field, text, language or language_of(text)) for field, text in texts.items() if text)


def _attributes(prefix: str, attributes: Attributes, language: str) -> Iterator[Passage]:
    for name, value in attributes.items():
        yield Passage(f"{prefix}.{name}", _label_and_value(name, value, language), language, True, as_flag(value))


def _label_and_value(name: str, value: AttributeValue, language: str) -> str:
    return f"{name.replace('_', ' ')}: {value_text(value, chinese=is_chinese(language, name))}"


def _offer_text(offer: Offer, sales: Sequence[Promotion]) -> str:
    prices = [f"price {offer.price} {offer.currency}"]
    reduced = [promotion_price(sale, offer) for sale in sales]
    prices += [f"sale price {price} {offer.currency}" for price in reduced if price is not None]
    prices += [f"list price {offer.list_price} {offer.currency}"] if offer.list_price else []
    stock = f", stock {offer.stock}" if offer.stock is not None else ""
    return f"{', '.join(prices)}, {offer.availability.replace('_', ' ')}{stock}"


def _is_mixed(text: str) -> bool:
    """Whether its lines or sentences are of both languages."""
    cut = text.replace("。", "。\n").replace(". ", ".\n")
    return len({language_of(part) for part in cut.split("\n") if part.strip()}) > 1
