"""What the next snapshot holds: the records of the last one, changed by a feed.

`replace` makes a source hold exactly what its feed holds; `upsert` only adds and changes. Other sources are never
touched. The newer `updated_at` wins, so a late delivery undoes neither a later change nor a later delete; a record
that carries none is as new as the feed it came with, and is stamped so. A `delete` takes the place of the record it
names and stays as a tombstone.
"""

from collections import Counter
from collections.abc import Container, Iterable
from datetime import UTC, datetime
from typing import Literal, TypeAlias

import msgspec

from catalog.model import Delete, Product, Promotion, Qa, Record, Review, type_name
from index.errors import BuildRefusedError
from index.resent import repeats, stamped

Mode: TypeAlias = Literal["replace", "upsert"]
SHRINK = 0.2
"""A replacing feed may take away at most this share of a source without being told that it may."""
_ORDER = {"product": 0, "faq": 1, "policy": 1, "review": 2, "qa": 2, "promotion": 3, "delete": 4}


class Merged(msgspec.Struct, frozen=True):
    """Records in snapshot order: products, shop texts, opinions, promotions, tombstones; each by id."""

    records: list[Record]
    orphans: list[Record]
    """Reviews, answers and promotions whose products are gone; they are left out."""
    collisions: list[Record]
    """Records with an id that another source uses for another type; they are left out."""
    overtaken: int = 0
    """Records that say something else than a newer record of their id, which stays."""
    taken: dict[str, int] = {}
    """Other source -> its records that are now of the feed's source."""


def merge(
    old: Iterable[Record],
    new: list[Record],
    mode: Mode,
    *,
    allow_shrink: bool,
    now: datetime,
    aged: Container[str] = (),
) -> Merged:
    """Apply a feed that arrived at `now`; the offers of products in `aged` keep their age where they are repeated.

    Raises:
        BuildRefusedError: the feed is empty, or would take too much of its source away.
    """
    if not new:
        raise BuildRefusedError("the feed holds no usable record: nothing was changed")
    kept = {record.id: record for record in old}
    if mode == "replace":
        _remove_absent(kept, new, allow_shrink=allow_shrink)
    collisions = [record for record in new if _collides(record, kept.get(record.id))]
    refused = {id(record) for record in collisions}
    overtaken, taken = 0, Counter[str]()
    for record in new:
        if id(record) in refused:
            continue
        before = kept.get(record.id)
        kept[record.id] = _newer(before, record, now, ages=record.id in aged)
        if before is not None and kept[record.id] is before:
            overtaken += not repeats(msgspec.structs.replace(record, updated_at=None), before)
        elif before is not None and not isinstance(before, Delete) and before.source != record.source:
            taken[before.source or ""] += 1
    return msgspec.structs.replace(_ordered(kept.values(), collisions), overtaken=overtaken, taken=dict(taken))


def _remove_absent(kept: dict[str, Record], new: list[Record], *, allow_shrink: bool) -> None:
    sources = {record.source for record in new}
    sent = {record.id for record in new}
    for source in sorted(sources):
        mine = [record.id for record in kept.values() if record.source == source and not isinstance(record, Delete)]
        gone = [id_ for id_ in mine if id_ not in sent]
        if len(gone) > SHRINK * len(mine) and not allow_shrink:
            share = f"{len(gone)} of {len(mine)}"
            raise BuildRefusedError(f"{source!r} would lose {share} records: check the feed, or say --allow-shrink")
        for id_ in gone:
            del kept[id_]


def _collides(record: Record, before: Record | None) -> bool:
    if before is None or isinstance(before, Delete) or isinstance(record, Delete):
        return False
    return type_name(before) != type_name(record) and before.source != record.source


def _newer(before: Record | None, record: Record, now: datetime, *, ages: bool) -> Record:
    """The later of the two; a resent record without a date changes nothing if it says nothing new."""
    if not record.updated_at and before is not None and repeats(record, before):
        return before
    dated = record if record.updated_at else stamped(record, before, now, ages=ages)
    if before is None:
        return dated
    return dated if _when(dated, now) >= _when(before, datetime.min.replace(tzinfo=UTC)) else before


def _when(record: Record, unknown: datetime) -> datetime:
    try:
        when = datetime.fromisoformat(record.updated_at or "")
    except ValueError:
        return unknown
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def place(record: Record) -> tuple[int, str]:
    """Where a record stands in every snapshot: by its kind, then by id."""
    return _ORDER[type_name(record)], record.id


def _ordered(records: Iterable[Record], collisions: list[Record]) -> Merged:
    ordered = sorted(records, key=place)
    products = {record.id for record in ordered if isinstance(record, Product)}
    orphans = [record for record in ordered if _is_orphan(record, products)]
    lost = {record.id for record in orphans}
    return Merged([record for record in ordered if record.id not in lost], orphans, collisions)


def _is_orphan(record: Record, products: set[str]) -> bool:
    if isinstance(record, Review | Qa):
        return record.product_id not in products
    return isinstance(record, Promotion) and products.isdisjoint(record.product_ids)
