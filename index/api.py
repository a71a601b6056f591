"""What other rooms may import of the index."""

from pathlib import Path

from index.changes import Change, OfferChange
from index.changes import read as read_change
from index.errors import (
    FilterError,
    ModelError,
    SnapshotCorruptError,
    SnapshotError,
    SnapshotMissingError,
    StorageError,
)
from index.filters import AttributeFilter, Filter, PriceFilter, RangeFilter, RecordType, Sort
from index.receipt import Receipt, Rejection
from index.results import Facets, FacetValue, Hit, LiveOffer, NumberFacet, PassageRef, PriceFacet, Query, Results
from index.store import Store
from index.tokens import tokens
from index.view import View

__all__ = (
    "AttributeFilter", "Change", "FacetValue", "Facets", "Filter", "FilterError", "Hit", "LiveOffer", "ModelError",
    "NumberFacet", "OfferChange", "PassageRef", "PriceFacet", "PriceFilter", "Query", "RangeFilter", "Receipt",
    "RecordType", "Rejection", "Results", "SnapshotCorruptError", "SnapshotError", "SnapshotMissingError", "Sort",
    "StorageError", "Store", "View", "open", "read_change", "tokens",
)  # fmt: skip


def open(data: Path, snapshot: str | None = None) -> Store:  # noqa: A001 - the name the house plan gives
    """Open a data directory for serving.

    Raises:
        SnapshotMissingError: nothing was built, or the named snapshot does not exist.
        SnapshotCorruptError: no sound snapshot is left.
    """
    return Store(data, snapshot)
