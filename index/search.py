"""Searching pool by pool: filter first, then words and meaning, then one order."""

import numpy as np

from index import denied
from index.columns import UNKNOWN
from index.filtering import Mask, Sellables
from index.ordering import cheapest, ordered
from index.rank import QueryEncoder, Ranked, Rows, rank
from index.results import Hit, PassageRef, Query, Results
from index.snapshot import TYPE_POOL, Pool, Snapshot
from index.tokens import tokens

_RELEVANT = 0.55
"""With another order than relevance, hits below this share of the best score stay out."""


def search(
    snapshot: Snapshot, sellables: Sellables, query: Query, encoder: QueryEncoder | None, degraded: list[str]
) -> Results:
    """Hits of each asked pool in turn; scores of different pools are never compared."""
    passing = sellables.mask(query.filter)
    unverified = sellables.unverified(query.filter, passing)
    hits: list[Hit] = []
    total = 0
    for name in dict.fromkeys(TYPE_POOL[kind] for kind in query.types):
        pool = snapshot.pools[name]
        mask = _pool_mask(snapshot, sellables, pool, query, passing)
        if not mask.any():
            continue
        ranked = rank(snapshot, pool, mask, query, encoder)
        rows, matched = ranked.rows, ranked.matched
        if name == "product":
            if query.sort != "relevance" and query.text.strip():
                rows = rows[ranked.scores >= _RELEVANT * ranked.scores[:1]]
                matched = len(rows)
            rows = _verified_first(ordered(sellables, rows, query.sort, passing), unverified)
            if query.without:
                rows, doubtful = denied.last(snapshot, rows, query.without)
                unverified = {**unverified, **doubtful}
        total += matched
        page = rows[query.offset : query.offset + query.k]
        hits += _hits(snapshot, sellables, query, ranked, page, passing, unverified)
    return Results(hits=hits, total=total, degraded=degraded)


def _pool_mask(snapshot: Snapshot, sellables: Sellables, pool: Pool, query: Query, passing: Mask) -> Mask:
    """(records of the pool,) which may be found: filters reach products and what is said of them, not shop texts."""
    types = np.array([kind in query.types for kind in snapshot.types[pool.start : pool.stop]], bool)
    if pool.name == "shop" or not query.filter:
        return types
    products = sellables.products(passing)
    if pool.name == "product":
        return types & products
    owner = snapshot.owner[pool.start : pool.stop]
    mask: Mask = types & (owner >= 0)
    mask[mask] = products[owner[mask]]
    return mask


def _verified_first(rows: Rows, unverified: dict[str, Mask]) -> Rows:
    """Products that may break a `not_` constraint go below those that are known not to; else the order stays."""
    if not unverified:
        return rows
    doubtful = np.any([mask[rows] for mask in unverified.values()], axis=0)
    return rows[np.argsort(doubtful, kind="stable")]


def _hits(  # noqa: PLR0913, PLR0917 - one hit is made of all of these
    snapshot: Snapshot,
    sellables: Sellables,
    query: Query,
    ranked: Ranked,
    page: Rows,
    passing: Mask,
    unverified: dict[str, Mask],
) -> list[Hit]:
    place = {row: at for at, row in enumerate(ranked.rows.tolist())}
    hits = []
    for row in page.tolist():
        at = place[row]
        scores = {"lexical": round(float(ranked.lexical[at]), 4)}
        if ranked.cosines is not None:
            scores["cosine"] = round(float(ranked.cosines[at]), 4)
        product = snapshot.types[row] == "product"
        hits.append(
            Hit(
                id=snapshot.ids[row],
                type=snapshot.types[row],
                score=round(float(ranked.scores[at]), 4),
                scores=scores,
                passage=_passage(snapshot, row, ranked, at, query),
                variant_id=_variant(sellables, row, passing) if product else None,
                unverified=[field for field, mask in unverified.items() if product and mask[row]],
            )
        )
    return hits


def _variant(sellables: Sellables, row: int, passing: Mask) -> str | None:
    at = cheapest(sellables, row, passing, None)
    code = UNKNOWN if at is None else int(sellables.arrays["sellable_variant"][at])
    return None if code == UNKNOWN else sellables.words["variant"].words[code]


def _passage(snapshot: Snapshot, row: int, ranked: Ranked, at: int, query: Query) -> PassageRef:
    """The passage nearest in meaning; without meaning, the one that shares most words with the query."""
    if ranked.passages is not None and ranked.passages[at] != UNKNOWN:
        return snapshot.passage(int(ranked.passages[at]))
    wanted = set(tokens(query.text))
    candidates = [snapshot.passage(passage) for passage in snapshot.passages_of(row)]
    if not candidates:
        return PassageRef(snapshot.ids[row], "", "", "")
    return max(candidates, key=lambda passage: len(wanted.intersection(tokens(passage.text))))
