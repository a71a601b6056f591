"""What the next snapshot holds: the records of the last one, changed by a feed.

`replace` makes a source hold exactly what its feed holds; `upsert` only adds and changes. Other sources are never
touched. The newer `updated_at` wins, so a late delivery does not undo a later one.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from catalog.model import Delete, Product, Promotion, Qa, Record, Review
from index.errors import BuildRefusedError

Mode: TypeAlias = Literal["replace", "upsert"]
SHRINK = 0.2
"""A replacing feed may take away at most this share of a source without being told that it may."""
_ORDER = {"product": 0, "faq": 1, "policy": 1, "review": 2, "qa": 2, "promotion": 3, "delete": 4}


class Merged(msgspec.Struct, frozen=True):
    """Records in snapshot order: products, shop texts, opinions, promotions, tombstones; each by id."""

    records: list[Record]
    orphans: list[Record]
    """Reviews and answers whose product is gone; they are left out."""


def merge(old: Iterable[Record], new: list[Record], mode: Mode, *, allow_shrink: bool) -> Merged:
    """Apply a feed.

    Raises:
        BuildRefusedError: the feed is empty, or would take too much of its source away.
    """
    if not new:
        raise BuildRefusedError("the feed holds no usable record: nothing was changed")
    kept = {record.id: record for record in old}
    if mode == "replace":
        _remove_absent(kept, new, allow_shrink=allow_shrink)
    for record in new:
        before = kept.get(record.id)
        if before is None or (record.updated_at or "~") >= (before.updated_at or ""):
            kept[record.id] = record
    return _ordered(kept.values())


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


def _ordered(records: Iterable[Record]) -> Merged:
    ordered = sorted(records, key=lambda record: (_ORDER[_tag(record)], record.id))
    products = {record.id for record in ordered if isinstance(record, Product)}
    orphans = [r for r in ordered if isinstance(r, Review | Qa) and r.product_id not in products]
    orphans += [r for r in ordered if isinstance(r, Promotion) and not products.intersection(r.product_ids)]
    lost = {record.id for record in orphans}
    return Merged([record for record in ordered if record.id not in lost], orphans)


def _tag(record: Record) -> str:
    return str(record.__struct_config__.tag)
