"""The records the next build starts from: those of the live snapshot, or what can be saved of a damaged one."""

import msgspec

from catalog import model
from catalog.model import Record
from index import folded, history, manifest
from index.errors import SnapshotCorruptError, SnapshotError
from index.folded import Folded, unfold
from index.layout import Layout
from index.manifest import Manifest

RECORDS = "records.jsonl"
"""All other files of a snapshot can be made again from this one."""


class Base(msgspec.Struct, frozen=True):
    """What there is before a feed is applied."""

    records: list[Record] = []
    """As the feeds gave them, without the live changes that were folded in."""
    live: Manifest | None = None
    """Manifest of the live snapshot if all of it is sound."""
    overlay_seq: int = 0
    """Number of the last live change that is folded in."""
    folded: Folded = Folded()
    damage: str = ""
    """What is wrong with the live snapshot, and whose records stand in for it."""


def load(layout: Layout, *, start_over: bool) -> Base:
    """Read the live snapshot's records; if it is damaged, the newest ones that are sound.

    Args:
        layout: the data directory.
        start_over: begin with nothing rather than fail when no sound records are left.

    Raises:
        SnapshotCorruptError: no sound records are left.
    """
    live = layout.live()
    if live is None:
        return Base()
    try:
        whole = manifest.verify(layout.snapshot(live))
        return _based(layout, live, whole)
    except SnapshotError as error:
        return _saved(layout, live, str(error), start_over=start_over)


def _saved(layout: Layout, live: str, damage: str, *, start_over: bool) -> Base:
    for name in (live, *history.earlier(layout)):
        try:
            found = manifest.verify(layout.snapshot(name), only=RECORDS)
            if folded.FILE in found.files:
                manifest.verify(layout.snapshot(name), only=folded.FILE)
        except SnapshotError:
            continue
        saved = _based(layout, name, found)
        return msgspec.structs.replace(saved, live=None, damage=f"{damage}; the records of {name!r} stand in")
    if not start_over:
        raise SnapshotCorruptError(f"{damage}; no sound records are left: --allow-shrink builds from this feed alone")
    return Base(damage=f"{damage}; no sound records were left, this feed stands alone")


def _based(layout: Layout, name: str, found: Manifest) -> Base:
    remembered = folded.load(layout.snapshot(name))
    with (layout.snapshot(name) / RECORDS).open("rb") as handle:
        records = unfold(map(model.decode, handle), remembered)
    return Base(records, found, found.overlay_seq, remembered)
