"""Messages beside a result: what was understood or given up, what is not certain, what holds only for a time."""

import msgspec

from guide.listing import Page
from guide.mcp.shapes import Message, Product
from index.api import Hit

_DELAYED = {"preorder": "can be preordered, not delivered yet", "backorder": "not in stock now, can be ordered"}


def about_search(page: Page) -> list[Message]:
    """Which filters were read from the query, and which of them nothing passed."""
    notes = []
    if page.understanding is not None and page.understanding.filter:
        read = msgspec.json.encode(page.understanding.filter).decode()
        notes.append(Message(type="info", code="query_understood", content=f"read from the query as filters: {read}"))
    if page.relaxed:
        given_up = ", ".join(page.relaxed)
        content = f"nothing passes the query's own filters; without {given_up} these come nearest"
        notes.append(Message(type="warning", code="filters_relaxed", content=content))
    return notes


def about_variants(product: Product, path: str) -> list[Message]:
    """What is delayed among the shown variants."""
    notes = []
    for at, variant in enumerate(product.variants):
        status = variant.availability.status if variant.availability else ""
        if status in _DELAYED:
            content = f"{variant.title}: {_DELAYED[status]}"
            where = f"{path}.variants[{at}]"
            notes.append(Message(type="warning", code="delayed_fulfillment", content=content, path=where))
    return notes


def unverified(hit: Hit, path: str) -> list[Message]:
    """Exclusions that the record does not settle."""
    if not hit.unverified:
        return []
    content = f"its record does not state: {', '.join(hit.unverified)}"
    return [Message(type="warning", code="unverified", content=content, path=path)]


def missing(asked: str, *, final: bool = False) -> Message:
    """An id that is no product's and no variant's; `final` when there is nothing else to give."""
    if final:
        content = f"no product or variant has the id {asked[:200]!r}"
        return Message(type="error", code="not_found", content=content, severity="unrecoverable")
    return Message(type="info", code="not_found", content=asked[:200])
