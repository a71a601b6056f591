"""Google Merchant XML: RSS 2.0 or Atom, read entry by entry.

A feed whose XML is broken anywhere is refused as a whole: nobody can tell what the rest would have been.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE
from catalog.feeds.merchant import Items
from catalog.feeds.merchant_entry import Target
from catalog.feeds.merchant_item import Fields, Item
from catalog.feeds.reader import FeedFile
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

_CHUNK = 64 << 10


class MerchantXmlReader:
    """A Google Merchant feed in XML; `now` decides which sale prices hold."""

    def __init__(self, file: FeedFile, now: datetime | None = None) -> None:
        self.file = file.name
        self.source = file.source
        self._path = file.path
        self._now = now or datetime.now(UTC)

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each entry begins; groups come last.

        Raises:
            FeedError: the file cannot be read, is no well-formed RSS or Atom, declares entities or nests too deep.
        """
        with Spill() as spill:
            items = Items(self.file, spill, self._now)
            for line, fields in self._entries():
                if fields is None:
                    message = f"the entry is longer than {MAX_LINE >> 20} MiB"
                    yield line, Issue(code="bad_row", file=self.file, line=line, message=message)
                else:
                    yield from items.add(Item(fields, self.file, line))
            yield from items.rest()

    def _entries(self) -> Iterator[tuple[int, Fields | None]]:
        target = Target(self.file)
        parser = XMLParser(target=target)
        target.expat = parser.parser
        try:
            with self._path.open("rb") as handle:
                while chunk := handle.read(_CHUNK):
                    self._advance(parser, chunk)
                    if handle.tell() - parser.parser.CurrentByteIndex > MAX_LINE:
                        raise FeedError(f"{target.place}: a tag is longer than {MAX_LINE >> 20} MiB")
                    yield from target.take()
        except OSError as error:
            raise FeedError(f"{self.file} cannot be read: {error.strerror}") from error
        self._advance(parser, None)
        yield from target.take()

    def _advance(self, parser: Any, chunk: bytes | None) -> None:
        """Parse some bytes, or the end."""
        try:
            if chunk is None:
                parser.close()
            else:
                parser.feed(chunk)
        except ParseError as error:
            raise FeedError(f"{self.file}:{error.position[0]}: the XML is broken: {error}") from error
        except DefusedXmlException as error:
            line = parser.parser.CurrentLineNumber
            raise FeedError(f"{self.file}:{line}: the XML declares entities, which no feed needs") from error
        except (ValueError, LookupError) as error:
            raise FeedError(f"{self.file}:1: save the XML as UTF-8 ({error})") from error
