"""Errors of the index room, hung on the common root.

ShopguideError
└── IndexError_                    the index cannot do what was asked
    ├── SnapshotError              a snapshot cannot be served
    │   ├── SnapshotMissingError   nothing was built yet, or the name is unknown
    │   └── SnapshotCorruptError   a file does not match the manifest
    ├── BuildRefusedError          a build would lose too much, or read nothing; the old snapshot stays
    ├── ModelError                 encoder weights are missing or are not what they should be
    └── FilterError                a filter names a field that does not exist or a bad value
"""

from catalog.errors import ShopguideError


class IndexError_(ShopguideError):
    """The index cannot do what was asked."""


class SnapshotError(IndexError_):
    """A snapshot cannot be served."""

    unusable = True


class SnapshotMissingError(SnapshotError):
    """Nothing was built yet, or the named snapshot does not exist."""


class SnapshotCorruptError(SnapshotError):
    """A file of the snapshot does not match its manifest."""


class BuildRefusedError(IndexError_):
    """The build would lose too much or read nothing; the live snapshot stays."""


class ModelError(IndexError_):
    """Encoder weights are missing or are not what they should be."""


class FilterError(IndexError_, ValueError):
    """A filter names a field that does not exist or carries a bad value."""
