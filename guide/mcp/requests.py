"""What the tools take, as the Universal Commerce Protocol names it; an unknown field is an error that is told.

Source of the names and of the limits' meaning: the Catalog capability, version 2026-08-25 (ucp.dev).
"""

from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

MOST_IDS = 50
MOST_PRODUCTS = 50


class Call(NamedTuple):
    """What is known of a call besides its arguments."""

    base: str
    """The address the tools are served at; a record's relative links are against it."""
    most: int | None = None
    """The most products a page may have, where the caller's key sets it."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Hints about the buyer; what is not named here is ignored, as the protocol demands."""

    language: Annotated[str, Meta(description="BCP-47 language of the texts: zh or en")] | None = None
    currency: Annotated[str, Meta(description="ISO 4217 currency of the price filter")] | None = None


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks; not used."""

    ucp_agent: Annotated[dict[str, Any], Meta(description="profile of the asking agent")] = msgspec.field(
        default_factory=dict, name="ucp-agent"
    )


class PriceBounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Both ends included."""

    min: Annotated[int, Meta(ge=0, description="in minor units (cents, 分)")] | None = None
    max: Annotated[int, Meta(ge=0, description="in minor units (cents, 分)")] | None = None


class Filters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them must hold."""

    categories: Annotated[list[str], Meta(description="any of these, as products name them")] = []
    price: PriceBounds | None = None
    brand: Annotated[list[str], Meta(description="any of these")] = []
    availability: Annotated[list[Literal["in_stock"]], Meta(description="only what can be had at once")] = []


class Paging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page."""

    cursor: Annotated[str, Meta(description="`pagination.cursor` of the page before")] | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST_PRODUCTS)] = 10


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A chosen value of an option."""

    name: str
    label: str


class Search(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words, filters, or both."""

    query: Annotated[
        str,
        Meta(max_length=2000, description="the buyer's own words, Chinese or English; budget, brands and what is "
             "not wanted are understood and become filters"),
    ] = ""  # fmt: skip
    filters: Filters = msgspec.field(default_factory=Filters)
    context: Context = msgspec.field(default_factory=Context)
    pagination: Paging = msgspec.field(default_factory=Paging)


class Lookup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which products."""

    ids: Annotated[list[str], Meta(min_length=1, max_length=MOST_IDS, description="product or variant ids")]
    context: Context = msgspec.field(default_factory=Context)


class Detail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which product, and which of its forms."""

    id: Annotated[str, Meta(description="product or variant id")]
    selected: Annotated[list[Option], Meta(description="options chosen so far, e.g. Color: Red")] = []
    preferences: Annotated[
        list[str], Meta(description="option names, most important first: the last are given up when nothing matches")
    ] = []
    context: Context = msgspec.field(default_factory=Context)


class SearchCatalog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of search_catalog."""

    catalog: Search
    meta: Agent = msgspec.field(default_factory=Agent)


class LookupCatalog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of lookup_catalog."""

    catalog: Lookup
    meta: Agent = msgspec.field(default_factory=Agent)


class GetProduct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of get_product."""

    catalog: Detail
    meta: Agent = msgspec.field(default_factory=Agent)


class AskPolicies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of search_shop_policies_and_faqs."""

    query: Annotated[str, Meta(min_length=1, max_length=2000, description="the question, Chinese or English")]
    context: Annotated[str, Meta(max_length=2000, description="what was said before, if the question needs it")] = ""
