"""CSV, TSV and JSONL whose columns a mapping file names."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE, lines, objects
from catalog.feeds.mapping import Column, Mapping, column
from catalog.feeds.normalise import normalise
from catalog.issues import Issue
from catalog.model import Record

Row = dict[str, Any]


class _Mapped:
    """Maps rows to canonical objects and reports columns that nothing names, once each."""

    def __init__(self, path: Path, mapping: Mapping, source: str) -> None:
        self.file = path.name
        self.source = source
        self._path = path
        self._mapping = mapping
        named = [column(target).column for target in (*mapping.fields.values(), *mapping.attributes.values())]
        self._known = {*named, *mapping.ignore}

    def _records(self, row: Row, line: int) -> Iterator[tuple[int, Record | Issue]]:
        attributes: Row = {}
        for name, value in row.items():
            prefix = next((prefix for prefix in self._mapping.prefixes if name.startswith(prefix)), None)
            if prefix is not None:
                unit = self._mapping.prefixes[prefix] or None
                attributes[name.removeprefix(prefix)] = _value(value, Column(name, unit=unit))
            elif name not in self._known:
                self._known.add(name)
                message = "no rule names the column; its values are kept as attributes"
                yield line, Issue(code="unmapped_column", file=self.file, line=line, field=name, message=message)
        known = {*self._mapping.ignore, *(column(target).column for target in self._mapping.fields.values())}
        for name in row.keys() - known - {column(t).column for t in self._mapping.attributes.values()}:
            if not any(name.startswith(prefix) for prefix in self._mapping.prefixes):
                attributes[name] = _value(row[name], Column(name))
        for name, target in self._mapping.attributes.items():
            attributes[name] = _value(row.get(column(target).column), column(target))
        value = _canonical(row, self._mapping, {k: v for k, v in sorted(attributes.items()) if v not in (None, "", [])})
        yield from ((line, item) for item in normalise(value, self.file, line))


class TableReader(_Mapped):
    """A CSV or TSV file with a header line."""

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each row ends."""
        csv.field_size_limit(MAX_LINE)
        delimiter = "\t" if self._path.suffix == ".tsv" else ","
        try:
            with self._path.open(encoding="utf-8-sig", errors="strict", newline="") as handle:
                rows = csv.reader(handle, delimiter=delimiter, strict=True)
                header = [name.strip() for name in next(rows, [])]
                for cells in rows:
                    yield from self._row(header, cells, rows.line_num)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise FeedError(f"{self._path} cannot be read as UTF-8 text with a header line: {error}") from error

    def _row(self, header: list[str], cells: list[str], line: int) -> Iterator[tuple[int, Record | Issue]]:
        if not any(cells):
            return
        if len(cells) != len(header):
            message = f"{len(cells)} cells under {len(header)} columns"
            yield line, Issue(code="bad_row", file=self.file, line=line, message=message, value=str(cells)[:80])
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


def _canonical(row: Row, mapping: Mapping, attributes: Row) -> Row:
    result: Row = {"type": mapping.type}
    for name, target in mapping.fields.items():
        value = _value(row.get(column(target).column), column(target))
        if value in (None, "", []):
            continue
        *parents, leaf = name.split(".")
        place = result
        for parent in parents:
            place = place.setdefault(parent, {})
        place[leaf] = str(value) if leaf in _TEXT else value
    if "categories" in result and isinstance(result["categories"], str):
        result["categories"] = [result["categories"]]
    offer = result.get("offer")
    if offer is not None:
        if "price" not in offer:
            del result["offer"]
        elif mapping.currency:
            offer.setdefault("currency", mapping.currency)
    if "rating" in result and "value" in result["rating"]:
        result["rating"] = {"value": _number(result["rating"]["value"]), "count": int(_number(result["rating"].get("count", 0)))}
    if mapping.language:
        result.setdefault("language", mapping.language)
    if attributes:
        result["attributes"] = attributes
    return result


_TEXT = {"id", "title", "brand", "description", "price", "list_price", "currency", "gtin", "question", "answer", "body", "text"}


def _value(value: Any, rule: Column) -> Any:
    if isinstance(value, str):
        value = value.strip()
        if rule.split is not None:
            return [part.strip() for part in value.split(rule.split) if part.strip()]
    if value in (None, "", []):
        return None
    if rule.scale is not None:
        scaled = _decimal(value)
        return value if scaled is None else f"{scaled * Decimal(rule.scale):f}"
    if rule.unit is not None:
        number = _decimal(value)
        return value if number is None else {"value": float(number), "unit": rule.unit}
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return value


def _decimal(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _number(value: Any) -> Any:
    number = _decimal(value)
    return value if number is None else float(number)
