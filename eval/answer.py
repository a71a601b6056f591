"""What the guide says, as far as the harness reads it; fields it does not know are left alone.

Every target's answer is read into this one shape, that of the native wire. What a target has no way to say is
listed in `lacks`: a metric that needs it does not apply, where an empty list would count as "says none".
"""

from typing import Any, Literal

import msgspec

from catalog.money import Money

Part = Literal["outcome", "products", "citations", "quotes", "claims", "evidence"]
"""What an answer may be without; `quotes` are the words of its citations, `claims` where its statements lie."""


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


class Usage(msgspec.Struct, kw_only=True):
    """What a language model was given and wrote for one answer, and how often it was called; None is not told."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    calls: int | None = None


class Answer(msgspec.Struct, kw_only=True):
    """The JSON answer of `POST /v1/ask`; `outcome` may also be a word of `eval.outcomes`, or None if it is lacking."""

    text: str
    outcome: str | None = None
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
    usage: Usage | None = None
    confidence: float | None = None
    understanding: dict[str, Any] = {}
    lacks: list[Part] = []

    def __post_init__(self) -> None:
        """An outcome may only be absent where the target has none."""
        if self.outcome is None and "outcome" not in self.lacks:
            raise ValueError("the outcome is missing")

    @property
    def intent(self) -> str | None:
        """What the target says was wanted, if it says so."""
        said = self.understanding.get("intent")
        return said if isinstance(said, str) else None

    def tells(self, *parts: Part) -> bool:
        """Whether the target can say all of these."""
        return not set(parts) & set(self.lacks)

    def can_be_held(self, *, records: bool) -> bool:
        """Whether its statements can be held against anything: passages it had, or records that it points to."""
        return self.tells("evidence") or (records and (self.tells("products") or self.tells("citations")))

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
