"""CSV, TSV and JSONL whose columns a mapping file names."""

from collections.abc import Iterator

from catalog.errors import FeedError
from catalog.feeds.canonical import lines, objects
from catalog.feeds.cells import Row, canonical, read_cell
from catalog.feeds.mapping import Column, Mapping, column
from catalog.feeds.normalise import normalise
from catalog.feeds.reader import FeedFile
from catalog.feeds.sheet import Sheet
from catalog.issues import Code, Issue
from catalog.model import Record


class MappedReader:
    """Maps rows to canonical objects and reports columns that nothing names, once each."""

    def __init__(self, file: FeedFile, mapping: Mapping) -> None:
        self.file = file.name
        self.source = file.source
        self._feed = file
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


class TableReader(MappedReader):
    """A CSV or TSV file with a header line."""

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each row begins.

        Raises:
            FeedError: the file cannot be read, or its header lacks the column of `id`.
        """
        sheet = Sheet(self._feed)
        wanted = column(self._mapping.fields["id"]).column
        if wanted not in sheet.header:
            shown = ", ".join(sheet.header[:20])[:200].encode("utf-8", "replace").decode()
            raise FeedError(f"{self.file} has no column {wanted!r} for `id` (its header: {shown})")
        for line, cells in sheet.rows():
            if isinstance(cells, Issue):
                yield line, cells
            else:
                yield from self._records(dict(zip(sheet.header, cells, strict=True)), line)


class ObjectsReader(MappedReader):
    """A JSONL file whose keys are the columns."""

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with their line numbers."""
        for line, value in objects(self.file, lines(self._feed.path)):
            if isinstance(value, Issue):
                yield line, value
            else:
                yield from self._records(value, line)
