"""Ranking the records of one pool that pass: words and meaning find candidates, one fused score orders them."""

import msgspec
import numpy as np
import numpy.typing as npt

from catalog.language import detect
from index.columns import UNKNOWN
from index.encoders import Vectors
from index.encoders.worker import QueryWorker
from index.filtering import Mask
from index.fusion import Blend, fuse
from index.results import Query
from index.snapshot import Pool, Snapshot
from index.vectors import VectorIndex

CANDIDATES = 200
"""Best records of each retriever that are fused; deeper ones never reach the first hundred in the dev sets."""
_PASSAGES = 600
"""Best passages asked of the vector index: a record has a few, and the best one stands for it."""

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class QueryEncoder(msgspec.Struct, frozen=True):
    """What turns a query into a vector, and what its cosines may say per language."""

    worker: QueryWorker
    blends: dict[str, Blend]

    def query(self, text: str) -> Vectors:
        """(dim,) unit vector."""
        return self.worker.query(text)


class Ranked(msgspec.Struct, frozen=True):
    """Candidate records (rows of the snapshot), best first, with what each retriever said."""

    rows: Rows
    scores: Floats
    lexical: Floats
    cosines: Floats | None
    passages: Rows | None
    """Row of each candidate's best passage by meaning, UNKNOWN where it has none."""
    matched: int
    """Records that match: those that share a word with the query, and those found by meaning alone."""


def rank(snapshot: Snapshot, pool: Pool, mask: Mask, query: Query, encoder: QueryEncoder | None) -> Ranked:
    """Rank the pool's records that `mask` (records of the pool,) lets pass; without a text, list them all."""
    if not query.text.strip():
        rows = np.flatnonzero(mask) + pool.start
        nothing = np.zeros(len(rows), np.float32)
        return Ranked(rows, nothing, nothing, None, None, len(rows))
    lexical = pool.lexical.scores(query.text) * mask
    candidates = np.argsort(-lexical, kind="stable")[:CANDIDATES]
    candidates = candidates[lexical[candidates] > 0]
    blend = encoder.blends.get(query.language or detect(query.text)) if encoder else None
    cosines, passages = None, None
    if encoder is not None and blend is not None and pool.vectors is not None:
        vector = encoder.query(query.text)
        near = _nearest(snapshot, pool, pool.vectors, mask, vector)
        candidates = np.array(list(dict.fromkeys([*candidates.tolist(), *near])), np.int64)
        cosines, passages = _best(snapshot, pool, pool.vectors, vector, candidates)
    words = lexical[candidates]
    scores = fuse(words, cosines, blend or Blend(0.0, 1.0))
    order = np.argsort(-scores, kind="stable")
    return Ranked(
        candidates[order] + pool.start,
        scores[order],
        words[order],
        None if cosines is None else cosines[order],
        None if passages is None else passages[order],
        int((lexical > 0).sum() + (words == 0).sum()),
    )


def _nearest(snapshot: Snapshot, pool: Pool, vectors: VectorIndex, mask: Mask, vector: Vectors) -> list[int]:
    """Records of the pool that pass, by their best passage."""
    owner = snapshot.passage_record[pool.first : pool.last] - pool.start
    near, _ = vectors.nearest(vector, _PASSAGES, None if mask.all() else mask[owner])
    return list(dict.fromkeys(owner[near].tolist()))[:CANDIDATES]


def _best(
    snapshot: Snapshot, pool: Pool, vectors: VectorIndex, vector: Vectors, candidates: Rows
) -> tuple[Floats, Rows]:
    """Exact cosine and row of each candidate's best passage; -1 and UNKNOWN for one without passages."""
    owner = snapshot.passage_record[pool.first : pool.last] - pool.start
    wanted = np.zeros(pool.stop - pool.start, bool)
    wanted[candidates] = True
    rows = np.flatnonzero(wanted[owner])
    cosines = vectors.cosines(vector, rows)
    # Rows are grouped by record, so one ordered pass keeps the best of each.
    order = np.lexsort((-cosines, owner[rows]))
    records, first = np.unique(owner[rows][order], return_index=True)
    best = dict(zip(records.tolist(), order[first].tolist(), strict=True))
    at = np.array([best.get(candidate, UNKNOWN) for candidate in candidates.tolist()], np.int64)
    if not len(rows):
        return np.full(len(at), -1.0, np.float32), at
    values = np.where(at >= 0, cosines[at], -1.0).astype(np.float32)
    return values, np.where(at >= 0, rows[at] + pool.first, UNKNOWN)
