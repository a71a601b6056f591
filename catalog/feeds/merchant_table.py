"""Google Merchant TSV or CSV: the fields of the specification as columns."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime

from catalog.errors import FeedError
from catalog.feeds.merchant import Items
from catalog.feeds.merchant_item import Fields, Item
from catalog.feeds.reader import FeedFile
from catalog.feeds.sheet import Sheet
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

_LISTS = {"additional_image_link", "product_highlight", "product_detail"}
"""Fields that hold several values in one cell, parted by commas; a value with a comma stands in quotes."""
_DETAIL = ("section_name", "attribute_name", "attribute_value")


class MerchantTableReader:
    """A Google Merchant feed as a table; `now` decides which sale prices hold."""

    def __init__(self, file: FeedFile, now: datetime | None = None) -> None:
        self.file = file.name
        self.source = file.source
        self._feed = file
        self._now = now or datetime.now(UTC)

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each row begins; groups come last.

        Raises:
            FeedError: the file cannot be read, or its header has no `id`.
        """
        sheet = Sheet(self._feed)
        names = [field(name) for name in sheet.header]
        if "id" not in names:
            raise FeedError(f"{self.file}:1: there is no column `id`")
        with Spill() as spill:
            items = Items(self.file, spill, self._now)
            for line, cells in sheet.rows():
                if isinstance(cells, Issue):
                    yield line, cells
                else:
                    yield from items.add(Item(_fields(names, cells), self.file, line))
            yield from items.rest()


def field(column: str) -> str:
    """The field that a column names: `g:image_link`, `image link` and `Image Link` are one; so is `shipping(price)`."""
    name = column.casefold().removeprefix("g:").partition("(")[0]
    return name.strip().replace(" ", "_")


def _fields(names: list[str], cells: list[str]) -> Fields:
    """What the cells say, under the names of their columns; a column may come twice."""
    found: Fields = {}
    for name, cell in zip(names, cells, strict=True):
        text = cell.strip()
        if text and name in _LISTS:
            found.setdefault(name, []).extend(
                _detail(part) if name == "product_detail" else part for part in _split(text)
            )
        elif text:
            found.setdefault(name, []).append(text)
    return found


def _split(text: str) -> list[str]:
    try:
        parts = next(csv.reader([text], skipinitialspace=True))
    except csv.Error:
        parts = [text]
    return [part.strip() for part in parts if part.strip()]


def _detail(text: str) -> dict[str, str]:
    """`section:name:value`, where the section may be empty."""
    parts = text.split(":", 2)
    return dict(zip(_DETAIL if len(parts) == 3 else _DETAIL[1:], (part.strip() for part in parts), strict=False))
