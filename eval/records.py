"""Read the shop's records, the harness's only source of truth about it."""

from collections.abc import Iterator, Sequence

from catalog import feeds
from catalog.model import Record


def read(paths: Sequence[str], mapping: str | None = None) -> Iterator[Record]:
    """The records of some feeds (`sample` is the shop that comes with Shopguide); row-level issues are passed over.

    Raises:
        FeedError: a feed cannot be read at all.
        MappingError: the mapping file is wrong.
    """
    for item in feeds.read(list(paths), mapping):
        if isinstance(item, Record):
            yield item
