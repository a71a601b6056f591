"""A search for a front: the words understood, both filters held, relaxed where nothing passes, one page of hits.

Knows no HTTP; `/v1/search` and the agents' tools are fronts over it.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from guide.model import Language, Question, Understanding
from guide.shop import Shop
from guide.understand import negation
from guide.wire import cursor as cursors
from index.api import Filter, Query, RecordType, Results, Sort, View

_GIVEN_UP: tuple[tuple[str, ...], ...] = (
    ("price",),
    ("attributes",),
    ("price", "attributes", "in_stock", "rating_min"),
)
"""What is given up of the filters that were read from the words, in this order.

The answers of /v1/ask go in finer steps (guide/choose/nearest.py).
"""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is searched for; `filters` always hold."""

    query: str = ""
    types: tuple[RecordType, ...] = ("product",)
    filters: Filter = Filter()
    understand: bool = True
    """Read price, brand and negation in the query as filters."""
    sort: Sort | None = None
    k: int = 10
    cursor: str | None = None
    locale: str | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of hits on one view."""

    view: View
    results: Results
    filter: Filter
    """What holds for every hit."""
    cursor: str | None
    """Where the next page begins; None when this is the last."""
    language: Language | None
    understanding: Understanding | None
    relaxed: list[str]
    """Fields of the filter read from the words that were given up because nothing passed."""


def find(wish: Wish, shop: Shop) -> Page:
    """The page that the wish asks for.

    Raises:
        Problem: the cursor is not one, or its snapshot is gone.
        FilterError: a filter names an unknown field, unit or currency.
    """
    view = shop.view()
    offset = cursors.decode(wish.cursor, view.snapshot) if wish.cursor else 0
    understood = _understand(wish, shop, view)
    language = understood.language if understood else spoken(wish.locale)
    query = _query(wish, understood, offset, language)
    results, relaxed = view.search(query), []
    if not results.total and understood is not None:
        for weaker, given_up in _weaker(understood.filter, negation.held(understood)):
            looser = msgspec.structs.replace(query, filter=merge(wish.filters, weaker))
            found = view.search(looser)
            if found.total:
                query, results, relaxed = looser, found, given_up
                break
    end = offset + len(results.hits)
    return Page(
        view=view, results=results, filter=query.filter, language=language, understanding=understood, relaxed=relaxed,
        cursor=cursors.encode(view.snapshot, end) if results.hits and end < results.total else None,
    )  # fmt: skip


def merge(asked: Filter, read: Filter) -> Filter:
    """Both filters at once: what the request sets stands, what was read fills the rest; exclusions add up."""
    fields = {name: getattr(asked, name) or getattr(read, name) for name in Filter.__struct_fields__}
    fields["in_stock"] = read.in_stock if asked.in_stock is None else asked.in_stock
    fields["not_brand"] = [*asked.not_brand, *(b for b in read.not_brand if b not in asked.not_brand)]
    fields["attributes"] = read.attributes | asked.attributes
    fields["not_attributes"] = read.not_attributes | asked.not_attributes
    return Filter(**fields)


def spoken(locale: str | None) -> Language | None:
    """The language of a BCP-47 tag that answers can be in, None without one."""
    if not locale:
        return None
    return "zh" if locale.lower().startswith("zh") else "en"


def _understand(wish: Wish, shop: Shop, view: View) -> Understanding | None:
    if not wish.understand or not wish.query.strip():
        return None
    return shop.engine.understand(Question(text=wish.query, filters=wish.filters, locale=wish.locale), view)


def _query(wish: Wish, understood: Understanding | None, offset: int, language: Language | None) -> Query:
    read = understood or Understanding(language="en", intent="find", query=wish.query)
    return Query(
        text=read.query, types=wish.types, filter=merge(wish.filters, read.filter), k=wish.k, offset=offset,
        sort=wish.sort or read.sort, language=language, without=negation.unheld(read),
    )  # fmt: skip


def _weaker(read: Filter, held: frozenset[str]) -> Iterator[tuple[Filter, list[str]]]:
    """What was read with less and less of it; brands and exclusions (`held` attributes too) are never given up."""
    nothing = Filter(attributes={name: wanted for name, wanted in read.attributes.items() if name in held})
    for names in _GIVEN_UP:
        set_ = [name for name in names if getattr(read, name) != getattr(nothing, name)]
        if set_:
            dropped: dict[str, Any] = {name: getattr(nothing, name) for name in set_}
            yield msgspec.structs.replace(read, **dropped), set_
