"""The tools by name: what each is for, what it takes, what it gives, what it does."""

import typing
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from guide.mcp import catalog, policies, requests, shapes
from guide.mcp.requests import Call
from guide.shop import Shop


class Tool(NamedTuple):
    """One tool; `run` takes checked arguments, the shop and what is known of the call."""

    name: str
    title: str
    description: str
    takes: type[msgspec.Struct]
    gives: type[msgspec.Struct]
    run: Callable[[Any, Shop, Call], Any]


TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "search_catalog", "Search the catalog",
            "Find products by the buyer's own words and by filters, with live prices and stock. Ask in Chinese or "
            "English as the buyer said it: budget, brand, colour, what is not wanted are understood. Amounts are minor "
            "units. Nothing found is an empty list.",
            requests.SearchCatalog, shapes.ProductList, catalog.search,
        ),
        Tool(
            "lookup_catalog", "Look up products",
            f"Up to {requests.MOST_IDS} products or variants by id, with live prices and stock. Ids that do not exist "
            "are told in `messages`.",
            requests.LookupCatalog, shapes.ProductList, catalog.lookup,
        ),
        Tool(
            "get_product", "Show one product",
            "Everything about one product: attributes, options, and its variants that fit `selected`, each with its "
            "live price and stock. Before a buyer decides, call this.",
            requests.GetProduct, shapes.ProductDetail, catalog.detail,
        ),
        Tool(
            "search_shop_policies_and_faqs", "Ask about the shop",
            "What the shop's own policies and FAQs say: delivery, returns, payment, warranty, membership. The answer "
            "is in their words with sources; what they do not cover is said so and must not be guessed.",
            requests.AskPolicies, shapes.ShopAnswer, policies.answer,
        ),
    )
}  # fmt: skip


def schema(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of a struct with an object at its root, as the protocol wants it."""
    (root,), parts = msgspec.json.schema_components([struct], ref_template="#/$defs/{name}")
    name = root["$ref"].rpartition("/")[2]
    return {**parts.pop(name), "$defs": parts}


def fields(struct: type[msgspec.Struct]) -> str:
    """The field names of a struct, those inside it in braces: catalog{query, filters{…}}, meta{…}."""
    return ", ".join(_field(field.encode_name, field.type) for field in msgspec.structs.fields(struct))


def _field(name: str, annotation: Any) -> str:
    inner = next(_structs(annotation), None)
    return f"{name}{{{fields(inner)}}}" if inner else name


def _structs(annotation: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs that an annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _structs(part)
