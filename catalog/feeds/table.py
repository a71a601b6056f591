"""CSV, TSV and JSONL whose columns a mapping file names."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator

from catalog.errors import FeedError
from catalog.feeds.canonical import lines, objects
from catalog.feeds.cells import Row, canonical, read_cell
from catalog.feeds.grouping import Groups
from catalog.feeds.mapping import Column, Mapping, column
from catalog.feeds.normalise import normalise
from catalog.feeds.reader import FeedFile
from catalog.feeds.sheet import Sheet
from catalog.feeds.spill import Spill
from catalog.issues import Code, Issue
from catalog.model import Record


class MappedReader(ABC):
    """Maps rows to canonical objects and reports columns that nothing names, once each."""

    def __init__(self, file: FeedFile, mapping: Mapping) -> None:
        self.file = file.name
        self.source = file.source
        self._feed = file
        self._mapping = mapping
        named = {column(target).column for target in mapping.fields.values()}
        self._fields: set[str | None] = {*named, *mapping.ignore, mapping.group}
        self._named = {column(target).column for target in mapping.attributes.values()}
        self._reported: set[str] = set()

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each row begins; rows of variants come last, as their products.

        Raises:
            FeedError: the file cannot be read, or lacks the column of `id` or of the group.
            MissingExtraError: it is Parquet, and pyarrow is not installed.
        """
        with Spill() as spill:
            groups = Groups(self.file, spill)
            for line, row in self._rows():
                if isinstance(row, Issue):
                    yield line, row
                else:
                    yield from self._records(row, line, groups)
            yield from groups.records()

    @abstractmethod
    def _rows(self) -> Iterator[tuple[int, Row | Issue]]:
        """Rows, each with its place; what is no row is an issue."""

    def _check_columns(self, columns: Collection[str]) -> None:
        rules = {"`id`": column(self._mapping.fields["id"]).column, "`group`": self._mapping.group}
        for rule, wanted in rules.items():
            if wanted and wanted not in columns:
                shown = ", ".join(list(columns)[:20])[:200].encode("utf-8", "replace").decode()
                raise FeedError(f"{self.file} has no column {wanted!r} for {rule} (its columns: {shown})")

    def _records(self, row: Row, line: int, groups: Groups) -> Iterator[tuple[int, Record | Issue]]:
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
        group = read_cell(row.get(self._mapping.group), Column(self._mapping.group)) if self._mapping.group else None
        if group is None or not value.get("id"):
            yield from ((line, item) for item in normalise(value, self.file, line))
        else:
            yield from groups.add(str(group), line, value)

    def _unmapped(self, name: str, line: int) -> Iterator[Issue]:
        if name not in self._reported:
            self._reported.add(name)
            message = "no rule names the column; its values are kept as attributes"
            yield self._issue("unmapped_column", line, message, field=name)

    def _issue(self, code: Code, line: int, message: str, field: str = "", value: str = "") -> Issue:
        return Issue(code=code, file=self.file, line=line, field=field, message=message, value=value)


class TableReader(MappedReader):
    """A CSV or TSV file with a header line."""

    def _rows(self) -> Iterator[tuple[int, Row | Issue]]:
        sheet = Sheet(self._feed)
        self._check_columns(sheet.header)
        for line, cells in sheet.rows():
            yield line, cells if isinstance(cells, Issue) else dict(zip(sheet.header, cells, strict=True))


class ObjectsReader(MappedReader):
    """A JSONL file whose keys are the columns."""

    def _rows(self) -> Iterator[tuple[int, Row | Issue]]:
        yield from objects(self.file, lines(self._feed.path))
