"""Why a record is found, or is not: what is indexed of it, its values, its ranks, the constraint that drops it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from catalog.model import Product, Qa, Review, type_name
from index.errors import SnapshotMissingError
from index.filters import Filter
from index.overlay import Row
from index.results import Query
from index.snapshot import TYPE_POOL
from index.uses import dropped, kept
from index.view import View


def explain(
    view: View, record_id: str, query: str | None, filter_: Filter, changes: Sequence[Row] = ()
) -> dict[str, Any]:
    """Everything the index knows of a record; `changes` are the overlay's rows of it.

    Raises:
        SnapshotMissingError: the snapshot holds no such record.
    """
    record = view.record(record_id)
    if (tombstone := view.deleted(record_id)) is not None:
        told = {"id": record_id, "deleted_by": tombstone.source, "deleted_at": tombstone.updated_at}
        return told | ({"overlay": _overlay(changes)} if changes else {})
    if record is None:
        raise SnapshotMissingError(f"no record {record_id!r} in snapshot {view.snapshot}")
    result: dict[str, Any] = {
        "id": record_id,
        "type": type_name(record),
        "source": record.source,
        "updated_at": record.updated_at,
        "snapshot": view.snapshot,
        "kept": kept(record),
        "dropped": dropped(record),
        "passages": [f"{p.field} [{p.language}] {p.text}" for p in view.passages(record_id)],
    }
    if isinstance(record, Product):
        result["offer"] = msgspec.to_builtins(view.offer(record_id))
        result["opinions"] = view.opinions(record_id)
        result["filter_values"] = msgspec.to_builtins(view.filter_values(record_id))
    if changes:
        result["overlay"] = _overlay(changes)
    if filter_:
        result["dropped_by"] = _dropping(
            view, record.product_id if isinstance(record, Review | Qa) else record_id, filter_
        )
    if query:
        result["query"] = _ranks(view, record_id, type_name(record), query, filter_)
    return result


def _overlay(changes: Sequence[Row]) -> list[dict[str, Any]]:
    """Live changes, oldest first: number, time, the key that sent it, and what it says."""
    rows = (msgspec.to_builtins(row) for row in changes)
    return [{name: row[name] for name in ("seq", "received_at", "by", "change")} for row in rows]


def _dropping(view: View, product_id: str, filter_: Filter) -> list[str]:
    """Constraints that drop the product when they stand alone; all of them together if no single one does."""
    names = [name for name in Filter.__struct_fields__ if getattr(filter_, name) != getattr(Filter(), name)]
    dropping = []
    for name in names:
        alone = msgspec.structs.replace(Filter(), **{name: getattr(filter_, name)})
        if not _passes(view, product_id, alone):
            dropping.append(name)
    if not dropping and not _passes(view, product_id, filter_):
        return [f"no single variant satisfies all of: {', '.join(names)}"]
    return dropping


def _passes(view: View, product_id: str, filter_: Filter) -> bool:
    both = msgspec.structs.replace(filter_, ids=[product_id])
    return (not filter_.ids or product_id in filter_.ids) and view.facets(both).total > 0


def _ranks(view: View, record_id: str, kind: str, text: str, filter_: Filter) -> dict[str, Any]:
    if kind not in TYPE_POOL:
        return {"rank": None, "note": f"a {kind} is not searched"}
    hits = view.search(Query(text=text, types=(kind,), k=100, filter=filter_)).hits  # type: ignore[arg-type]
    found = next((hit for hit in hits if hit.id == record_id), None)
    if found is None:
        return {"rank": None, "note": "not among the first 100"} | _alone(view, record_id, kind, text)
    ranks = {
        name: 1 + sum(other.scores.get(name, 0.0) > score for other in hits) for name, score in found.scores.items()
    }
    place = 1 + [hit.id for hit in hits].index(record_id)
    return {"rank": place, "score": found.score, "scores": found.scores, "rank_per_retriever": ranks}


def _alone(view: View, record_id: str, kind: str, text: str) -> dict[str, Any]:
    """What each retriever makes of a product when nothing else stands in its way."""
    if kind != "product":
        return {}
    hits = view.search(Query(text=text, k=1, filter=Filter(ids=[record_id]))).hits
    return {"scores": hits[0].scores if hits else {}}
