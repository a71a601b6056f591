"""Errors of the index room, hung on the common root.

ShopguideError
└── IndexRoomError                 the index cannot do what was asked
    ├── SnapshotError              a snapshot cannot be served
    │   ├── SnapshotMissingError   nothing was built yet, or the name is unknown
    │   └── SnapshotCorruptError   a file does not match the manifest
    ├── BuildRefusedError          a build would lose too much, or read nothing; the old snapshot stays
    ├── StorageError               the data directory cannot be written (disk full, no permission)
    ├── ModelError                 encoder weights are missing or are not what they should be
    └── FilterError                a filter names a field that does not exist or a bad value
"""

from catalog.errors import ShopguideError


class IndexRoomError(ShopguideError):
    """The index cannot do what was asked."""


class SnapshotError(IndexRoomError):
    """A snapshot cannot be served."""

    unusable = True


class SnapshotMissingError(SnapshotError):
    """Nothing was built yet, or the named snapshot does not exist."""


class SnapshotCorruptError(SnapshotError):
    """A file of the snapshot does not match its manifest."""


class BuildRefusedError(IndexRoomError):
    """The build would lose too much or read nothing; the live snapshot stays."""


class StorageError(IndexRoomError):
    """The data directory cannot be written; the live snapshot stays."""

    unusable = True


class ModelError(IndexRoomError):
    """Encoder weights are missing or are not what they should be."""


class FilterError(IndexRoomError, ValueError):
    """A filter names a field that does not exist or carries a bad value."""
