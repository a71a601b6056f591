"""The overlay's part in a build: its rows go into the new snapshot, and are forgotten once every kept one has them.

A build that dies anywhere loses nothing. Before the switch the old snapshot serves with all its rows; after it the
new one says up to which row it knows them; pruning is one transaction, and the next build makes up for it.
"""

from collections.abc import Iterable

import msgspec

from catalog.model import Record
from index import manifest
from index.base import Base
from index.errors import SnapshotError, StorageError
from index.folded import fold
from index.layout import Layout
from index.ledger import Ledger
from index.overlay import Overlay
from index.writer import Content


class Pending(msgspec.Struct, frozen=True):
    """What is to be folded: all that is known of live changes, up to one row."""

    ledger: Ledger
    seq: int
    rows: int
    """How many of them the live snapshot lacks."""
    error: str = ""
    """Why rows could not be read; they stay where they are, for a later build."""


def pending(layout: Layout, before: Base) -> Pending:
    """The changes that the base has, and the rows that came after it."""
    overlay = Overlay(layout.overlay)
    ledger, seq = before.folded.ledger, before.overlay_seq
    try:
        rows = overlay.after(seq)
    except StorageError as error:
        return Pending(ledger, seq, 0, f"live changes were not folded in: {error}")
    finally:
        overlay.close()
    return Pending(ledger.after(row.change for row in rows), rows[-1].seq if rows else seq, len(rows))


def content(records: Iterable[Record], changes: Pending) -> Content:
    """The records with the changes in them."""
    with_changes, folded = fold(records, changes.ledger)
    return Content(with_changes, folded, changes.seq)


def prune(layout: Layout) -> None:
    """Forget the rows that every snapshot on the disk has; what cannot be forgotten now is so after the next build."""
    overlay = Overlay(layout.overlay)
    try:
        overlay.prune(min(manifest.load(layout.snapshot(name)).overlay_seq for name in layout.names()))
    except (SnapshotError, StorageError):
        return
    finally:
        overlay.close()
