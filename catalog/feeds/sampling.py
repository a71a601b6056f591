"""The first rows of a feed whose columns nobody has named yet."""

from itertools import islice
from typing import Any

import msgspec

from catalog.feeds.canonical import lines, objects
from catalog.feeds.cells import Row
from catalog.feeds.parquet import rows as parquet_rows
from catalog.feeds.reader import FeedFile
from catalog.feeds.sheet import Sheet

ROWS = 200
"""Rows looked at: enough to tell an id from a name, and read at once."""


class Sample(msgspec.Struct, frozen=True):
    """Columns in the order of the feed, and its first rows."""

    columns: list[str]
    rows: list[Row]

    def values(self, column: str) -> list[Any]:
        """What stands under a column, without the empty cells."""
        found = [row.get(column) for row in self.rows]
        return [value for value in found if value not in (None, [], {}) and str(value).strip()]


def sample(file: FeedFile) -> Sample:
    """The first rows of a CSV, TSV, JSONL or Parquet file; the content says which it is.

    Raises:
        FeedError: the file cannot be read, or has no header line.
        MissingExtraError: it is Parquet, and pyarrow is not installed.
    """
    first = next((raw for raw in lines(file.path) if raw.strip()), b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if first.startswith(b"PAR1"):
        rows = [row for _, row in islice(parquet_rows(file), ROWS)]
    elif first.startswith(b"{"):
        found = (value for _, value in objects(file.name, lines(file.path)) if isinstance(value, dict))
        rows = list(islice(found, ROWS))
    else:
        sheet = Sheet(file)
        cells = (row for _, row in sheet.rows() if isinstance(row, list))
        rows = [dict(zip(sheet.header, row, strict=True)) for row in islice(cells, ROWS)]
        return Sample(list(dict.fromkeys(sheet.header)), rows)
    return Sample(list(dict.fromkeys(name for row in rows for name in row)), rows)
