"""What the native API sends, field by field (docs/api.md); the OpenAPI is generated from these."""

from typing import Any, Literal

import msgspec

from catalog.model import Product
from catalog.money import Money
from guide.events import ClaimSpan, Writer
from guide.model import Card, Evidence, Outcome, Table
from index.results import Facets, LiveOffer, PassageRef


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What it costs now; amounts are minor units."""

    price: Money
    availability: str
    list_price: Money | None = None
    stock: int | None = None
    as_of: str | None = None
    promotion_id: str | None = None
    """The flash sale that sets the price, if one runs."""
    usual_price: Money | None = None
    """What it costs without that sale."""
    until: str | None = None
    """When that sale ends."""


class ProductCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product the text speaks of; `unverified` names wishes that its record does not settle."""

    id: str
    title: str
    url: str | None
    image: str | None
    offer: Offer | None
    why: str
    variant_id: str | None = None
    unverified: list[str] = []


class Citation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a `[n]` mark stands for: a field of a record, word for word."""

    n: int
    record_id: str
    field: str
    quote: str
    language: str
    source: str
    value: str | None = None


class Answer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A whole answer. `claims` count Unicode code points of `text`; `timings` are milliseconds a stage."""

    answer_id: str
    outcome: Outcome
    language: str
    text: str
    claims: list[ClaimSpan]
    products: list[ProductCard]
    citations: list[Citation]
    follow_ups: list[str]
    understanding: dict[str, Any]
    confidence: float
    writer: Writer
    degraded: list[str]
    snapshot: str
    as_of: str
    usage: dict[str, int]
    timings: dict[str, float]
    reason: str | None = None
    conversation_id: str | None = None
    """Sent with the next question, it lets "the second one" be understood."""
    table: Table | None = None
    evidence: list[dict[str, Any]] | None = None
    """Offered evidence, only with `explain`."""


class SearchHit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record with its best passage; `scores` has one entry a retriever, only with `explain`."""

    id: str
    type: str
    title: str
    score: float
    offer: Offer | None
    passage: PassageRef
    variant_id: str | None = None
    scores: dict[str, float] | None = None
    unverified: list[str] = []


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of hits; `total` counts all that match, `cursor` leads to the next page (null: this is the last)."""

    hits: list[SearchHit]
    facets: Facets
    total: int
    cursor: str | None
    snapshot: str
    as_of: str
    degraded: list[str]
    understanding: dict[str, Any] | None = None
    relaxed: list[str] = []
    """Filters read from the words that were given up because nothing passed; those of the request always hold."""


class ProductAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A product's record with what each form costs now; `offers` is keyed by variant id."""

    product: Product
    offer: Offer | None
    offers: dict[str, Offer]
    snapshot: str
    as_of: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Products side by side; `n` in a cell is the citation that it rests on."""

    products: list[ProductCard]
    table: Table
    citations: list[Citation]
    language: str
    snapshot: str
    as_of: str
    degraded: list[str]


class RecommendedCard(ProductCard, frozen=True, kw_only=True, omit_defaults=True):
    """A recommended product; `citations` are what its `why` rests on."""

    kind: Literal["similar", "complementary", "suited", "popular"]
    """Like the given products, sold together with them, spoken of for the person or occasion, or best rated."""
    citations: list[int]


class Recommendations(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is recommended, best first; with nothing, `reason` says why."""

    products: list[RecommendedCard]
    citations: list[Citation]
    notices: list[str]
    """What has to be admitted: that no record speaks of the person or occasion."""
    language: str
    snapshot: str
    as_of: str
    degraded: list[str]
    reason: Literal["nothing_passes"] | None = None


def offer(live: LiveOffer | None) -> Offer | None:
    """An offer as it is sent."""
    if live is None:
        return None
    return Offer(
        price=live.price, availability=live.availability, list_price=live.list_price, stock=live.stock,
        as_of=live.as_of, promotion_id=live.promotion_id, usual_price=live.usual_price, until=live.until,
    )  # fmt: skip


def citation(evidence: Evidence) -> Citation:
    """A citation as it is sent."""
    return Citation(
        n=evidence.n, record_id=evidence.record_id, field=evidence.field, quote=evidence.quote,
        language=evidence.language, source=evidence.source, value=evidence.value,
    )  # fmt: skip


def card(item: Card) -> ProductCard:
    """A card as it is sent: url, image and offer are always there, null when unknown."""
    return ProductCard(
        id=item.id, title=item.title, url=item.url, image=item.image, offer=offer(item.offer), why=item.why,
        variant_id=item.variant_id, unverified=item.unverified,
    )  # fmt: skip
