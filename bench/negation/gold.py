"""Which products have what a question refuses, by their records alone."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from catalog import feeds, lexicon
from catalog.model import Attributes, AttributeValue, Product


class Denied(msgspec.Struct, frozen=True):
    """Brands, and values of attributes under their canonical keys, that are refused."""

    brand: tuple[str, ...] = ()
    attributes: dict[str, list[str | bool]] = {}


class Refusal(NamedTuple):
    """A question, the store it is asked of, and what it refuses; None where it refuses nothing."""

    store: str
    question: str
    denied: Denied | None


def questions() -> list[Refusal]:
    """All of them, in the order of the file."""
    data = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf-8"))
    found = []
    for group in data["group"]:
        denied = msgspec.convert(group["deny"], Denied) if "deny" in group else None
        found += [Refusal(group["store"], text, denied) for text in group["ask"]]
    return found


class Products:
    """The products of a store's live snapshot."""

    def __init__(self, data: Path) -> None:
        live = (data / "CURRENT").read_text("utf-8").strip()
        items = feeds.read([str(data / "snapshots" / live / "records.jsonl")])
        self.by_id = {item.id: item for item in items if isinstance(item, Product)}

    def violators(self, denied: Denied) -> int:
        """How many products have a form that violates."""
        return sum(
            any(self.violates(id_, variant, denied) for variant in (None, *(one.id for one in product.variants)))
            for id_, product in self.by_id.items()
        )

    def violates(self, product_id: str, variant_id: str | None, denied: Denied) -> bool:
        """Whether the product's brand is refused, or the form's own attributes (else the product's) are."""
        product = self.by_id[product_id]
        stated = _stated(product, variant_id)
        return product.brand in denied.brand or any(
            _is_among(stated.get(key), refused) for key, refused in denied.attributes.items()
        )


def _stated(product: Product, variant_id: str | None) -> dict[str, AttributeValue]:
    options = next((one.options for one in product.variants if one.id == variant_id), {})
    return _keyed(product.attributes) | _keyed(options)


def _keyed(attributes: Attributes) -> dict[str, AttributeValue]:
    return {lexicon.key(name): value for name, value in attributes.items()}


def _is_among(value: AttributeValue | None, refused: Sequence[Any]) -> bool:
    if isinstance(value, bool) or value is None:
        return value in refused
    said = value if isinstance(value, list) else [value]
    return any(lexicon.value(text) in refused for text in said if isinstance(text, str))
