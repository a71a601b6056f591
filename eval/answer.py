"""What the guide says, as far as the harness reads it; fields it does not know are left alone."""

from typing import Any

import msgspec

from catalog.money import Money


class Offer(msgspec.Struct, kw_only=True):
    """A card's price and availability."""

    price: Money | None = None
    list_price: Money | None = None
    availability: str | None = None
    stock: int | None = None


class Card(msgspec.Struct, kw_only=True):
    """A product that is shown."""

    id: str
    title: str = ""
    variant_id: str | None = None
    url: str | None = None
    offer: Offer | None = None


class Span(msgspec.Struct, kw_only=True):
    """One statement of the text by its code points, with its citations and the kind the guide says it is."""

    start: int
    end: int
    citations: list[int] = []
    kind: str = ""


class Citation(msgspec.Struct, kw_only=True):
    """The record a mark `[n]` points to and the words it is said to hold."""

    n: int
    record_id: str
    field: str = ""
    quote: str = ""


class Evidence(msgspec.Struct, kw_only=True):
    """A passage the guide had before it (given only on `explain`)."""

    record_id: str
    text: str
    field: str = ""
    language: str | None = None


class Table(msgspec.Struct, kw_only=True):
    """A comparison; its cells are read for what the shopper sees."""

    rows: list[dict[str, Any]] = []


class Answer(msgspec.Struct, kw_only=True):
    """The JSON answer of `POST /v1/ask`."""

    outcome: str
    text: str
    reason: str | None = None
    language: str | None = None
    claims: list[Span] = []
    products: list[Card] = []
    table: Table | None = None
    citations: list[Citation] = []
    evidence: list[Evidence] = []
    writer: str | None = None
    degraded: list[str] = []
    snapshot: str | None = None

    @property
    def seen(self) -> str:
        """All that a shopper reads: the text, the card titles and the cells of the table."""
        cells = [
            str(cell.get("value", ""))
            for row in (self.table.rows if self.table else [])
            for cell in row.get("cells", [])
            if isinstance(cell, dict)
        ]
        return "\n".join([self.text, *(card.title for card in self.products), *cells])


class Hit(msgspec.Struct, kw_only=True):
    """One search result."""

    id: str


class Hits(msgspec.Struct, kw_only=True):
    """The JSON answer of `POST /v1/search`."""

    hits: list[Hit]


def read_answer(body: Any) -> Answer:
    """A parsed JSON body as an answer.

    Raises:
        msgspec.ValidationError: it does not have the shape of the wire.
    """
    return msgspec.convert(body, Answer)


def read_hits(body: Any) -> list[str]:
    """The record ids of a search answer, best first, each once (same error as `read_answer`)."""
    return list(dict.fromkeys(hit.id for hit in msgspec.convert(body, Hits).hits))
