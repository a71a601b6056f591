"""Mapping files: how a merchant's columns become our fields (TOML).

    type = "product"            # record type of every row
    language = "en"             # language of the texts, if no column says it
    currency = "USD"            # currency of the prices, if no column says it
    group = "style"             # rows with one value here are the variants of one product with that id
    ignore = ["image_2"]        # columns to leave out without a note

    [fields]                    # our field = their column
    id = "sku"
    title = "name"
    "offer.price" = { column = "price_cents", scale = "0.01" }
    bullets = { column = "highlights", split = "|" }

    [attributes]                # our attribute name = their column
    color = "colour"
    weight = { column = "weight_kg", unit = "kg" }

    [prefixes]                  # columns that begin so become attributes named by the rest
    "attr_" = ""                # the value is a unit, or "" for none

A field or attribute is a column's name, or a table when the cell needs reading. A file that holds nothing but
`currency` is for a shop whose export names its own fields and no currency, as Shopify's does.
"""

import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from catalog.errors import MappingError

RecordName: TypeAlias = Literal["product", "review", "qa", "faq", "policy", "promotion", "delete"]
_WHOLES = {"offer": "offer.price", "rating": "rating.value", "translations": "translations.zh.title"}
"""Fields that are objects: a column fills a part of them, never all."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a value comes from and how it is read."""

    column: str
    split: str | None = None
    """Separator of a list in one cell."""
    scale: str | None = None
    """Decimal factor of a number, e.g. "0.01" for cents."""
    unit: str | None = None
    """Unit of a number."""


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole mapping file."""

    fields: dict[str, str | Column] = {}
    """Empty in a file that only says the shop's currency, for formats that name their own fields."""
    type: RecordName = "product"
    language: str | None = None
    currency: str | None = None
    group: str | None = None
    """Column whose value is the product's id; its rows are that product's variants. A row without one is a product."""
    attributes: dict[str, str | Column] = {}
    prefixes: dict[str, str] = {}
    ignore: list[str] = []


def column(target: str | Column) -> Column:
    """The long form of a mapping entry."""
    return Column(target) if isinstance(target, str) else target


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises:
        MappingError: not readable, not TOML, an unknown key, or columns are mapped but not that of `id`.
    """
    try:
        mapping = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Mapping)
    except OSError as error:
        raise MappingError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: {error}") from error
    only_currency = mapping == Mapping(currency=mapping.currency) and mapping.currency
    if "id" not in mapping.fields and not only_currency:
        raise MappingError(f'{path}: [fields] must name the column of `id`, e.g. id = "sku"')
    if mapping.group and mapping.type != "product":
        raise MappingError(f"{path}: only products have variants: leave out `group`")
    for name in mapping.fields:
        if name in _WHOLES:
            raise MappingError(f"{path}: map the parts of `{name}`, e.g. {_WHOLES[name]!r}")
        if any(other.startswith(f"{name}.") for other in mapping.fields):
            raise MappingError(f"{path}: `{name}` is mapped as a whole and in parts")
    for name, target in (mapping.fields | mapping.attributes).items():
        _check_scale(path, name, column(target).scale)
    return mapping


def _check_scale(path: Path, name: str, scale: str | None) -> None:
    try:
        usable = scale is None or Decimal(scale).is_finite()
    except InvalidOperation:
        usable = False
    if not usable:
        raise MappingError(f"{path}: scale of {name!r} is not a number: {scale!r}")
