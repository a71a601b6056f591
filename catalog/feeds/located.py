"""JSON whose objects know the line on which they begin."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from catalog.feeds.grouping import Row
from catalog.issues import Issue

LINE = "@line"
"""Key under which an object carries its line; a name that no vocabulary uses."""
# In valid JSON every quotation mark opens or closes a string, so one pass finds the objects.
_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{\n]', re.DOTALL)
_BYTE = re.compile(r"\(byte ([0-9]+)\)")


def load(text: str, file: str, first_line: int = 1) -> Any | Issue:
    """The value of a JSON text that begins on `first_line`; each object in it has its own line under `LINE`.

    What is no JSON, or nested too deep, is a `bad_json` issue with the line on which it breaks.
    """
    content = text.encode("utf-8", "replace")
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = _BYTE.search(str(error))
        before = b"" if isinstance(error, RecursionError) else content[: int(place[1])] if place else content.rstrip()
        line, message = first_line + before.count(b"\n"), str(error) or "nested too deep"
        return Issue(code="bad_json", file=file, line=line, message=message, value=text.strip()[:80])
    found = list(_objects(value))
    begun = list(islice(_lines(text, first_line), len(found) + 1))
    # A key that an object names twice hides what stood under the first: then only the beginning is certain.
    sure = len(begun) == len(found)
    for number, one in enumerate(found):
        one[LINE] = begun[number] if sure else first_line
    return value


def _lines(text: str, first_line: int) -> Iterator[int]:
    """The line of every object's brace, in the order of the text."""
    line = first_line
    for mark in _MARK.finditer(text):
        if mark[0] == "{":
            yield line
        else:
            line += mark[0].count("\n")


def _objects(value: Any) -> Iterator[Row]:
    """Every object, outer before inner, in the order of the text."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            waiting.extend(reversed(one))
