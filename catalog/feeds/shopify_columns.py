"""What the columns of Shopify's product CSV are called: the long-standing names and those of newer exports."""

import re

HANDLE = "handle"
_NAMES = {
    "handle": HANDLE, "url handle": HANDLE,
    "title": "title",
    "body (html)": "body", "description": "body",
    "vendor": "vendor",
    "product category": "category", "standardized product type": "category", "standard product type": "category",
    "type": "kind", "custom product type": "kind",
    "tags": "tags",
    "published": "published", "published on online store": "published",
    "status": "status",
    "gift card": "gift card",
    "image src": "image", "product image url": "image",
    "image position": "position",
    "variant image": "variant image", "variant image url": "variant image",
    "variant sku": "sku", "sku": "sku",
    "variant barcode": "barcode", "barcode": "barcode",
    "variant grams": "grams", "weight value (grams)": "grams",
    "variant inventory tracker": "tracker", "inventory tracker": "tracker",
    "variant inventory qty": "quantity", "inventory quantity": "quantity",
    "variant inventory policy": "policy", "continue selling when out of stock": "policy",
    "variant price": "price", "price": "price",
    "variant compare at price": "compare_at", "compare-at price": "compare_at", "compare at price": "compare_at",
}  # fmt: skip
_OPTION = re.compile(r"option([123]) (name|value)")
_METAFIELD = re.compile(r"(?P<name>.+?)\s*\((?:product|variant)?\.?metafields\..*\)", re.IGNORECASE)
_GOOGLE = re.compile(r"google shopping / (?P<name>gender|age group|mpn|condition)")
# They serve the checkout, the tax office and search engines, or repeat prices for other markets.
_LEFT_OUT = re.compile(
    r"(?:variant )?(?:inventory|fulfillment|requires|taxable|weight|tax|unit price|charge|cost)\b.*|cost per item|"
    r"option[123] linked to|image alt text|seo .*|google shopping / .*|(?:included|price|compare[ -]at price) / .*|"
    r"template suffix|collection|published scope",
)


def key(column: str) -> str | None:
    """Our name of a column that we read (`option1 name`, `price`), None for any other."""
    name = " ".join(column.casefold().split())
    return name if _OPTION.fullmatch(name) else _NAMES.get(name)


def attribute(column: str) -> str | None:
    """The attribute that a column we do not read is kept as: metafields by their name; None if it is left out."""
    if metafield := _METAFIELD.fullmatch(column):
        return metafield["name"]
    name = " ".join(column.casefold().split())
    if google := _GOOGLE.fullmatch(name):
        return google["name"]
    return None if _LEFT_OUT.fullmatch(name) else column
