"""schema.org JSON-LD in the scripts of an HTML page."""

import html
import re
from collections.abc import Iterator
from typing import Any

from catalog.feeds.jsonld import read_document
from catalog.feeds.located import load
from catalog.feeds.reader import FeedFile
from catalog.feeds.schema_graph import SchemaItems
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

# Scripts are found by a scan of our own: html.parser takes minutes for 50 KB of unclosed tags (it looks for the end
# of each one again and again), and here every mark is passed once.
_MARK = re.compile(r"<!--|<script\b([^<>]{0,2000}+)>", re.IGNORECASE)
_END = re.compile(r"</script\b", re.IGNORECASE)
_JSON_LD = re.compile(r"\btype\s*=\s*[\"']?\s*application/ld\+json\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^<>]{0,2000}\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_HEAD = 1 << 16
"""Characters among which <html> stands."""
_OPENING = re.compile(r"<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?")
_CLOSING = re.compile(r"(?:(?:(?://|/\*)\s*)?\]\]>(?:\s*\*/)?|(?://\s*)?-->|;)\Z")
_WRAPPER = 40
"""Longest wrapper in characters; old pages put comment or CDATA marks around a script."""


class HtmlReader:
    """One page; each script is read by itself, so that a broken one does not hide the others."""

    def __init__(self, file: FeedFile) -> None:
        self.file = file.name
        self.source = file.source
        self._path = file.path

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the lines on which their objects begin.

        Raises:
            FeedError: the file cannot be read, or is too large for a page.
        """
        page = read_document(self._path, self.file)
        spoken = _LANGUAGE.search(page, 0, _HEAD)
        with Spill() as spill:
            items = SchemaItems(self.file, spill)
            for line, script in scripts(page):
                value = _load(script, self.file, line)
                if isinstance(value, Issue):
                    yield value.line, value
                else:
                    yield from items.add(value, spoken[1].lower() if spoken else None)
            yield from items.rest()


def scripts(page: str) -> Iterator[tuple[int, str]]:
    """The JSON-LD scripts outside comments, each with the line on which its content begins."""
    place, line, counted = 0, 1, 0
    while mark := _MARK.search(page, place):
        if mark[1] is None:
            place = page.find("-->", mark.end())
            if place < 0:
                return
            continue
        end = _END.search(page, mark.end())
        stop = end.start() if end else len(page)
        if _JSON_LD.search(html.unescape(mark[1])):
            line += page.count("\n", counted, mark.end())
            counted = mark.end()
            yield line, page[mark.end() : stop]
        place = stop


def _load(script: str, file: str, line: int) -> Any | Issue:
    """The script's value; wrappers are taken off, and markup entities undone where the plain text is no JSON."""
    start = len(script) - len(script.lstrip())
    opening = _OPENING.match(script, start, start + _WRAPPER)
    rest = script[opening.end() if opening else start :].lstrip()
    line += script.count("\n", 0, len(script) - len(rest))
    bare = rest.rstrip()
    closing = _CLOSING.search(bare, max(0, len(bare) - _WRAPPER))
    bare = bare[: closing.start()] if closing else bare
    value = load(bare, file, line)
    if isinstance(value, Issue) and ("&quot;" in bare or "&#34;" in bare):
        return load(html.unescape(bare), file, line)
    return value
