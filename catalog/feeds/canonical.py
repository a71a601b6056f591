"""Canonical JSONL: one record a line."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from catalog.errors import FeedError
from catalog.feeds.normalise import normalise
from catalog.feeds.reader import FeedFile
from catalog.issues import Issue
from catalog.model import Record

MAX_LINE = 4 << 20
"""Longest line that is parsed, in bytes: no product needs more, and a runaway line must not fill the memory."""

_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


class FileReader:
    """A file of canonical records, one a line."""

    def __init__(self, file: FeedFile) -> None:
        self.file = file.name
        self.source = file.source
        self._path = file.path

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with their line numbers."""
        return _records(self.file, lines(self._path))


class LinesReader:
    """Canonical records that are already in memory."""

    def __init__(self, file: str, content: Iterable[bytes], source: str) -> None:
        self.file = file
        self.source = source
        self._content = content

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with their line numbers."""
        return _records(self.file, self._content)


def _records(file: str, content: Iterable[bytes]) -> Iterator[tuple[int, Record | Issue]]:
    for line, value in objects(file, content):
        if isinstance(value, Issue):
            yield line, value
        else:
            yield from ((line, item) for item in normalise(value, file, line))


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, each at most `MAX_LINE` + 1 bytes (a longer one comes cut, and fails to parse).

    Raises:
        FeedError: the file cannot be opened or read.
    """
    try:
        with path.open("rb") as handle:
            while line := handle.readline(MAX_LINE + 1):
                while len(line) > MAX_LINE and not line.endswith(b"\n"):
                    rest = handle.readline(MAX_LINE + 1)
                    if not rest or rest.endswith(b"\n"):
                        break
                yield line
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}") from error


def objects(file: str, content: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | Issue]]:
    """JSON objects with line numbers; blank lines are skipped, anything else is a `bad_json` issue."""
    for number, raw in enumerate(content, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            yield number, _bad(file, number, line, f"the line is longer than {MAX_LINE >> 20} MiB")
            continue
        try:
            value = _decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield number, _bad(file, number, line, str(error) or "nested too deep")
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            yield number, _bad(file, number, line, "the line is JSON, but not an object")


def _bad(file: str, number: int, line: bytes, message: str) -> Issue:
    return Issue(code="bad_json", file=file, line=number, message=message, value=line[:80].decode("utf-8", "replace"))
