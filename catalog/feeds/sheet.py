"""Rows of a delimited file whose header is the format's own: what stands under which column, on which line."""

import csv
from collections.abc import Iterator
from typing import Any

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE, lines
from catalog.feeds.detect import delimiter
from catalog.feeds.reader import FeedFile
from catalog.issues import Issue


class Sheet:
    """One CSV or TSV file; the delimiter is the one that parts its header into most columns.

    Raises:
        FeedError: the file cannot be read, is UTF-16, or has no header line.
    """

    def __init__(self, feed: FeedFile) -> None:
        csv.field_size_limit(MAX_LINE)
        self._feed = feed
        self._cut = 0
        """The last line that was longer than a row may be."""
        first = next(self._lines(), "")
        if first.startswith(("\udcff\udcfe", "\udcfe\udcff")):
            raise FeedError(f"{feed.name} is UTF-16 text: save it as UTF-8")
        self._delimiter = delimiter(first)
        self._rows = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        try:
            # A name must be text, whatever bytes the file has: it becomes the name of an attribute.
            self.header = [name.strip().encode("utf-8", "replace").decode() for name in next(self._rows, [])]
        except csv.Error as error:
            raise FeedError(f"{feed.name}:1: there is no readable header line: {error}") from error
        if not any(self.header):
            raise FeedError(f"{feed.name}:1: there is no header line")

    def rows(self) -> Iterator[tuple[int, list[str] | Issue]]:
        """The cells of each row with the line on which it begins; empty rows are skipped."""
        while True:
            began = self._rows.line_num + 1
            try:
                cells = next(self._rows, None)
            except csv.Error as error:
                yield began, self._bad(began, f"the row is no CSV: {error}")
                continue
            if cells is None:
                return
            if any(cells):
                yield began, self._problem(began, cells) or cells

    def _problem(self, line: int, cells: list[str]) -> Issue | None:
        if self._cut >= line:
            return self._bad(line, f"the row is longer than {MAX_LINE >> 20} MiB")
        if len(cells) != len(self.header):
            return self._bad(line, f"{len(cells)} cells under {len(self.header)} columns", cells)
        if any("\ud800" <= char <= "\udfff" for cell in cells if not cell.isascii() for char in cell):
            return self._bad(line, "the row is not UTF-8 text", cells)
        if any("\0" in cell for cell in cells):
            return self._bad(line, "the row holds NUL bytes", cells)
        return None

    def _bad(self, line: int, message: str, cells: Any = "") -> Issue:
        shown = str(cells)[:80].encode("utf-8", "replace").decode()
        return Issue(code="bad_row", file=self._feed.name, line=line, message=message, value=shown)

    def _lines(self) -> Iterator[str]:
        """The file's lines; bytes that are no UTF-8 are carried along, so that they spoil one row and not the file."""
        for number, raw in enumerate(lines(self._feed.path), 1):
            if len(raw) > MAX_LINE:
                self._cut = number
            text = raw.decode("utf-8", "surrogateescape")
            if self._cut == number and text.count('"') % 2:
                text += '"'  # a quote that was cut open would swallow the rows below
            yield text.removeprefix("\ufeff") if number == 1 else text
