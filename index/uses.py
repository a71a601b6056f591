"""Which field of a record goes where: into passages (meaning), words, filters, or nowhere.

A test changes every field of every type and compares what `passages`, `words` and `columns` make of it.
"""

import msgspec

from catalog.model import Record, type_name

_USES: dict[str, dict[str, str]] = {
    "product": {
        "title": "meaning words", "brand": "meaning words filters", "categories": "meaning words filters",
        "description": "meaning words", "bullets": "meaning words", "attributes": "meaning words filters",
        "variants": "meaning words filters", "translations": "meaning words filters", "tags": "words",
        "language": "meaning", "offer": "filters", "rating": "filters", "updated_at": "filters",
    },
    "faq": {
        "question": "meaning words", "answer": "meaning words", "translations": "meaning words", "language": "meaning",
    },
    "policy": {
        "title": "meaning words", "body": "meaning words", "translations": "meaning words", "language": "meaning",
    },
    "review": {"text": "meaning words", "language": "meaning"},
    "qa": {"question": "meaning words", "answer": "meaning words", "language": "meaning"},
}  # fmt: skip
_LINKS = {"id", "source", "product_id"}
"""Fields that name and tie records; neither text nor value."""


def kept(record: Record) -> dict[str, list[str]]:
    """Stated fields that are indexed -> what reads them: meaning, words, filters."""
    uses = _USES.get(type_name(record), {})
    return {name: uses[name].split() for name in _stated(record) if name in uses}


def dropped(record: Record) -> list[str]:
    """Stated fields that no search reads; cards and answers may still show them."""
    uses = _USES.get(type_name(record), {})
    return [name for name in _stated(record) if name not in uses]


def _stated(record: Record) -> list[str]:
    stated = msgspec.to_builtins(record).keys() - _LINKS
    return [name for name in record.__struct_fields__ if name in stated]
