"""Searching one pool: filter first, then words and meaning, then one fused order."""

import msgspec
import numpy as np
import numpy.typing as npt

from catalog.language import detect
from index.columns import UNKNOWN
from index.encoders import Vectors
from index.encoders.worker import QueryWorker
from index.filtering import Mask, Sellables
from index.fusion import Blend, fuse
from index.results import Hit, PassageRef, Query, Results
from index.snapshot import TYPE_POOL, Pool, Snapshot
from index.tokens import tokens

CANDIDATES = 200
"""Best records of each retriever that are fused; deeper ones never reach the first hundred in the dev sets."""
_PASSAGES = 600
"""Best passages asked of the vector index: a record has a few, and the best one stands for it."""
_RELEVANT = 0.55
"""With another order than relevance, hits below this share of the best score stay out."""


class QueryEncoder(msgspec.Struct, frozen=True):
    """What turns a query into a vector, and what its cosines may say per language."""

    worker: QueryWorker
    blends: dict[str, Blend]

    def query(self, text: str) -> Vectors:
        """(dim,) unit vector."""
        return self.worker.query(text)


class _Ranked(msgspec.Struct, frozen=True):
    """Candidate records (rows of the snapshot), best first, with what each retriever said."""

    rows: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.float32]
    cosines: npt.NDArray[np.float32] | None
    best_passage: npt.NDArray[np.int64] | None
    matched: int


def search(
    snapshot: Snapshot, sellables: Sellables, query: Query, encoder: QueryEncoder | None, degraded: list[str]
) -> Results:
    """Hits of each asked pool in turn; scores of different pools are never compared."""
    passing = sellables.mask(query.filter)
    pools = dict.fromkeys(TYPE_POOL[kind] for kind in query.types)
    hits: list[Hit] = []
    total = 0
    for name in pools:
        mask = _pool_mask(snapshot, sellables, snapshot.pools[name], query, passing)
        if not mask.any():
            continue
        ranked = _rank(snapshot, snapshot.pools[name], mask, query, encoder)
        rows = _sorted(sellables, ranked, query, passing) if name == "product" else ranked.rows
        total += ranked.matched
        hits += _hits(snapshot, sellables, query, ranked, rows, passing)
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


def _rank(snapshot: Snapshot, pool: Pool, mask: Mask, query: Query, encoder: QueryEncoder | None) -> _Ranked:
    if not query.text.strip():
        rows = np.flatnonzero(mask) + pool.start
        nothing = np.zeros(len(rows), np.float32)
        return _Ranked(rows, nothing, nothing, None, None, len(rows))
    lexical = pool.lexical.scores(query.text) * mask
    candidates = np.argsort(-lexical, kind="stable")[:CANDIDATES]
    candidates = candidates[lexical[candidates] > 0]
    blend = encoder.blends.get(query.language or detect(query.text)) if encoder else None
    cosines, passages = None, None
    if encoder is not None and blend is not None and pool.vectors is not None:
        candidates, cosines, passages = _meaning(snapshot, pool, mask, encoder.query(query.text), candidates)
    scores = fuse(lexical[candidates], cosines, blend or Blend(0.0, 1.0))
    order = np.argsort(-scores, kind="stable")
    matched = max(int((lexical > 0).sum()), len(candidates) if cosines is None else 0)
    return _Ranked(
        candidates[order] + pool.start,
        scores[order],
        lexical[candidates][order],
        None if cosines is None else cosines[order],
        None if passages is None else passages[order],
        matched or len(candidates),
    )


def _meaning(
    snapshot: Snapshot, pool: Pool, mask: Mask, vector: Vectors, lexical: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Candidates of both retrievers with the exact cosine and row of their best passage."""
    assert pool.vectors is not None
    owner = snapshot.passage_record[pool.first : pool.last] - pool.start
    allowed = None if mask.all() else mask[owner]
    near, _ = pool.vectors.nearest(vector, _PASSAGES, allowed)
    by_meaning = list(dict.fromkeys(owner[near].tolist()))[:CANDIDATES]
    candidates = np.array(list(dict.fromkeys([*lexical.tolist(), *by_meaning])), np.int64)
    wanted = np.zeros(len(mask), bool)
    wanted[candidates] = True
    rows = np.flatnonzero(wanted[owner])
    cosines = pool.vectors.cosines(vector, rows)
    # Best passage of each record: rows are grouped by record, so one ordered pass keeps the best of each.
    order = np.lexsort((-cosines, owner[rows]))
    records, first = np.unique(owner[rows][order], return_index=True)
    best = dict(zip(records.tolist(), order[first].tolist(), strict=True))
    at = np.array([best.get(candidate, UNKNOWN) for candidate in candidates.tolist()], np.int64)
    values = np.where(at >= 0, cosines[at], -1.0).astype(np.float32)
    return candidates, values, np.where(at >= 0, rows[at] + pool.first, UNKNOWN)


def _sorted(sellables: Sellables, ranked: _Ranked, query: Query, passing: Mask) -> npt.NDArray[np.int64]:
    """Product rows in the asked order; what is unknown comes last."""
    rows = ranked.rows
    if query.sort == "relevance" or not len(rows):
        return rows
    if query.text.strip():
        rows = rows[ranked.scores >= _RELEVANT * ranked.scores[0]]
    if query.sort == "rating":
        keys = -np.nan_to_num(sellables.arrays["rating"][rows], nan=-1.0)
    elif query.sort == "newest":
        keys = -sellables.arrays["updated"][rows].astype(float)
    else:
        prices = [_price(sellables, int(row), passing) for row in rows]
        sign = 1.0 if query.sort == "price_asc" else -1.0
        keys = np.array([np.inf if price is None else sign * price for price in prices])
    return rows[np.argsort(keys, kind="stable")]


def _price(sellables: Sellables, row: int, passing: Mask) -> int | None:
    at = cheapest(sellables, row, passing, None)
    return None if at is None or sellables.arrays["price"][at] == UNKNOWN else int(sellables.arrays["price"][at])


def cheapest(sellables: Sellables, row: int, passing: Mask | None, variant_id: str | None) -> int | None:
    """The sellable of a product that a card shows: the named variant, else the cheapest passing, in stock first."""
    first, last = np.searchsorted(sellables.arrays["sellable_product"], [row, row + 1])
    at = np.arange(first, last)
    if passing is not None:
        at = at[passing[first:last]]
    if variant_id is not None:
        code = sellables.words["variant"].find(variant_id)
        at = at[sellables.arrays["sellable_variant"][at] == code]
    if not len(at):
        return None
    price = sellables.arrays["price"][at].astype(float)
    price[price == UNKNOWN] = np.inf
    return int(at[np.lexsort((price, ~sellables.available()[at]))[0]])


def _hits(
    snapshot: Snapshot, sellables: Sellables, query: Query, ranked: _Ranked, rows: npt.NDArray[np.int64], passing: Mask
) -> list[Hit]:
    place = {row: at for at, row in enumerate(ranked.rows.tolist())}
    unverified = sellables.unverified(query.filter) if rows.size and query.filter else {}
    hits = []
    for row in rows[query.offset : query.offset + query.k].tolist():
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


def _passage(snapshot: Snapshot, row: int, ranked: _Ranked, at: int, query: Query) -> PassageRef:
    """The passage nearest in meaning; without meaning, the one that shares most words with the query."""
    if ranked.best_passage is not None and ranked.best_passage[at] != UNKNOWN:
        return snapshot.passage(int(ranked.best_passage[at]))
    wanted = set(tokens(query.text))
    candidates = [snapshot.passage(passage) for passage in snapshot.passages_of(row)]
    if not candidates:
        return PassageRef(snapshot.ids[row], "", "", "")
    return max(candidates, key=lambda passage: len(wanted.intersection(tokens(passage.text))))
