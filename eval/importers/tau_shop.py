"""The records of tau_retail: its products with their variants, its policy text by sections."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.model import Availability, Offer, Policy, Product, Variant
from eval.errors import SourceError
from eval.importers.text import read_text


def products(folder: Path) -> list[Product]:
    """The products of products.json; options are the variants' attributes.

    Raises:
        SourceError: it is not there or not the set's.
    """
    path = folder / "products.json"
    try:
        return [_product(item) for item in json.loads(read_text(path)).values()]
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise SourceError(f"{path}:1: not the products of tau_retail: {error!r}") from error


def policies(folder: Path) -> Iterator[Policy]:
    """One record for each `##` or `###` section of wiki_policy.md that has text."""
    parts = re.split(r"^#{1,3} +(.+)$", read_text(folder / "wiki_policy.md"), flags=re.MULTILINE)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        if body.strip():
            yield Policy(id=f"policy-{slug(title)}", title=title, body=body.strip(), language="en")


def slug(title: str) -> str:
    """A title as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _product(raw: dict[str, Any]) -> Product:
    variants = [_variant(variant) for variant in raw["variants"].values()]
    return Product(id=raw["product_id"], title=raw["name"], variants=variants, language="en")


def _variant(raw: dict[str, Any]) -> Variant:
    price = str(Decimal(str(raw["price"])).quantize(Decimal("0.01")))
    availability: Availability = "in_stock" if raw["available"] else "out_of_stock"
    return Variant(
        id=raw["item_id"], options=raw["options"], offer=Offer(price=price, currency="USD", availability=availability)
    )
