"""What the tools give, in the shapes of the Universal Commerce Protocol (Catalog capability, version 2026-08-25).

Amounts are minor units. One liberty is taken: a product that nobody priced has no `price_range` and its variant no
`price`, where the protocol wants one; a price is never made up.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from catalog.money import Money

VERSION = "2026-08-25"


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Which protocol this is, and whether what was asked for exists."""

    version: str = VERSION
    status: Literal["success", "error"] = "success"


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one should know of the result; `path` says of which part."""

    type: Literal["info", "warning", "error"]
    code: str
    content: str
    path: str | None = None
    severity: Literal["recoverable", "unrecoverable"] | None = None


class Description(msgspec.Struct, frozen=True):
    """A text without markup."""

    plain: str


class Category(msgspec.Struct, frozen=True):
    """A category as the shop calls it."""

    value: str
    taxonomy: str = "merchant"


class PriceRange(msgspec.Struct, frozen=True):
    """Cheapest and dearest variant."""

    min: Money
    max: Money


class Media(msgspec.Struct, frozen=True):
    """A picture."""

    type: Literal["image"]
    url: str
    alt_text: str


class OptionValue(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that can be chosen; with get_product whether it exists and can be had with what is selected."""

    label: str
    available: bool | None = None
    exists: bool | None = None


class ProductOption(msgspec.Struct, frozen=True):
    """An option and its values."""

    name: str
    values: list[OptionValue]


class SelectedOption(msgspec.Struct, frozen=True):
    """One value of one option."""

    name: str
    label: str


class Availability(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether it can be had, now or later."""

    available: bool
    status: Annotated[str, Meta(description="in_stock, out_of_stock, preorder or backorder")]
    quantity: int | None = None


class Correlation(msgspec.Struct, frozen=True):
    """The asked id that led here: to this very variant, or to its product."""

    id: str
    match: Literal["exact", "featured"]


class Variant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A form that can be bought; a product without variants is its own only one."""

    id: str
    title: str
    description: Description
    price: Money | None = None
    list_price: Money | None = None
    availability: Availability | None = None
    options: list[SelectedOption] = []
    inputs: list[Correlation] = []


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """Mean stars."""

    value: float
    count: int
    scale_min: int = 0
    scale_max: int = 5


class Attribute(msgspec.Struct, frozen=True):
    """What the record states."""

    name: str
    value: str


class Metadata(msgspec.Struct, frozen=True):
    """The record's own attributes and bullets, in its words."""

    attributes: list[Attribute]
    bullets: list[str]


class Product(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product; its first variant is the featured one."""

    id: str
    title: str
    description: Description
    variants: Annotated[list[Variant], Meta(min_length=1)]
    url: str | None = None
    brand: str | None = None
    categories: list[Category] = []
    price_range: PriceRange | None = None
    media: list[Media] = []
    options: list[ProductOption] = []
    selected: list[SelectedOption] = []
    rating: Rating | None = None
    tags: list[str] = []
    metadata: Metadata | None = None


class Pagination(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the next page begins."""

    has_next_page: bool
    total_count: int
    cursor: str | None = None


class ProductList(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Products that were found."""

    ucp: Envelope
    products: list[Product]
    pagination: Pagination | None = None
    messages: list[Message] = []


class ProductDetail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One product, or an error message where there is none."""

    ucp: Envelope
    product: Product | None = None
    messages: list[Message] = []


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of an FAQ or policy, word for word; `n` is its mark in the answer."""

    n: int
    record_id: str
    field: str
    quote: str
    language: str
    source: str


class ShopAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the shop's texts say; without an answer `outcome` is none of answered, and `reason` says why."""

    outcome: str
    language: str
    answer: str
    sources: list[Source]
    reason: str | None = None
