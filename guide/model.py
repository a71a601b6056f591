"""The nouns of one answer: what was asked, what was understood, what was decided."""

from typing import Literal, TypeAlias

import msgspec

from index.filters import Filter, Sort
from index.results import LiveOffer

Language: TypeAlias = Literal["zh", "en"]
Outcome: TypeAlias = Literal[
    "answered", "nearest_match", "needs_clarification", "no_match", "unanswerable", "out_of_scope", "refused"
]
Intent: TypeAlias = Literal[
    "find", "recommend", "product_question", "shop_question", "compare", "shop_fact", "order", "smalltalk", "off_topic",
    "abuse",
]  # fmt: skip
Level: TypeAlias = Literal["", "cheap", "dear"]
Audience: TypeAlias = Literal[
    "child", "baby", "teenager", "man", "woman", "senior", "parent", "partner", "student", "beginner", "pet", "family"
]
Occasion: TypeAlias = Literal[
    "gift", "birthday", "wedding", "valentine", "christmas", "new_year", "mid_autumn", "travel", "commute", "office",
    "home", "school", "camping", "sport", "party",
]  # fmt: skip
Reason: TypeAlias = Literal[
    "no_evidence", "no_field", "unknown_product", "nothing_passes", "currency_not_sold", "which_product",
    "order_account", "smalltalk", "off_topic", "abuse", "which_currency",
]  # fmt: skip
Source: TypeAlias = Literal["merchant", "customer", "policy", "faq", "qa"]

ABSTAINED: frozenset[Outcome] = frozenset({"no_match", "unanswerable", "out_of_scope", "refused"})


class Turn(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One earlier message; `product_ids` are the products an assistant turn showed."""

    role: Literal["user", "assistant"]
    content: str
    product_ids: list[str] = []


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, with what the client knows."""

    text: str
    history: tuple[Turn, ...] = ()
    product_ids: tuple[str, ...] = ()
    filters: Filter = Filter()
    locale: str | None = None


class Constraint(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing read from the words: what it is, the words, and whether it became a filter."""

    kind: str
    text: str
    value: str = ""
    carried: bool = False
    """Whether an earlier message of the shopper said it."""


class Understanding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was read from a question."""

    language: Language
    intent: Intent
    query: str
    """The words left for retrieval after constraints were taken out."""
    filter: Filter = Filter()
    """Hard constraints read from the words, request filters not included."""
    sort: Sort = "relevance"
    level: Level = ""
    """Cheap or dear for its kind, as said without a number (empty: neither)."""
    audience: list[Audience] = []
    """For whom it is."""
    occasion: list[Occasion] = []
    """What it is for."""
    constraints: list[Constraint] = []
    referents: list[str] = []
    """Product ids that "it", 第二个, a name or a model number refer to, in the order of mention."""
    unresolved: str = ""
    """Words that refer to a product that could not be found in history or shop (empty: none)."""
    unsold: str = ""
    """Words for a kind of thing that no record of the shop names (empty: none)."""
    unspoken: list[str] = []
    """Matters asked for that no text of the shop names (gift_card, trade_in), or that none can (another_shop)."""
    fields: list[str] = []
    """Canonical attribute keys the question asks about (also price, stock, rating, brand, warranty …)."""
    fact: Literal["", "count", "cheapest", "dearest", "prices", "on_sale", "brands", "categories", "sells"] = ""
    """The whole-shop fact that is asked for."""
    currency_missing: str = ""
    """A currency that was named but is not sold."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One citable fact: a field of a record, word for word."""

    n: int
    record_id: str
    field: str
    quote: str
    language: str
    source: Source
    value: str | None = None
    variant_id: str | None = None


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product as shown: every field rendered from its record by code."""

    id: str
    title: str
    offer: LiveOffer | None = None
    variant_id: str | None = None
    url: str | None = None
    image: str | None = None
    why: str = ""
    unverified: list[str] = []


class Conflict(msgspec.Struct, frozen=True):
    """What a text of the same product says against a compared value, and the number of its citation."""

    quote: str
    n: int


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A compared value and the number of its citation; None when the record does not say."""

    value: str | None
    n: int | None = None
    conflicts: list[Conflict] = []


class TableRow(msgspec.Struct, frozen=True):
    """One compared field, a cell for each product."""

    field: str
    cells: list[Cell]


class Table(msgspec.Struct, frozen=True):
    """An aligned comparison; `columns` are product ids."""

    columns: list[str]
    rows: list[TableRow]


SentenceKind: TypeAlias = Literal["answer", "advice", "price", "notice", "frame", "quote"]


class Sentence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence of the answer and the evidence it stands on."""

    text: str
    citations: list[int] = []
    kind: SentenceKind = "answer"
    opens: bool = False
    """Begins a new line."""


class Decision(msgspec.Struct, kw_only=True):
    """Outcome, products and evidence, chosen before a word is written."""

    outcome: Outcome
    language: Language
    understanding: Understanding
    reason: Reason | None = None
    cards: list[Card] = []
    evidence: list[Evidence] = []
    table: Table | None = None
    sentences: list[Sentence] = []
    """The plain facts in order, as the Composer says them; a Generator may put them in its own words."""
    follow_ups: list[str] = []
    confidence: float = 0.0
    degraded: list[str] = []
