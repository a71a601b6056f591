"""Which fields of a product a text names: by their labels, or by the nouns and verbs of fields.toml."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from catalog.model import AttributeValue, Product
from eval.products import sellables
from eval.text.fold import key
from eval.text.listed import listed

_NOWHERE = re.compile(r"(?!)")


class Named(NamedTuple):
    """A field of a product that a text names: its label, what the record holds there, and where the text names it."""

    label: str
    values: list[AttributeValue]
    start: int
    end: int


def named_fields(text: str, product: Product) -> list[Named]:
    """The fields a text names, none by words that lie inside those of another field it names."""
    values: dict[str, list[AttributeValue]] = {}
    for label, value in fields_of(product):
        values.setdefault(label, []).append(value)
    found = [
        Named(label, held, *match.span())
        for label, held in values.items()
        for match in _pattern(label).finditer(text)
        if match.end() > match.start()
    ]
    return [one for one in found if not any(_inside(one, other) for other in found)]


def fields_of(product: Product) -> list[tuple[str, AttributeValue]]:
    """(label, value) of all its attributes, in every language, and of the options of its variants."""
    said = [product.attributes, *(translation.attributes or {} for translation in product.translations.values())]
    said += [form.variant.options for form in sellables(product) if form.variant]
    return [(name, value) for attributes in said for name, value in attributes.items()]


def entry_of(label: str) -> str:
    """The first label of the entry it belongs to (噪音 -> noise); its own key where it has none."""
    return _entries().get(key(label), key(label))


@lru_cache(maxsize=4096)
def _pattern(label: str) -> re.Pattern[str]:
    """The label itself, and the words of its entry."""
    own = r"[\s_-]?".join(re.escape(part) for part in re.split(r"[\s_-]+", label) if part)
    if not own:
        return _NOWHERE
    written = rf"(?<![a-z]){own}(?![a-z])" if own.isascii() else own
    return re.compile("|".join([*_words().get(key(label), ()), written]), re.IGNORECASE)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The key of each label of fields.toml -> the patterns of its entry."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in _listed():
        patterns = (*(rf"\b(?:{phrase})\b" for phrase in entry["en"]), *entry["zh"])
        found |= {key(label): patterns for label in entry["labels"]}
    return found


@cache
def _entries() -> dict[str, str]:
    return {key(label): key(entry["labels"][0]) for entry in _listed() for label in entry["labels"]}


@cache
def _listed() -> list[dict[str, list[str]]]:
    fields: list[dict[str, list[str]]] = listed("eval.faithfulness", "fields.toml")["field"]
    return fields


def _inside(one: Named, other: Named) -> bool:
    longer = other.end - other.start > one.end - one.start
    return longer and other.start <= one.start and one.end <= other.end and one.label != other.label
