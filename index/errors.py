"""Errors of the index room, hung on the common root.

ShopguideError
└── IndexRoomError                 the index cannot do what was asked
    ├── SnapshotError              a snapshot cannot be served
    │   ├── SnapshotMissingError   nothing was built yet, or the name is unknown
    │   └── SnapshotCorruptError   a file does not match the manifest
    ├── BuildRefusedError          a build would lose too much, or read nothing; the old snapshot stays
    │   └── GateRefusedError       the new snapshot failed its evaluation cases; it is kept and not live
    ├── GateError                  the evaluation cases could not be asked, so nothing is known of the snapshot
    ├── SwitchRefusedError         there is no sound snapshot to go back to; the live one stays
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


class GateRefusedError(BuildRefusedError):
    """The new snapshot failed its evaluation cases; it is kept and not live."""


class GateError(IndexRoomError):
    """The evaluation cases could not be asked: a program is missing or failed, or a file is wrong."""

    unusable = True


class SwitchRefusedError(IndexRoomError):
    """There is no sound snapshot to go back to; the live one stays."""


class StorageError(IndexRoomError):
    """The data directory cannot be written; the live snapshot stays."""

    unusable = True


class ModelError(IndexRoomError):
    """Encoder weights are missing or are not what they should be."""


class FilterError(IndexRoomError, ValueError):
    """A filter names a field that does not exist or carries a bad value."""
