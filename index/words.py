"""The texts of a record by lexical field, all languages together."""

from catalog.model import Attributes, Faq, Policy, Product, Qa, Record, Review, Translation
from index.passages import say


def words(record: Record) -> dict[str, str]:
    """Field of `index.lexical.WEIGHTS` -> text; empty for records that are not searched."""
    match record:
        case Product():
            return _product(record)
        case Faq(question=question, answer=answer, translations=others):
            return {"question": _all(question, others, "question"), "answer": _all(answer, others, "answer")}
        case Policy(title=title, body=body, translations=others):
            return {"title": _all(title, others, "title"), "answer": _all(body, others, "body")}
        case Qa():
            return {"question": record.question, "answer": record.answer}
        case Review():
            return {"text": record.text}
        case _:
            return {}


def _product(product: Product) -> dict[str, str]:
    others = product.translations
    groups: list[Attributes] = [product.attributes, *(version.attributes or {} for version in others.values())]
    groups += [variant.options for variant in product.variants]
    said = [f"{name} {say(value, 'en')}" for group in groups for name, value in group.items()]
    bullets = [*product.bullets, *(bullet for version in others.values() for bullet in version.bullets or [])]
    return {
        "title": _all(product.title, others, "title"),
        "brand": product.brand or "",
        "category": " ".join([*product.categories, *product.tags]),
        "attributes": " ".join(dict.fromkeys(said)),
        "bullets": " ".join(bullets),
        "description": _all(product.description or "", others, "description"),
    }


def _all(base: str, versions: dict[str, Translation], field: str) -> str:
    return " ".join([base, *(getattr(version, field) or "" for version in versions.values())])
