"""Shopify's product CSV: a row per variant or image; rows with one handle are one product, wherever they stand."""

from collections.abc import Iterator
from typing import Any

from catalog.errors import FeedError
from catalog.feeds.reader import FeedFile
from catalog.feeds.sheet import Sheet
from catalog.feeds.shopify import Form, Listing, Row, Shop
from catalog.feeds.shopify_columns import HANDLE, attribute, key
from catalog.feeds.spill import Spill
from catalog.issues import Code, Issue
from catalog.model import Record

_OF_VARIANTS = ("sku", "price", "option1 value")
"""A row with one of these is a variant; one without is only another image."""
_OF_PRODUCTS = ("title", "body", "vendor", "category", "kind", "tags", "status", "published", "gift card")
_CODES = {"sku", "barcode"}
_OPTIONS = (1, 2, 3)
_UNSOLD = {"draft", "archived"}
_Group = list[tuple[int, Row]]


class ShopifyCsvReader:
    """A Shopify product export; `currency` (ISO 4217) is that of its prices, which the format does not say."""

    def __init__(self, file: FeedFile, currency: str | None = None) -> None:
        self.file = file.name
        self.source = file.source
        self._feed = file
        self._currency = currency

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records with the line on which their first row begins, issues with that of the row they speak of.

        Raises:
            FeedError: the file cannot be read, or its header has no handle.
        """
        sheet = Sheet(self._feed)
        known = {key(column) for column in sheet.header}
        if HANDLE not in known:
            raise FeedError(f"{self.file}:1: there is no column `Handle` or `URL handle`")
        shop = Shop(self.file, self._currency)
        with Spill() as spill:
            yield from ((1, issue) for issue in self._columns(sheet.header))
            for line, cells in sheet.rows():
                if isinstance(cells, Issue):
                    yield line, cells
                    continue
                row = _row(sheet.header, cells)
                if HANDLE in row:
                    spill.add(row[HANDLE], line, row)
                else:
                    yield line, self._issue("missing_field", line, "a row without a handle belongs to no product", "id")
            for group in spill.groups():
                yield from self._conflicts(group)
                yield from shop.records(_listing(group, counted="tracker" in known))

    def _columns(self, header: list[str]) -> Iterator[Issue]:
        """What becomes of the columns that are not read."""
        others = [column for column in header if column and key(column) is None]
        if left := [column for column in others if attribute(column) is None]:
            message = f"a product has no place for them; they are left out: {', '.join(left)}"
            yield self._issue("unknown_field", 1, message, left[0])
        for column in others:
            if attribute(column) == column:
                message = "no column of a product export; its values are kept as attributes"
                yield self._issue("unmapped_column", 1, message, column)

    def _conflicts(self, group: _Group) -> Iterator[tuple[int, Issue]]:
        """Two products that share a handle by mistake show in their texts."""
        for name in ("title", "body", "vendor"):
            said = [(line, row[name]) for line, row in group if name in row]
            other = next(((line, text) for line, text in said if text != said[0][1]), None)
            if other is not None:
                line, text = other
                message = f"line {said[0][0]} gives the same handle another {name}"
                yield line, self._issue("member_conflict", line, message, name, text)

    def _issue(self, code: Code, line: int, message: str, field: str, value: str = "") -> Issue:
        return Issue(code=code, file=self.file, line=line, field=field, value=value[:80], message=message)


def _row(header: list[str], cells: list[str]) -> Row:
    """The filled cells under our names, the others under `attributes`."""
    row: Row = {"attributes": {}}
    for column, cell in zip(header, cells, strict=True):
        if not (text := cell.strip()):
            continue
        if name := key(column):
            # An apostrophe keeps spreadsheets from reading a barcode as a number.
            row.setdefault(name, text.removeprefix("'") if name in _CODES else text)
        elif column and (label := attribute(column)):
            row["attributes"][label] = text
    return row


def _listing(group: _Group, *, counted: bool) -> Listing:
    """What the rows of one handle say together; of product fields the first row that has one counts.

    `counted`: the export says of each variant whether its stock is counted.
    """
    said = {name: next((row[name] for _, row in group if name in row), None) for name in _OF_PRODUCTS}
    attributes: Row = {}
    for _, row in group:
        attributes = row["attributes"] | attributes
    if (said["gift card"] or "").casefold() == "true":
        attributes["gift card"] = True
    names = [next((row[f"option{n} name"] for _, row in group if f"option{n} name" in row), None) for n in _OPTIONS]
    options = [name or "" for name in names]
    return Listing(
        line=group[0][0],
        handle=group[0][1][HANDLE],
        title=said["title"],
        body=said["body"],
        vendor=said["vendor"],
        category=said["category"],
        kind=said["kind"],
        tags=[tag.strip() for tag in (said["tags"] or "").split(",") if tag.strip()],
        images=_images(group),
        options=options,
        forms=[_form(row, line, counted) for line, row in group if any(name in row for name in _OF_VARIANTS)],
        attributes=attributes,
        hidden=_hidden(said),
    )


def _form(row: Row, line: int, counted: bool) -> Form:
    values = [row.get(f"option{number} value") for number in _OPTIONS]
    while values and values[-1] is None:
        values.pop()
    return Form(
        line=line,
        sku=row.get("sku"),
        barcode=row.get("barcode"),
        values=values,
        price=row.get("price"),
        compare_at=row.get("compare_at"),
        quantity=row.get("quantity"),
        tracked=not counted or "tracker" in row,
        oversell=row.get("policy", "").casefold() in {"continue", "true"},
        grams=row.get("grams"),
    )


def _images(group: _Group) -> list[str]:
    """Addresses in the order of their positions, then those that only variants have."""
    placed = [(_position(row), row["image"]) for _, row in group if "image" in row]
    ordered = [address for _, address in sorted(placed, key=lambda item: item[0])]
    return list(dict.fromkeys(ordered + [row["variant image"] for _, row in group if "variant image" in row]))


def _position(row: Row) -> int:
    text = row.get("position", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _hidden(said: dict[str, Any]) -> str | None:
    status = (said["status"] or "").casefold()
    if status in _UNSOLD:
        return f"its status is {status}"
    return "it is not published" if (said["published"] or "").casefold() == "false" else None
