"""Why a record is found, or is not: what is indexed of it, its values, its ranks, the constraint that drops it."""

from typing import Any

import msgspec

from catalog.model import Product, Qa, Review, type_name
from index.errors import SnapshotMissingError
from index.filters import Filter
from index.results import Query
from index.snapshot import TYPE_POOL
from index.view import View


def explain(view: View, record_id: str, query: str | None, filter_: Filter) -> dict[str, Any]:
    """Everything the index knows of a record.

    Raises:
        SnapshotMissingError: the snapshot holds no such record.
    """
    record = view.record(record_id)
    if (tombstone := view.deleted(record_id)) is not None:
        return {"id": record_id, "deleted_by": tombstone.source, "deleted_at": tombstone.updated_at}
    if record is None:
        raise SnapshotMissingError(f"no record {record_id!r} in snapshot {view.snapshot}")
    result: dict[str, Any] = {
        "id": record_id,
        "type": type_name(record),
        "source": record.source,
        "updated_at": record.updated_at,
        "snapshot": view.snapshot,
        "passages": [f"{p.field} [{p.language}] {p.text}" for p in view.passages(record_id)],
    }
    if isinstance(record, Product):
        result["offer"] = msgspec.to_builtins(view.offer(record_id))
        result["opinions"] = view.opinions(record_id)
    if filter_:
        result["dropped_by"] = _dropping(
            view, record.product_id if isinstance(record, Review | Qa) else record_id, filter_
        )
    if query:
        result["query"] = _ranks(view, record_id, type_name(record), query, filter_)
    return result


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
        return {"rank": None, "note": "not among the first 100"}
    ranks = {
        name: 1 + sum(other.scores.get(name, 0.0) > score for other in hits) for name, score in found.scores.items()
    }
    place = 1 + [hit.id for hit in hits].index(record_id)
    return {"rank": place, "score": found.score, "scores": found.scores, "rank_per_retriever": ranks}
