"""Shopify products as JSON: `{"products": [...]}` of a shop's /products.json or the Admin API, or the bare list."""

from collections.abc import Iterator
from typing import Any

from catalog.feeds.json_list import elements
from catalog.feeds.reader import FeedFile
from catalog.feeds.shopify import Form, Listing, Row, Shop, number
from catalog.issues import Issue
from catalog.model import Measure, Record
from catalog.units import canonical

_LISTS = ("variants", "options", "images")
_UNSOLD = {"draft", "archived"}
_READ = {
    "handle", "id", "title", "body_html", "vendor", "category", "product_type", "tags", "images", "options", "variants",
    "updated_at", "status", "published_at", "metafields",
}  # fmt: skip
_LEFT_OUT = {"created_at", "published_scope", "template_suffix", "admin_graphql_api_id", "image"}
"""They serve the shop's own software."""


class ShopifyJsonReader:
    """A Shopify product list; `currency` (ISO 4217) is that of its prices, which the format does not say."""

    def __init__(self, file: FeedFile, currency: str | None = None) -> None:
        self.file = file.name
        self.source = file.source
        self._feed = file
        self._currency = currency

    def read(self) -> Iterator[tuple[int, Record | Issue]]:
        """Records and issues with the line on which each product's object begins.

        Raises:
            FeedError: the file cannot be read, is no JSON from beginning to end, or holds no list of products.
        """
        shop = Shop(self.file, self._currency)
        told: set[str] = set()
        for line, value in elements(self._feed, "products"):
            if isinstance(value, Issue):
                yield line, value
                continue
            for name in value.keys() - _READ - _LEFT_OUT - told:
                told.add(name)
                yield line, self._unknown(name, line)
            if wrong := _misshapen(value):
                message = f"`{wrong}` is no list of its kind"
                yield line, Issue(code="bad_field", file=self.file, line=line, field=wrong, message=message)
            else:
                yield from shop.records(_listing(value, line))

    def _unknown(self, name: str, line: int) -> Issue:
        message = "not a field of a Shopify product; single values are kept as attributes"
        return Issue(code="unmapped_column", file=self.file, line=line, field=name, message=message)


def _misshapen(product: Row) -> str | None:
    """The first of its lists that is none; variants must be objects."""
    for name in _LISTS:
        items = product.get(name) or []
        if not isinstance(items, list) or (name == "variants" and not all(isinstance(item, dict) for item in items)):
            return name
    return None


def _listing(product: Row, line: int) -> Listing:
    tags = product.get("tags")
    options = [option.get("name") if isinstance(option, dict) else option for option in product.get("options") or []]
    category = product.get("category")
    return Listing(
        line=line,
        handle=_text(product.get("handle")),
        id=_text(product.get("id")),
        title=_text(product.get("title")),
        body=_text(product.get("body_html")),
        vendor=_text(product.get("vendor")),
        category=_text(category.get("full_name")) if isinstance(category, dict) else None,
        kind=_text(product.get("product_type")),
        tags=[text for tag in (tags if isinstance(tags, list) else str(tags or "").split(",")) if (text := _text(tag))],
        images=[text for image in product.get("images") or [] if (text := _source(image))],
        options=[_text(option) or "" for option in options],
        forms=[_form(variant, len(options), line) for variant in product.get("variants") or []],
        attributes=_attributes(product),
        updated_at=_text(product.get("updated_at")),
        hidden=_hidden(product),
    )


def _attributes(product: Row) -> Row:
    """What the shop added: metafields, and fields that no Shopify product has."""
    fields = {name: value for name, value in product.items() if name not in _READ | _LEFT_OUT}
    metafields = product.get("metafields")
    for field in metafields if isinstance(metafields, list) else []:
        if isinstance(field, dict) and isinstance(field.get("key"), str):
            fields[field["key"]] = field.get("value")
    return {name.replace("_", " "): text for name, value in fields.items() if (text := _text(value))}


def _form(row: Row, options: int, line: int) -> Form:
    available = row.get("available")
    return Form(
        line=line,
        id=_text(row.get("id")),
        sku=_text(row.get("sku")),
        barcode=_text(row.get("barcode")),
        values=[_text(row.get(f"option{number}")) for number in range(1, min(options, 3) + 1)],
        price=_text(row.get("price")),
        compare_at=_text(row.get("compare_at_price")),
        available=available if isinstance(available, bool) else None,
        quantity=_text(row.get("inventory_quantity")),
        # The Admin API says null for what is not counted; /products.json has no such field.
        tracked=row.get("inventory_management", "shopify") is not None,
        oversell=row.get("inventory_policy") == "continue",
        grams=_text(row.get("grams")) or _grams(_text(row.get("weight")), _text(row.get("weight_unit"))),
    )


def _grams(weight: str | None, unit: str | None) -> str | None:
    value = number(weight)
    return None if value is None else f"{canonical(Measure(float(value), unit or ''))[0]:.10g}"


def _hidden(product: Row) -> str | None:
    if (status := _text(product.get("status"))) in _UNSOLD:
        return f"its status is {status}"
    return "it is not published" if product.get("published_at", "") is None else None


def _source(image: Any) -> str | None:
    return _text(image.get("src")) if isinstance(image, dict) else _text(image)


def _text(value: Any) -> str | None:
    """A value as text; None for nothing, and for what is no single value."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).strip() or None
