"""Items of a Google Merchant feed, from XML or a table, as canonical products.

Field names and their meaning are those of the product data specification
(https://support.google.com/merchants/answer/7052112). Items that name an `item_group_id` become variants of one
product; all others are products of their own.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias

from catalog.feeds.grouping import Groups
from catalog.feeds.merchant_item import Item
from catalog.feeds.merchant_offer import offer
from catalog.feeds.normalise import normalise
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

Row: TypeAlias = dict[str, Any]

_PLAIN = (
    "color", "size", "size_system", "size_type", "material", "pattern", "gender", "age_group",
    "mpn", "condition", "availability_date", "multipack", "is_bundle", "energy_efficiency_class",
)  # fmt: skip
_MEASURES = {
    "product_weight": "weight", "product_length": "length", "product_width": "width", "product_height": "height",
    "shipping_weight": "shipping weight", "shipping_length": "shipping length", "shipping_width": "shipping width",
    "shipping_height": "shipping height", "unit_pricing_measure": "unit pricing measure",
    "unit_pricing_base_measure": "unit pricing base measure",
}  # fmt: skip
_MEASURE = re.compile(r"(?P<value>[0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?P<unit>[^0-9\s].{0,20})")
_READ = {
    "id", "title", "structured_title", "description", "structured_description", "summary", "content", "link", "brand",
    "image_link", "additional_image_link", "gtin", "item_group_id", "product_type", "google_product_category",
    "product_highlight", "product_detail", "price", "sale_price", "sale_price_effective_date", "availability",
    "updated", *_PLAIN, *_MEASURES,
}  # fmt: skip
# They steer ads, delivery and accounts, or are what any RSS entry has; a shopper learns nothing from them.
_LEFT_OUT = re.compile(
    r"(?:shipping|tax|ads|adwords|custom_label|display_ads|loyalty|pickup|shopping_ads|min_|max_|auto_pricing|"
    r"subscription)\w*|(?:excluded|included)_destination|promotion_id|(?:mobile|canonical|lifestyle_image|"
    r"virtual_model)_link|(?:mobile_)?link_template|cost_of_goods_sold|pause|identifier_exists|expiration_date|"
    r"installment|ships_from_country|transit_time_label|return_policy_label|external_seller_id|adult|"
    r"guid|pubdate|author|comments|category|source|enclosure|published|\{.*"
)


class Items:
    """Turns items into records; members of a group wait in `spill` for the feed's end."""

    def __init__(self, file: str, spill: Spill, now: datetime) -> None:
        self._file = file
        self._groups = Groups(file, spill)
        self._now = now
        self._told: set[str] = set()

    def add(self, item: Item) -> Iterator[tuple[int, Record | Issue]]:
        """The item's issues, and its product unless it belongs to a group."""
        row = product(item, self._now)
        row["attributes"] |= self._others(item)
        yield from ((item.line, issue) for issue in item.issues)
        if not item.usable:
            return
        if group := item.text("item_group_id"):
            yield from self._groups.add(group, item.line, row)
        else:
            yield from ((item.line, found) for found in normalise(row, self._file, item.line))

    def rest(self) -> Iterator[tuple[int, Record | Issue]]:
        """The products of all groups."""
        return self._groups.records()

    def _others(self, item: Item) -> Row:
        """Fields that are not of the specification as attributes; each field is reported once a feed."""
        kept: Row = {}
        for name in item.fields:
            if name in _READ:
                continue
            text = None if _LEFT_OUT.fullmatch(name) else item.text(name)
            if text is not None:
                kept[name.replace("_", " ")] = text
            if name not in self._told:
                self._told.add(name)
                self._tell(item, name, kept=text is not None)
        return kept

    def _tell(self, item: Item, name: str, *, kept: bool) -> None:
        if kept:
            item.report("unmapped_column", "not a field of the specification; it is kept as an attribute", name)
        else:
            item.report("unknown_field", "a product has no place for it; it is left out", name)


def product(item: Item, now: datetime) -> Row:
    """The canonical product of one item, unchecked."""
    row: Row = {
        "type": "product",
        "id": item.text("id"),
        "title": item.text("title") or _structured(item, "structured_title"),
        "brand": item.text("brand"),
        "categories": _categories(item),
        "description": item.text("description", "content", "summary") or _structured(item, "structured_description"),
        "bullets": item.texts("product_highlight"),
        "url": item.text("link"),
        "images": [*item.texts("image_link"), *item.texts("additional_image_link")],
        "gtin": item.text("gtin"),
        "offer": offer(item, now),
        "updated_at": item.text("updated"),
    }
    present = {name: value for name, value in row.items() if value not in (None, [])}
    return present | {"attributes": _attributes(item)}


def _attributes(item: Item) -> Row:
    found: Row = {name.replace("_", " "): text for name in _PLAIN if (text := item.text(name))}
    for name, known in _MEASURES.items():
        if text := item.text(name):
            measure = _MEASURE.fullmatch(text)
            found[known] = {"value": float(measure["value"]), "unit": measure["unit"]} if measure else text
    for detail in item.parts("product_detail"):
        label, value = detail.get("attribute_name"), detail.get("attribute_value")
        if label and value:
            section = detail.get("section_name")
            found[f"{section} {label}" if section and label in found else label] = value
    return found


def _categories(item: Item) -> list[str]:
    """The merchant's own path, else Google's, unless that is only a number."""
    path = item.text("product_type") or item.text("google_product_category") or ""
    return [] if path.isdigit() else [name.strip() for name in path.split(">") if name.strip()]


def _structured(item: Item, name: str) -> str | None:
    return next((parts["content"] for parts in item.parts(name) if parts.get("content")), None)
