"""The seam every feed format fills."""

from collections.abc import Iterator
from typing import Protocol

from catalog.issues import Issue
from catalog.model import Record


class FeedReader(Protocol):
    """One feed file; rows that cannot be used become issues, never exceptions."""

    @property
    def file(self) -> str:
        """Name of the file, as issues print it."""

    @property
    def source(self) -> str:
        """Stable name of the feed."""

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Line numbers (from 1) with what stands there.

        Raises:
            FeedError: the file as a whole cannot be read.
        """
