"""schema.org JSON-LD outside a page: one document, or one a line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE, lines
from catalog.feeds.located import load
from catalog.feeds.reader import FeedFile
from catalog.feeds.schema_graph import SchemaItems
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

MAX_DOCUMENT = 50 << 20
"""Bytes of one document: it is held in memory as a whole, about ten times its size."""


class JsonLdReader:
    """A .json, .jsonld or .jsonl file of schema.org nodes."""

    def __init__(self, file: FeedFile) -> None:
        self.file = file.name
        self.source = file.source
        self._path = file.path

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the lines on which their objects begin.

        Raises:
            FeedError: the file cannot be read, or is one document of more than `MAX_DOCUMENT` bytes.
        """
        with Spill() as spill:
            items = SchemaItems(self.file, spill)
            for line, content in self._documents():
                value = load(content, self.file, line)
                if isinstance(value, Issue):
                    yield value.line, value
                else:
                    yield from items.add(value)
            yield from items.rest()

    def _documents(self) -> Iterator[tuple[int, str]]:
        """The texts of the file's documents with the lines on which they begin."""
        if not _is_lines(self._path):
            yield 1, read_document(self._path, self.file)
            return
        for number, raw in enumerate(lines(self._path), 1):
            if raw.strip() and len(raw) <= MAX_LINE:
                yield number, raw.decode("utf-8-sig", "replace")
            elif raw.strip():
                yield number, f"a line longer than {MAX_LINE >> 20} MiB"


def read_document(path: Path, name: str) -> str:
    """The text of a whole file.

    Raises:
        FeedError: it cannot be read, or is larger than `MAX_DOCUMENT`.
    """
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_DOCUMENT + 1)
    except OSError as error:
        raise FeedError(f"{name} cannot be read: {error.strerror}") from error
    if len(content) > MAX_DOCUMENT:
        raise FeedError(f"{name} is one document of more than {MAX_DOCUMENT >> 20} MiB: send one object a line")
    return content.decode("utf-8-sig", "replace")


def _is_lines(path: Path) -> bool:
    """Whether the first two lines that are not empty look like objects of their own, and one of them is."""
    first = list(islice((raw.strip() for raw in lines(path) if raw.strip()), 2))
    whole = [raw.removeprefix(b"\xef\xbb\xbf").startswith(b"{") and raw.endswith(b"}") for raw in first]
    if len(first) < 2 or not all(whole):
        return False
    return any(not isinstance(load(raw.decode("utf-8-sig", "replace"), path.name), Issue) for raw in first)
