"""The seam every feed format fills."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from catalog.issues import Issue
from catalog.model import Record


class FeedFile(msgspec.Struct, frozen=True):
    """One feed as a plain file: fetched, unpacked or piped in feeds were written to a temporary one first."""

    path: Path
    name: str
    """How issues call it: the file's own name, the address, `archive.zip/member.csv` or `stdin`."""
    source: str
    """Stable name of the feed."""


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
