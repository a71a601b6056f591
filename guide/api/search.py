"""POST /v1/search: hits, facets and totals under hard filters."""

from typing import Annotated, Any, Literal

import anyio.to_thread
import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from catalog.model import Faq, Policy, Product, Qa
from guide.api.body import strict_json
from guide.api.problems import responses
from guide.model import Question, Understanding
from guide.shop import Shop
from guide.wire import cursor as cursors
from guide.wire.shapes import SearchAnswer, SearchHit, offer
from index.api import View
from index.filters import Filter, RecordType, Sort
from index.results import Hit, Query


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
    view = shop.view()
    offset = cursors.decode(data.cursor, view.snapshot) if data.cursor else 0
    understood = _understand(data, shop, view)
    query = _query(data, understood, offset)
    results = view.search(query)
    end = offset + len(results.hits)
    language = understood.language if understood else _language(data.locale)
    return SearchAnswer(
        hits=[_hit(hit, view, language, data.explain) for hit in results.hits],
        facets=view.facets(query.filter),
        total=results.total,
        cursor=cursors.encode(view.snapshot, end) if results.hits and end < results.total else None,
        snapshot=view.snapshot,
        as_of=view.as_of,
        degraded=sorted({*shop.store.degraded, *results.degraded}),
        understanding=_report(understood),
    )


def merge(asked: Filter, read: Filter) -> Filter:
    """Both filters at once: what the request sets stands, what was read fills the rest; exclusions add up."""
    fields = {name: getattr(asked, name) or getattr(read, name) for name in Filter.__struct_fields__}
    fields["in_stock"] = read.in_stock if asked.in_stock is None else asked.in_stock
    fields["not_brand"] = [*asked.not_brand, *(b for b in read.not_brand if b not in asked.not_brand)]
    fields["attributes"] = read.attributes | asked.attributes
    fields["not_attributes"] = read.not_attributes | asked.not_attributes
    return Filter(**fields)


def _understand(data: SearchRequest, shop: Shop, view: View) -> Understanding | None:
    if not data.understand or not data.query.strip():
        return None
    return shop.engine.understand(Question(text=data.query, filters=data.filters, locale=data.locale), view)


def _query(data: SearchRequest, understood: Understanding | None, offset: int) -> Query:
    read = understood or Understanding(language="en", intent="find", query=data.query)
    return Query(
        text=read.query, types=tuple(dict.fromkeys(data.types)), filter=merge(data.filters, read.filter),
        k=data.k, offset=offset, sort=data.sort or read.sort,
        language=understood.language if understood else _language(data.locale),
    )  # fmt: skip


def _language(locale: str | None) -> Literal["zh", "en"] | None:
    if not locale:
        return None
    return "zh" if locale.lower().startswith("zh") else "en"


def _report(understood: Understanding | None) -> dict[str, Any] | None:
    return None if understood is None else msgspec.to_builtins(understood)


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
