"""The table of uses against the code that makes passages, words and columns."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from catalog.model import Product, Record, convert, type_name
from index import columns
from index.passages import passages
from index.uses import dropped, kept
from index.words import words

TEXT = {"title": "Titel", "question": "Frage", "answer": "Antwort", "body": "Text"}
OFFER = {"price": "5.00", "currency": "EUR"}
FULL: dict[str, dict[str, Any]] = {
    "product": {
        "title": "Lamp", "brand": "Glow", "categories": ["Light"], "description": "Warm.", "bullets": ["Bright"],
        "attributes": {"color": "red"},
        "variants": [{"id": "v", "options": {"size": "M"}, "offer": OFFER}, {"id": "w"}],
        "offer": OFFER, "url": "https://shop.example/a", "images": ["https://shop.example/a.png"],
        "rating": {"value": 4.0, "count": 3}, "tags": ["cosy"], "language": "en",
        "translations": {"de": {"title": "Lampe", "attributes": {"Farbe": "rot"}}}, "gtin": "4006381333931",
    },
    "faq": {"question": "Why?", "answer": "So.", "category": "all", "language": "en", "translations": {"de": TEXT}},
    "policy": {"title": "Returns", "body": "Send it.", "language": "en", "translations": {"de": TEXT}},
    "review": {"product_id": "p", "text": "Good", "rating": 5.0, "date": "2026-01-01", "language": "en"},
    "qa": {"product_id": "p", "question": "Why?", "answer": "So.", "language": "en"},
    "promotion": {
        "kind": "flash_sale", "product_ids": ["p"], "starts_at": "2026-01-01T00:00:00Z",
        "ends_at": "2026-01-02T00:00:00Z", "price": "4.00",
    },
}  # fmt: skip
OTHER: dict[str, Any] = {
    "categories": ["Other"], "bullets": ["Other"], "attributes": {"color": "blue"}, "images": [],
    "variants": [{"id": "w", "options": {"size": "L"}}], "offer": {"price": "6.00", "currency": "EUR"},
    "rating": {"value": 2.0, "count": 3}, "tags": ["other"], "language": "fr", "product_ids": ["q"],
    "translations": {"de": dict.fromkeys(TEXT, "Neu") | {"attributes": {"Farbe": "blau"}}},
    "updated_at": "2027-01-01T00:00:00Z", "kind": "coupon",
}  # fmt: skip


def record(kind: str, /, **changed: Any) -> Record:
    fields = {"type": kind, "id": "p", "updated_at": "2026-01-01T00:00:00Z", **FULL[kind], **changed}
    if kind == "review" and "rating" in changed:
        fields["rating"] = 1.0
    return convert(fields)


def made(item: Record, folder: Path) -> dict[str, Any]:
    """What each reader makes of a record."""
    writer = columns.Writer()
    if isinstance(item, Product):
        writer.add(item)
    folder.mkdir(exist_ok=True)
    writer.write(folder)
    arrays, vocabularies = columns.load(folder)
    cells = {name: np.nan_to_num(array, nan=-9.0).tolist() for name, array in arrays.items()}
    return {
        "meaning": [(passage.language, passage.encoded) for passage in passages(item)],
        "words": words(item),
        "filters": (cells, {name: vocabulary.words for name, vocabulary in vocabularies.items()}),
    }


@pytest.mark.parametrize("kind", FULL)
def test_each_field_is_read_by_exactly_what_the_table_says(kind: str, tmp_path: Path) -> None:
    whole = record(kind)
    uses = kept(whole)
    before = made(whole, tmp_path / "before")
    for name in {*FULL[kind], "updated_at"} - {"product_id"}:
        after = made(record(kind, **{name: OTHER.get(name, "Other")}), tmp_path / "after")
        assert [reader for reader in before if before[reader] != after[reader]] == uses.get(name, []), name


@pytest.mark.parametrize("kind", FULL)
def test_every_stated_field_is_either_kept_or_dropped(kind: str) -> None:
    whole = record(kind)
    assert type_name(whole) == kind
    assert {*kept(whole), *dropped(whole)} == {*FULL[kind], "updated_at"} - {"product_id"}
    assert not kept(whole).keys() & set(dropped(whole))
    assert set(msgspec.to_builtins(whole)) >= set(FULL[kind])
