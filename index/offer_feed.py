"""Files of live changes: JSONL as `index.changes` reads it, or a table of offers with a header line."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE, lines, objects
from catalog.issues import Code, Issue
from index.changes import Change, read

COLUMNS = ("id", "variant_id", "price", "currency", "list_price", "availability", "stock", "as_of")
"""Of a table; an empty cell leaves the value as it is."""

Item: TypeAlias = tuple[int, Change | Issue]
"""With the line on which it stands."""


def changes(path: Path) -> Iterator[Item]:
    """The changes of a .csv or .tsv table or a JSONL file.

    Raises:
        FeedError: the file cannot be read, or its header has no `id` or a column that is none of `COLUMNS`.
    """
    rows = _table(path) if path.suffix in {".csv", ".tsv"} else objects(path.name, lines(path))
    for line, value in rows:
        yield line, value if isinstance(value, Issue) else _change(path.name, line, value)


def _change(file: str, line: int, value: dict[str, Any]) -> Change | Issue:
    try:
        return read(value)
    except msgspec.ValidationError as error:
        code: Code = "missing_field" if "missing required" in str(error) else "bad_field"
        return Issue(code=code, file=file, line=line, message=str(error), value=str(value.get("id", ""))[:80])


def _table(path: Path) -> Iterator[tuple[int, dict[str, Any] | Issue]]:
    csv.field_size_limit(MAX_LINE)
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as handle:
            rows = csv.reader(handle, delimiter="\t" if path.suffix == ".tsv" else ",", strict=True)
            header = _header(path, rows)
            yield from _rows(path.name, header, rows)
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}") from error


def _header(path: Path, rows: Any) -> list[str]:
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise FeedError(f"{path} has no readable header line: {error}") from error
    odd = [name for name in header if name not in COLUMNS]
    if "id" not in header or odd or len(set(header)) < len(header):
        wrong = f"the column {odd[0][:40]!r}" if odd else "a header without `id`, or with a column twice"
        wrong = wrong.encode("utf-8", "replace").decode()
        raise FeedError(f"{path} has {wrong}: the columns of offers are {', '.join(COLUMNS)}")
    return header


def _rows(file: str, header: list[str], rows: Any) -> Iterator[tuple[int, dict[str, Any] | Issue]]:
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield rows.line_num, Issue(code="bad_row", file=file, line=rows.line_num, message=f"no CSV: {error}")
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        if len(cells) != len(header):
            message = f"{len(cells)} cells under {len(header)} columns"
            yield rows.line_num, Issue(code="bad_row", file=file, line=rows.line_num, message=message)
            continue
        yield rows.line_num, _filled(dict(zip(header, map(str.strip, cells), strict=True)))


def _filled(row: dict[str, str]) -> dict[str, Any]:
    value: dict[str, Any] = {name: cell.encode("utf-8", "replace").decode() for name, cell in row.items() if cell}
    if value.get("stock", "").isdecimal() and len(value["stock"]) < 20:
        value["stock"] = int(value["stock"])
    return value
