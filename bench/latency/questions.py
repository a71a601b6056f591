"""Questions for one server, none twice: shoppers' queries as questions, and questions about products of the shop."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from catalog.model import Product
from index.api import View

_WISHES = ("Do you have {}?", "Which {} would you recommend?", "I am looking for {}", "{} in stock", "the cheapest {}")
_SEED = 7


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of POST /v1/ask."""

    question: str
    product_ids: list[str] = []


def questions(view: View, queries: Path) -> Iterator[Asked]:
    """A wish, a product by name, a product by its page, and again; ends when the queries do."""
    chosen = random.Random(_SEED)
    products = [product for product in view.products() if product.attributes]
    chosen.shuffle(products)
    asked = [json.loads(line)["query"] for line in queries.read_text("utf-8").splitlines()]
    wishes = [template.format(query) for template in _WISHES for query in asked]
    chosen.shuffle(wishes)
    for wish, (named, on_page) in zip(wishes, zip(products[::2], products[1::2], strict=False), strict=False):
        yield Asked(wish)
        yield Asked(f"{_matter(named, chosen)} of the {named.title}?")
        yield Asked(f"{_matter(on_page, chosen)}?", [on_page.id])


def _matter(product: Product, chosen: random.Random) -> str:
    return f"What is the {chosen.choice(sorted(product.attributes)).replace('_', ' ')}"
