"""CSV, TSV and JSONL whose columns a mapping file names."""

import csv
from collections.abc import Iterator
from typing import Any

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE, lines, objects
from catalog.feeds.cells import Row, canonical, read_cell
from catalog.feeds.mapping import Column, Mapping, column
from catalog.feeds.normalise import normalise
from catalog.feeds.reader import FeedFile
from catalog.issues import Code, Issue
from catalog.model import Record


class _Mapped:
    """Maps rows to canonical objects and reports columns that nothing names, once each."""

    def __init__(self, file: FeedFile, mapping: Mapping) -> None:
        self.file = file.name
        self.source = file.source
        self._path = file.path
        self._mapping = mapping
        self._fields = {column(target).column for target in mapping.fields.values()} | set(mapping.ignore)
        self._named = {column(target).column for target in mapping.attributes.values()}
        self._reported: set[str] = set()

    def _records(self, row: Row, line: int) -> Iterator[tuple[int, Record | Issue]]:
        attributes: Row = {}
        for name, value in row.items():
            if name in self._fields or name in self._named:
                continue
            prefix = next((prefix for prefix in self._mapping.prefixes if name.startswith(prefix)), None)
            if prefix is None:
                attributes[name] = read_cell(value, Column(name))
                yield from ((line, issue) for issue in self._unmapped(name, line))
            else:
                rule = Column(name, unit=self._mapping.prefixes[prefix] or None)
                attributes[name.removeprefix(prefix).replace("_", " ")] = read_cell(value, rule)
        for name, target in self._mapping.attributes.items():
            attributes[name] = read_cell(row.get(column(target).column), column(target))
        value = canonical(row, self._mapping, {name: item for name, item in attributes.items() if item is not None})
        yield from ((line, item) for item in normalise(value, self.file, line))

    def _unmapped(self, name: str, line: int) -> Iterator[Issue]:
        if name not in self._reported:
            self._reported.add(name)
            message = "no rule names the column; its values are kept as attributes"
            yield self._issue("unmapped_column", line, message, field=name)

    def _issue(self, code: Code, line: int, message: str, field: str = "", value: str = "") -> Issue:
        return Issue(code=code, file=self.file, line=line, field=field, message=message, value=value)


class TableReader(_Mapped):
    """A CSV or TSV file with a header line."""

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each row ends.

        Raises:
            FeedError: the file cannot be opened, or its header lacks the column of `id`.
        """
        csv.field_size_limit(MAX_LINE)
        delimiter = "\t" if self._path.suffix == ".tsv" else ","
        try:
            # Bytes that are no UTF-8 are carried along, so that they spoil one row and not the file.
            with self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as handle:
                rows = csv.reader(handle, delimiter=delimiter, strict=True)
                header = self._header(rows)
                yield from self._rows(rows, header)
        except OSError as error:
            raise FeedError(f"{self._path} cannot be read: {error.strerror}") from error

    def _header(self, rows: Any) -> list[str]:
        try:
            header = [name.strip() for name in next(rows, [])]
        except csv.Error as error:
            raise FeedError(f"{self._path} has no readable header line: {error}") from error
        wanted = column(self._mapping.fields["id"]).column
        if wanted not in header:
            shown = ", ".join(header[:20])[:200].encode("utf-8", "replace").decode()
            raise FeedError(f"{self._path} has no column {wanted!r} for `id` (its header: {shown or 'none'})")
        return header

    def _rows(self, rows: Any, header: list[str]) -> Iterator[tuple[int, Record | Issue]]:
        while True:
            began = rows.line_num + 1
            try:
                cells = next(rows, None)
            except csv.Error as error:
                message = f"the row that begins on line {began} is no CSV: {error}"
                yield rows.line_num, self._issue("bad_row", rows.line_num, message)
                continue
            if cells is None:
                return
            yield from self._row(header, cells, rows.line_num)

    def _row(self, header: list[str], cells: list[str], line: int) -> Iterator[tuple[int, Record | Issue]]:
        if not any(cells):
            return
        shown = str(cells)[:80]
        if len(cells) != len(header):
            message = f"{len(cells)} cells under {len(header)} columns"
            yield line, self._issue("bad_row", line, message, value=shown)
        elif any(_broken(cell) for cell in cells):
            yield line, self._issue("bad_row", line, "the row is not UTF-8 text", value=shown)
        else:
            yield from self._records(dict(zip(header, cells, strict=True)), line)


class ObjectsReader(_Mapped):
    """A JSONL file whose keys are the columns."""

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with their line numbers."""
        for line, value in objects(self.file, lines(self._path)):
            if isinstance(value, Issue):
                yield line, value
            else:
                yield from self._records(value, line)


def _broken(cell: str) -> bool:
    return not cell.isascii() and any("\ud800" <= char <= "\udfff" for char in cell)
