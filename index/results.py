"""What a search takes and gives."""

from typing import TypeAlias

import msgspec

from catalog.money import Money
from index.filters import Filter, RecordType, Sort


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One search. With no `text` it lists what passes the filter."""

    text: str = ""
    types: tuple[RecordType, ...] = ("product",)
    filter: Filter = Filter()
    k: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    language: str | None = None
    """Language of the text (zh, en); read from the text when absent."""
    soft_categories: tuple[str, ...] = ()
    """Categories that are ranked up, not required."""
    without: tuple[str, ...] = ()
    """Things not wanted that no filter can hold: products whose texts have one are ranked last."""


class LiveOffer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a sellable costs now: the snapshot's offer, a running flash sale, live changes on top."""

    price: Money
    list_price: Money | None = None
    availability: str = "in_stock"
    stock: int | None = None
    as_of: str | None = None
    promotion_id: str | None = None
    """The flash sale that sets the price, if one runs."""
    usual_price: Money | None = None
    """What it costs without that sale."""
    until: str | None = None
    """When that sale ends (ISO 8601 with an offset)."""

    @property
    def available(self) -> bool:
        """Whether it can be had at once."""
        return self.availability == "in_stock" and self.stock != 0


class PassageRef(msgspec.Struct, frozen=True):
    """An indexed text: which record, which field of it, in which language."""

    record_id: str
    field: str
    language: str
    text: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One record with its best passage. `score` is 0-1 within one result list; `scores` has one entry a retriever."""

    id: str
    type: str
    score: float
    passage: PassageRef
    variant_id: str | None = None
    """The cheapest variant that passes the filter, if the product has variants."""
    scores: dict[str, float] = {}
    unverified: list[str] = []
    """Fields of `not_` constraints that this record does not state."""


class FacetValue(msgspec.Struct, frozen=True):
    """An observed value and how many products have it."""

    value: str
    count: int


class NumberFacet(msgspec.Struct, frozen=True):
    """The observed range of a number column in its canonical unit."""

    min: float
    max: float
    unit: str
    count: int


class PriceFacet(msgspec.Struct, frozen=True):
    """Cheapest and dearest of one currency; ids of the products that are, the first by id where several are."""

    min: Money
    max: Money
    count: int
    cheapest: str
    dearest: str
    all_cheapest: list[str]
    """Every product that costs as little, at most 50."""
    all_dearest: list[str]
    """Every product that costs as much, at most 50."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How many products say anything that a filter can read, by filter; attributes by canonical key."""

    price: int
    brand: int
    category: int
    in_stock: int
    rating_min: int
    attributes: dict[str, int]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """Whole-shop facts, counted over products that pass a filter; values are listed up to 50, most frequent first."""

    total: int
    available: int
    """Products that can be had at once."""
    on_sale: int
    """Products below their list price, or below their usual price while a flash sale runs."""
    brands: list[FacetValue]
    brand_count: int
    """How many brands there are, the unlisted ones too."""
    categories: list[FacetValue]
    category_count: int
    """How many categories there are, the unlisted ones too."""
    prices: list[PriceFacet]
    """One a currency, the one of most products first; amounts are never converted."""
    rating: NumberFacet | None
    """The range of the mean ratings, in stars."""
    coverage: Coverage
    attributes: dict[str, list[FacetValue]]
    numbers: dict[str, NumberFacet]


Scores: TypeAlias = dict[str, float]


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits; `total` counts all records that match (with no text: that pass the filter)."""

    hits: list[Hit]
    total: int
    degraded: list[str] = []
