"""Rows of variants become one product, wherever in the feed they stand.

A row is a canonical product object; beside its fields, `options` holds what is chosen (colour, size), `group_title`
the title of the whole, and `hidden` is true when the merchant does not want it shown.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from catalog.feeds.normalise import normalise
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

Row: TypeAlias = dict[str, Any]
_BESIDE = {"options", "group_title", "hidden"}
_OF_VARIANTS = _BESIDE | {"id", "type", "offer", "attributes", "gtin", "images", "updated_at"}
"""Fields that a product does not simply take over from its first variant that has them."""
_TOKEN = re.compile(r"[^\W\u3400-\u9fff]+|.", re.DOTALL)
"""A word, or a character of a script without blanks between words."""
_SEPARATORS = " -–—/|,:(（[·"


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
            for item in normalise(merge(first["group"], lead, variants), self._file, line):
                if not isinstance(item, Issue) or item.severity == "error":
                    yield line, item


def merge(group: str, lead: Row | None, variants: list[Row]) -> Row:
    """One product with its variants; where there is nothing to show, the row that takes the product away.

    What all variants share is the product's own; what differs becomes an option. Without a `lead` the title is what
    the titles begin with.
    """
    shown = [row for row in variants if not row.get("hidden")]
    if (variants and not shown) or (lead and lead.get("hidden")):
        return {"type": "delete", "id": group}
    rows = ([lead] if lead else []) + shown
    product: Row = {"type": "product", "id": group}
    for row in rows:
        for name, value in row.items():
            if name not in _OF_VARIANTS and value not in (None, "", [], {}):
                product.setdefault(name, value)
    if not (lead and lead.get("title")):
        titles = [row["group_title"] for row in shown if row.get("group_title")]
        product["title"] = titles[0] if titles else common_title([row["title"] for row in shown])
    own: Row = lead or {}
    product["attributes"] = {**_shared(shown), **own.get("attributes", {})}
    product["images"] = list(dict.fromkeys(image for row in rows for image in row.get("images", [])))
    product["variants"] = [_variant(row, product["attributes"]) for row in shown]
    product |= {name: own[name] for name in ("offer", "gtin") if name in own}
    if dates := [row["updated_at"] for row in rows if row.get("updated_at")]:
        product["updated_at"] = max(dates)
    return product


def common_title(titles: list[str]) -> str:
    """What all titles begin with, in whole words; the first title where they have too little in common."""
    same = []
    for tokens in zip(*(_TOKEN.findall(title) for title in titles), strict=False):
        if len(set(tokens)) > 1:
            break
        same.append(tokens[0])
    start = "".join(same).rstrip(_SEPARATORS)
    return start if len(start) * 3 >= len(min(titles, key=len)) else titles[0]


def alone(row: Row) -> Row:
    """The row as a product of its own, or as what takes it away."""
    if row.get("hidden"):
        return {"type": "delete", "id": row["id"]}
    plain = {name: value for name, value in row.items() if name not in _BESIDE}
    return {**plain, "type": "product", "attributes": _facts(row)}


def _facts(row: Row) -> Row:
    return {**row.get("attributes", {}), **row.get("options", {})}


def _shared(rows: list[Row]) -> Row:
    """Attributes that all rows have alike and nobody chooses by."""
    chosen = {name for row in rows for name in row.get("options", {})}
    first, *others = [row.get("attributes", {}) for row in rows] or [{}]
    return {name: value for name, value in first.items()
            if name not in chosen and all(other.get(name) == value for other in others)}  # fmt: skip


def _variant(row: Row, of_product: Row) -> Row:
    chosen = row.get("options", {})
    differing = {name: value for name, value in row.get("attributes", {}).items() if of_product.get(name) != value}
    variant = {"id": row["id"], "options": {**differing, **chosen}}
    return variant | ({"offer": row["offer"]} if row.get("offer") else {})
