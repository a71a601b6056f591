"""Rows of variants become one product, wherever in the feed they stand.

A row is a canonical product object; beside its fields, `options` holds what is chosen (colour, size), `group_title`
the title of the whole, and `hidden` is true when the merchant does not want it shown.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from catalog.feeds.group_title import common_title
from catalog.feeds.normalise import normalise
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.lexicon import key
from catalog.model import Record

Row: TypeAlias = dict[str, Any]
_BESIDE = {"options", "group_title", "hidden"}
_OF_VARIANTS = _BESIDE | {"id", "type", "offer", "attributes", "gtin", "images", "updated_at"}
"""Fields that a product does not simply take over from its first variant that has them."""
_CHOSEN_BY = {"color", "size", "size_system", "size_type", "material", "pattern", "gender", "suitable_age"}
"""Attributes (`lexicon.key`) that shoppers choose by where variants differ in them."""


class Groups:
    """Rows of one file that wait for the other rows of their product."""

    def __init__(self, file: str, spill: Spill) -> None:
        self._file = file
        self._spill = spill

    def add(self, group: str, line: int, row: Row, *, lead: bool = False) -> Iterator[tuple[int, Issue]]:
        """Check one row by itself, so that its issues carry its line; only a usable row is kept.

        `lead` marks the row that describes the product as a whole, not one of its variants.
        """
        issues = [item for item in normalise(alone(row), self._file, line) if isinstance(item, Issue)]
        yield from ((line, issue) for issue in issues)
        if any(issue.severity == "error" for issue in issues):
            return
        key = ("group:" if lead else "variant:") + row["id"]
        if first := self._spill.first(key, f"{self._file}:{line}"):
            message = f"the id was used before, at {first}"
            value = row["id"][:80]
            yield line, Issue(code="duplicate_id", file=self._file, line=line, field="id", value=value, message=message)
            return
        self._spill.add(group, line, {"group": group, "lead": lead, "row": row})

    def records(self) -> Iterator[tuple[int, Record | Issue]]:
        """The product of each group with the line of its first row; what was said of a row alone is not said again."""
        for found in self._spill.groups():
            line, first = found[0]
            lead = next((member["row"] for _, member in found if member["lead"]), None)
            variants = [member["row"] for _, member in found if not member["lead"]]
            if lead is None:
                yield from self._conflicts([(place, member["row"]) for place, member in found])
            for item in normalise(merge(first["group"], lead, variants), self._file, line):
                if not isinstance(item, Issue) or item.severity == "error":
                    yield line, item

    def _conflicts(self, members: list[tuple[int, Row]]) -> Iterator[tuple[int, Issue]]:
        """Where rows of one group speak of different products, by mistake or because the group's id was used twice."""
        titled = all(row.get("title") for _, row in members)
        for field in ("title", "brand") if titled and not _title([row for _, row in members]) else ("brand",):
            said = [(line, row[field]) for line, row in members if row.get(field)]
            line, value = next(((line, value) for line, value in said if value != said[0][1]), (0, ""))
            if line:
                message = f"line {said[0][0]} says {said[0][1][:80]!r} of the same group"
                yield (
                    line,
                    Issue(
                        code="member_conflict",
                        file=self._file,
                        line=line,
                        field=field,
                        value=value[:80],
                        message=message,
                    ),
                )


def merge(group: str, lead: Row | None, variants: list[Row]) -> Row:
    """One product with its variants; where there is nothing to show, the row that takes the product away.

    What all variants share is the product's own. What differs becomes an option if shoppers choose by it, else the
    product has the values of all. Without a `lead` the title is what the titles have in common.
    """
    shown = [row for row in variants if not row.get("hidden")]
    if (variants and not shown) or (lead and lead.get("hidden")):
        return {"type": "delete", "id": group}
    if lead is None and len(shown) == 1 and shown[0]["id"] == group:
        return alone(shown[0])  # no form of a product, but all there is of it
    rows = ([lead] if lead else []) + shown
    product: Row = {"type": "product", "id": group}
    for row in rows:
        for name, value in row.items():
            if name not in _OF_VARIANTS and value not in (None, "", [], {}):
                product.setdefault(name, value)
    if not (lead and lead.get("title")):
        product["title"] = _title(shown) or shown[0]["title"]
    own: Row = lead or {}
    shared, options = _facts(shown)
    barcodes = list(dict.fromkeys(row["gtin"] for row in shown if row.get("gtin")))
    if len(shown) > 1 and barcodes:  # a barcode is that of one form; the product has them all
        shared["gtin"] = barcodes
    elif barcodes:
        product["gtin"] = barcodes[0]
    product["attributes"] = {**own.get("attributes", {}), **shared}
    product["images"] = list(dict.fromkeys(image for row in rows for image in row.get("images", [])))
    product["variants"] = [_variant(row, chosen) for row, chosen in zip(shown, options, strict=True)]
    product |= {name: own[name] for name in ("offer", "gtin") if name in own}
    if dates := [row["updated_at"] for row in rows if row.get("updated_at")]:
        product["updated_at"] = max(dates)
    return product


def alone(row: Row) -> Row:
    """The row as a product of its own, or as what takes it away."""
    if row.get("hidden"):
        return {"type": "delete", "id": row["id"]}
    plain = {name: value for name, value in row.items() if name not in _BESIDE}
    return {**plain, "type": "product", "attributes": {**row.get("attributes", {}), **row.get("options", {})}}


def _facts(rows: list[Row]) -> tuple[Row, list[Row]]:
    """Attributes of the product, and what each of its variants is chosen by."""
    shared: Row = {}
    options: list[Row] = [dict(row.get("options", {})) for row in rows]
    chosen = {name for row in options for name in row}
    attributes: list[Row] = [row.get("attributes", {}) for row in rows]
    for name in dict.fromkeys(name for row in attributes for name in row):
        values = [row.get(name) for row in attributes]
        known = [value for value in values if value is not None]
        if name not in chosen and all(value == known[0] for value in values):
            shared[name] = known[0]
        elif key(name) in _CHOSEN_BY:
            for option, value in zip(options, values, strict=True):
                if value is not None:
                    option.setdefault(name, value)
        elif name not in chosen:
            several = list(dict.fromkeys(text for value in known for text in _texts(value)))
            shared[name] = several if len(several) > 1 else known[0]
    return shared, options


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, dict):
        number = value.get("value")
        return [f"{number:.10g} {value.get('unit')}" if isinstance(number, float) else f"{number} {value.get('unit')}"]
    return [str(value)]


def _title(rows: list[Row]) -> str | None:
    """The name of the whole, if the rows say it or their titles agree on it."""
    given = next((row["group_title"] for row in rows if row.get("group_title")), None)
    chosen = [list(options.values()) for options in _facts(rows)[1]]
    return given or common_title([row["title"] for row in rows], chosen)


def _variant(row: Row, options: Row) -> Row:
    variant = {"id": row["id"], "options": options}
    return variant | ({"offer": row["offer"]} if row.get("offer") else {})
