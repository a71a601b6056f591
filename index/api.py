"""What other rooms may import of the index."""

from pathlib import Path

from index import audit
from index.changes import Change, OfferChange
from index.changes import read as read_change
from index.denied import says
from index.errors import (
    BuildRefusedError,
    FilterError,
    ModelError,
    SnapshotCorruptError,
    SnapshotError,
    SnapshotMissingError,
    StorageError,
)
from index.filters import AttributeFilter, Filter, PriceFilter, RangeFilter, RecordType, Sort
from index.layout import Layout
from index.receipt import Receipt, Rejection
from index.results import Facets, FacetValue, Hit, LiveOffer, NumberFacet, PassageRef, PriceFacet, Query, Results
from index.status import Status, status
from index.store import Store
from index.switch import Switch, switch_on
from index.tokens import tokens
from index.view import View

__all__ = (
    "AttributeFilter", "BuildRefusedError", "Change", "FacetValue", "Facets", "Filter", "FilterError", "Hit",
    "LiveOffer", "ModelError", "NumberFacet", "OfferChange", "PassageRef", "PriceFacet", "PriceFilter", "Query",
    "RangeFilter", "Receipt", "RecordType", "Rejection", "Results", "SnapshotCorruptError", "SnapshotError",
    "SnapshotMissingError", "Sort", "Status", "StorageError", "Store", "Switch", "View", "note", "open", "read_change",
    "says", "status", "switch_on", "tokens",
)  # fmt: skip


def open(data: Path, snapshot: str | None = None) -> Store:  # noqa: A001 - the name the house plan gives
    """Open a data directory for serving.

    Raises:
        SnapshotMissingError: nothing was built, or the named snapshot does not exist.
        SnapshotCorruptError: no sound snapshot is left.
    """
    return Store(data, snapshot)


def note(data: Path, event: str, *, by: str, **details: object) -> None:
    """Append an event to the audit log of a data directory.

    Raises:
        OSError: the line cannot be written.
    """
    audit.record(Layout(data).audit, event, by=by, **details)
