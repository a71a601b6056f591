"""The one event stream; JSON answers, SSE and every other wire are folds of it."""

from typing import Any, Literal, TypeAlias

import msgspec

from guide.model import Card, Table

Writer: TypeAlias = Literal["composer", "generator"]


class Status(msgspec.Struct, frozen=True, tag_field="event", tag="status", omit_defaults=True):
    """First of all: the answer has begun and has this id."""

    answer_id: str
    conversation_id: str | None = None
    """The conversation it belongs to, where one is kept."""


class Products(msgspec.Struct, frozen=True, tag_field="event", tag="products"):
    """The cards, before any text."""

    products: list[Card]


class Text(msgspec.Struct, frozen=True, tag_field="event", tag="text"):
    """A verified piece of the answer; pieces joined are the whole text."""

    text: str


class CitationEvent(msgspec.Struct, frozen=True, tag_field="event", tag="citation", omit_defaults=True):
    """What a `[n]` mark stands for."""

    n: int
    record_id: str
    field: str
    quote: str
    language: str
    source: str
    value: str | None = None


class TableEvent(msgspec.Struct, frozen=True, tag_field="event", tag="table"):
    """An aligned comparison."""

    table: Table


class FollowUps(msgspec.Struct, frozen=True, tag_field="event", tag="follow_ups"):
    """Questions that would be answerable next."""

    follow_ups: list[str]


class ClaimSpan(msgspec.Struct, frozen=True):
    """One checkable statement: Unicode code points [start, end) of the text and its citations."""

    text: str
    start: int
    end: int
    citations: list[int]
    kind: str


class Done(msgspec.Struct, frozen=True, tag_field="event", tag="done", kw_only=True, omit_defaults=True):
    """The rest of the answer."""

    outcome: str
    language: str
    confidence: float
    writer: Writer
    snapshot: str
    as_of: str
    understanding: dict[str, Any]
    claims: list[ClaimSpan]
    timings: dict[str, float]
    usage: dict[str, int]
    reason: str | None = None
    degraded: list[str] = []
    evidence: list[dict[str, Any]] | None = None
    """Offered evidence, only with `explain`."""


class ErrorEvent(msgspec.Struct, frozen=True, tag_field="event", tag="error"):
    """Something broke after the stream had begun."""

    type: str
    title: str
    detail: str


Event: TypeAlias = Status | Products | Text | CitationEvent | TableEvent | FollowUps | Done | ErrorEvent
