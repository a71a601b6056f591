"""The objects of one long list in a JSON file, one at a time, with the lines on which they begin."""

from collections.abc import Iterator
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from catalog.errors import FeedError
from catalog.feeds.reader import FeedFile
from catalog.issues import Issue

MAX_OBJECT = 16 << 20
"""Longest object in bytes: Shopify allows a product 2,048 variants, each of about 1 KB."""
MAX_DEPTH = 100
"""Deepest nesting; a product needs 6."""
_PIECE = 64 << 10
_OPENING, _CLOSING = {"start_map", "start_array"}, {"end_map", "end_array"}


def elements(feed: FeedFile, key: str) -> Iterator[tuple[int, dict[str, Any] | Issue]]:
    """The objects of the list that is the whole file, or stands under `key` of the object that is.

    Raises:
        FeedError: the file cannot be read, is no JSON from beginning to end, or holds no such list.
    """
    finder = _Finder(feed.name, key)
    events: Any = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    line, read = 1, 0
    try:
        with feed.path.open("rb") as handle:
            # Fed by lines, so that what a line begins is known to stand on it.
            while piece := handle.readline(_PIECE):
                parser.send(piece if read else piece.removeprefix(b"\xef\xbb\xbf"))
                read += len(piece)
                yield from finder.take(events, line, len(piece))
                del events[:]
                line += piece.endswith(b"\n")
        parser.close()
    except OSError as error:
        raise FeedError(f"{feed.name} cannot be read: {error.strerror}") from error
    except (ijson.JSONError, ValueError, SystemError) as error:
        # The C parser wraps Python's refusal of a number with thousands of digits in a SystemError.
        why = str(error.__cause__ or error).strip().splitlines()[0]
        raise FeedError(f"{feed.name}:{line}: the JSON is broken: {why}") from error
    if not finder.met:
        raise FeedError(f'{feed.name} holds no list: neither [...] nor {{"{key}": [...]}}')


class _Finder:
    """Finds the list among the parser's events, and builds one object at a time."""

    def __init__(self, file: str, key: str) -> None:
        self.met = False
        """Whether the list was found."""
        self._file = file
        self._wanted = key
        self._key = ""
        self._depth = 0
        self._level = 0
        """Depth of the list's elements; 0 outside the list."""
        self._builder: Any = None
        self._began = 0
        self._size = 0
        """Bytes read since the object began, or since anything was complete outside one."""

    def take(self, events: list[tuple[str, Any]], line: int, size: int) -> Iterator[tuple[int, dict[str, Any] | Issue]]:
        """Line and content of the objects that these events complete; they took `size` bytes on `line`."""
        self._size += size
        for event, value in events:
            self._depth -= event in _CLOSING
            if self._level == 0:
                self._look(event, value)
            elif self._depth < self._level:
                self._level = 0
            else:
                yield from self._element(event, value, line)
            self._depth += event in _OPENING
            if self._depth > MAX_DEPTH:
                raise FeedError(f"{self._file}:{line}: the JSON is nested deeper than {MAX_DEPTH}")
        if events and self._builder is None:
            self._size = 0
        if self._size > MAX_OBJECT:
            raise FeedError(f"{self._file}:{self._began or line}: more than {MAX_OBJECT >> 20} MiB without an end")

    def _look(self, event: str, value: Any) -> None:
        """Is this where the list begins?"""
        if event == "map_key" and self._depth == 1:
            self._key = value
        elif event == "start_array" and (self._depth == 0 or (self._depth == 1 and self._key == self._wanted)):
            self.met = True
            self._level = self._depth + 1

    def _element(self, event: str, value: Any, line: int) -> Iterator[tuple[int, dict[str, Any] | Issue]]:
        begins = self._depth == self._level and self._builder is None
        if begins and event == "start_map":
            self._builder, self._began, self._size = ObjectBuilder(), line, 0
        elif begins and event not in _CLOSING:
            message = "an element of the list is no object"
            shown = "" if value is None else str(value)[:80]
            yield line, Issue(code="bad_json", file=self._file, line=line, message=message, value=shown)
        if self._builder is not None:
            self._builder.event(event, value)
            if event == "end_map" and self._depth == self._level:
                found, self._builder = self._builder.value, None
                yield self._began, found
