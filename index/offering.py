"""A file of live changes applied to a data directory, batch by batch."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from catalog.issues import Issue
from index import audit
from index.changes import Change
from index.errors import StorageError
from index.layout import Layout
from index.offer_feed import Item, changes
from index.receipt import Receipt
from index.store import Store

BATCH = 1000
"""Changes that are checked, written and noted together."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file; `offers --json` prints it."""

    accepted: int
    rejected: int
    first_seq: int
    """Number of the first row in the overlay, 0 where none was accepted."""
    last_seq: int
    issues: list[Issue]
    """One for each rejected line."""


def offered(feed: Path, data: Path, by: str) -> Offered:
    """Apply a file; lines that do not fit are left out, each with its issue.

    Raises:
        FeedError: the file cannot be read.
        SnapshotError: nothing was built there, or it is damaged.
        StorageError: the overlay or the trail cannot be written; batches before it were kept, the message says more.
    """
    store = Store(data)
    issues: list[Issue] = []
    receipts: list[Receipt] = []
    try:
        for batch in _batches(changes(feed)):
            issues += [item for _, item in batch if isinstance(item, Issue)]
            receipts.append(_applied(store, data, feed, by, batch, issues))
    finally:
        store.close()
    numbered = [receipt for receipt in receipts if receipt.accepted]
    return Offered(
        accepted=sum(receipt.accepted for receipt in receipts),
        rejected=len(issues),
        first_seq=numbered[0].first_seq if numbered else 0,
        last_seq=numbered[-1].last_seq if numbered else 0,
        issues=sorted(issues, key=lambda issue: issue.line),
    )


def _applied(store: Store, data: Path, feed: Path, by: str, batch: list[Item], issues: list[Issue]) -> Receipt:
    fitting: list[tuple[int, Change]] = [(line, item) for line, item in batch if not isinstance(item, Issue)]
    receipt = store.append([change for _, change in fitting], by)
    store.catch_up()  # the next batch is checked on top of this one
    for rejection in receipt.rejected:
        line = fitting[rejection.index][0]
        issues.append(
            Issue(code=rejection.reason, file=feed.name, line=line, message=rejection.message, value=rejection.id)
        )
    if receipt.accepted:
        _noted(receipt, Layout(data).audit, feed, by)
    return receipt


def _noted(receipt: Receipt, trail: Path, feed: Path, by: str) -> None:
    first, last = receipt.first_seq, receipt.last_seq
    try:
        audit.record(
            trail, "offers", by=by, count=receipt.accepted, first_seq=first, last_seq=last, feed=feed.name
        )  # fmt: skip
    except OSError as error:
        kept = f"the changes were kept (rows {first} to {last} of the overlay) and are not in the trail"
        raise StorageError(f"{trail} cannot be written: {error.strerror or error}; {kept}") from error


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    while batch := list(islice(items, BATCH)):
        yield batch
