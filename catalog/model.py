"""The canonical records: what every feed is turned into, one JSON object a line.

Prices are decimal strings with an ISO 4217 currency; dates are ISO 8601 strings. Attribute values are a
string, a bool, a number, a number with a unit, or a list of strings.
"""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec

Availability = Literal["in_stock", "out_of_stock", "preorder", "backorder"]
PromotionKind = Literal["flash_sale", "group_buy", "coupon", "bundle"]


class Measure(msgspec.Struct, frozen=True):
    """A number with the unit it was given in, e.g. 30 h."""

    value: float
    unit: str


Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
"""How many there are; it must fit a 32-bit column."""
Stars: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=5)]
"""A rating from 0 to 5."""
Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
"""A whole number that a float holds exactly."""

# Order matters: a bool is tried before a number.
AttributeValue: TypeAlias = bool | Whole | float | str | list[str] | Measure
Attributes: TypeAlias = dict[str, AttributeValue]


class _Record(msgspec.Struct, kw_only=True, omit_defaults=True, tag_field="type"):
    """What all records share; `source` names the feed a record came from."""

    id: str
    source: str = ""
    updated_at: str | None = None


class Offer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What it costs and whether it can be had."""

    price: str
    currency: str
    list_price: str | None = None
    availability: Availability = "in_stock"
    stock: Count | None = None
    as_of: str | None = None


class Variant(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A size or colour form; its options override the product's attributes."""

    id: str
    options: dict[str, AttributeValue] = {}
    offer: Offer | None = None


class Rating(msgspec.Struct):
    """Mean stars (0-5) over `count` ratings."""

    value: Stars
    count: Count


class Translation(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A record's texts in another language; what is absent falls back to the base language."""

    title: str | None = None
    description: str | None = None
    bullets: list[str] | None = None
    attributes: Attributes | None = None
    question: str | None = None
    answer: str | None = None
    body: str | None = None


class Product(_Record, tag="product"):
    """The thing that is sold."""

    title: str
    brand: str | None = None
    categories: list[str] = []
    description: str | None = None
    bullets: list[str] = []
    attributes: Attributes = {}
    variants: list[Variant] = []
    offer: Offer | None = None
    url: str | None = None
    images: list[str] = []
    rating: Rating | None = None
    tags: list[str] = []
    language: str | None = None
    translations: dict[str, Translation] = {}
    gtin: str | None = None


class Review(_Record, tag="review"):
    """What one customer says of one product."""

    product_id: str
    text: str
    rating: Stars | None = None
    date: str | None = None
    language: str | None = None


class Qa(_Record, tag="qa"):
    """An answered question about one product."""

    product_id: str
    question: str
    answer: str
    language: str | None = None


class Faq(_Record, tag="faq"):
    """A question the shop answers for everybody."""

    question: str
    answer: str
    category: str | None = None
    language: str | None = None
    translations: dict[str, Translation] = {}


class Policy(_Record, tag="policy"):
    """A longer shop text; blank lines part its sections."""

    title: str
    body: str
    language: str | None = None
    translations: dict[str, Translation] = {}


class Discount(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Either a percentage or an amount with its currency."""

    percent: float | None = None
    amount: str | None = None
    currency: str | None = None


class Promotion(_Record, tag="promotion"):
    """A dated offer on named products."""

    kind: PromotionKind
    product_ids: list[str]
    starts_at: str
    ends_at: str
    price: str | None = None
    discount: Discount | None = None
    stock: Count | None = None
    group_size: Count | None = None
    terms: str | None = None


class Delete(_Record, tag="delete"):
    """Takes the record with this id away."""


Record: TypeAlias = Product | Review | Qa | Faq | Policy | Promotion | Delete

_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
_encoder = msgspec.json.Encoder(order="deterministic")


def decode(line: bytes | str) -> Record:
    """One canonical line as a record.

    Raises:
        msgspec.ValidationError: the line is not a canonical record.
    """
    return _decoder.decode(line)


def convert(value: dict[str, Any]) -> Record:
    """A parsed JSON object as a record (same errors as `decode`)."""
    record: Record = msgspec.convert(value, Record)
    return record


def encode(record: Record) -> bytes:
    """A record as one canonical line, without the line break; equal records give equal bytes."""
    return _encoder.encode(record)


def type_name(record: Record) -> str:
    """The record's `type` as it stands in the JSON."""
    return str(record.__struct_config__.tag)


def as_measure(value: AttributeValue) -> Measure | None:
    """The value as a number with a unit ("" when it has none), or None if it is no number."""
    if isinstance(value, Measure):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Measure(float(value), "")
