"""Read a source's text: its encoding, its JSON lines."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from eval.errors import SourceError
from eval.importers.model import Problem

_MOST_CELL = 131_072
"""Characters of a cell; a longer one comes of a quotation mark that nothing closes."""


class Line(NamedTuple):
    """A JSON object and the number of its line."""

    number: int
    row: dict[str, Any]


def read_text(path: Path) -> str:
    """The text of a file: UTF-8, else GB 18030, which Chinese spreadsheets still write.

    Raises:
        SourceError: it cannot be read, or is neither.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"{path}: is neither UTF-8 nor GB 18030")


def table_lines(path: Path) -> list[str]:
    """The lines of a CSV file for the reader of `csv`, whose limit of a cell is one for the whole process."""
    csv.field_size_limit(_MOST_CELL)
    return read_text(path).splitlines(keepends=True)


def json_lines(path: Path) -> Iterator[Line | Problem]:
    """Every line of a JSONL file that holds an object; empty lines are passed over."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            yield Problem(file=str(path), line=number, code="bad_json", message=str(error))
            continue
        if isinstance(row, dict):
            yield Line(number, row)
        else:
            yield Problem(file=str(path), line=number, code="bad_json", message="not a JSON object")


def text_of(row: dict[str, Any], *names: str) -> str:
    """The first of the fields that holds text, as one string; "" where none does."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def texts_of(row: dict[str, Any], *names: str) -> list[str]:
    """The first of the fields that holds texts (a string or a list of them), empty ones left out."""
    for name in names:
        value = row.get(name)
        found = value if isinstance(value, list) else [value]
        texts = [item.strip() for item in found if isinstance(item, str) and item.strip()]
        if texts:
            return texts
    return []
