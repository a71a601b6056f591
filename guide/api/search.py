"""POST /v1/search: hits, facets and totals under hard filters."""

from typing import Annotated

import anyio.to_thread
import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from catalog.model import Faq, Policy, Product, Qa
from guide import listing
from guide.api.body import strict_json
from guide.api.problems import responses
from guide.listing import Wish
from guide.shop import Shop
from guide.wire.shapes import SearchAnswer, SearchHit, offer
from index.api import View
from index.filters import Filter, RecordType, Sort
from index.results import Hit


class SearchRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search; with no query it lists what passes the filters."""

    query: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    """Words to search for."""
    types: Annotated[list[RecordType], msgspec.Meta(min_length=1)] = msgspec.field(default_factory=lambda: ["product"])
    """Kinds of records to find."""
    filters: Filter = msgspec.field(default_factory=Filter)
    """Hard constraints."""
    understand: bool = True
    """Read price, brand and negation in the query as filters, and report them."""
    sort: Sort | None = None
    """Order; by default relevance, or what the words ask for."""
    k: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10
    """Hits a page."""
    cursor: str | None = None
    """Where the last page ended."""
    locale: str | None = None
    """Language of the titles (BCP-47); by default that of the query."""
    explain: bool = False
    """Also send each retriever's score."""


class SearchController(Controller):
    """Search."""

    path = "/v1/search"
    tags = ("Search",)

    @post(
        status_code=200,
        guards=[strict_json],
        opt={"admission": True},
        responses=responses(400, 410, 413, 415, 429, 500, 503),
    )
    async def search(self, data: JSONBody[SearchRequest], shop: NamedDependency[SkipValidation[Shop]]) -> SearchAnswer:
        """Find records; filters act inside the search, never after it."""
        return await anyio.to_thread.run_sync(find, data, shop)


def find(data: SearchRequest, shop: Shop) -> SearchAnswer:
    """One page, on one view."""
    page = listing.find(
        Wish(
            query=data.query, types=tuple(dict.fromkeys(data.types)), filters=data.filters, sort=data.sort, k=data.k,
            understand=data.understand, cursor=data.cursor, locale=data.locale,
        ),
        shop,
    )  # fmt: skip
    view, results = page.view, page.results
    return SearchAnswer(
        hits=[_hit(hit, view, page.language, data.explain) for hit in results.hits],
        facets=view.facets(page.filter),
        total=results.total,
        cursor=page.cursor,
        snapshot=view.snapshot,
        as_of=view.as_of,
        degraded=sorted({*shop.store.degraded, *results.degraded}),
        understanding=None if page.understanding is None else msgspec.to_builtins(page.understanding),
        relaxed=page.relaxed,
    )


def _hit(hit: Hit, view: View, language: str | None, explain: bool) -> SearchHit:
    live = view.offer(hit.id, hit.variant_id) if hit.type == "product" else None
    return SearchHit(
        id=hit.id, type=hit.type, title=_title(view, hit.id, language), score=hit.score, offer=offer(live),
        passage=hit.passage, variant_id=hit.variant_id, scores=hit.scores if explain else None,
        unverified=hit.unverified,
    )  # fmt: skip


def _title(view: View, record_id: str, language: str | None) -> str:
    """What a person calls the record: its title or its question; a review has its product's title."""
    record = view.record(record_id)
    translations = getattr(record, "translations", {})
    local = translations.get(language) if language else None
    match record:
        case Product() | Policy():
            return (local and local.title) or record.title
        case Faq():
            return (local and local.question) or record.question
        case Qa():
            return record.question
    owner = getattr(record, "product_id", None)
    return _title(view, owner, language) if owner else record_id
