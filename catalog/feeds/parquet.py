"""Parquet whose columns a mapping file names."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from catalog.errors import FeedError, MissingExtraError
from catalog.feeds.cells import Row
from catalog.feeds.reader import FeedFile
from catalog.feeds.table import MappedReader
from catalog.issues import Issue

_BATCH = 1000
"""Rows decoded at once: a few MB, however large the row groups."""


class ParquetReader(MappedReader):
    """A Parquet file; the line of a row is its number, from 1."""

    def _rows(self) -> Iterator[tuple[int, Row | Issue]]:
        for line, row in rows(self._feed):
            if line == 1:
                self._check_columns(row)
            yield line, row


def rows(file: FeedFile) -> Iterator[tuple[int, Row]]:
    """The rows of a file as plain values, numbered from 1: lists stay lists, decimals and times become text.

    Raises:
        FeedError: the file is no Parquet, or is damaged.
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    line = 0
    try:
        with parquet.ParquetFile(file.path) as content:
            for batch in content.iter_batches(batch_size=_BATCH, use_threads=False):
                for row in batch.to_pylist():
                    line += 1
                    yield line, {str(name): _plain(value) for name, value in row.items()}
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        place = f" after row {line}" if line else ""
        why = " ".join(str(error).split())[:200]
        raise FeedError(f"{file.name} cannot be read as Parquet{place}: {why}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value if item is not None]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items() if item is not None}
    return value
