"""The hard constraints of a search, in the shape the wire uses everywhere (docs/api.md)."""

from typing import Literal, TypeAlias

import msgspec

Sort: TypeAlias = Literal["relevance", "price_asc", "price_desc", "rating", "newest"]
RecordType: TypeAlias = Literal["product", "faq", "policy", "review", "qa"]


class PriceFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Minor units of `currency`, both ends included; an offer in another currency never passes."""

    currency: str
    min: int | None = None
    max: int | None = None


class RangeFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A number range, both ends included; `unit` is converted to the column's canonical unit."""

    min: float | None = None
    max: float | None = None
    unit: str | None = None


AttributeFilter: TypeAlias = list[str | bool | int | float] | RangeFilter


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What must hold for one sellable (a variant, or the product if it has none).

    A positive constraint drops sellables whose value is unknown. A `not_` constraint drops only known violators:
    a sellable whose value is unknown passes and is reported as unverified.
    """

    price: PriceFilter | None = None
    brand: list[str] = []
    not_brand: list[str] = []
    category: list[str] = []
    in_stock: bool | None = None
    rating_min: float | None = None
    attributes: dict[str, AttributeFilter] = {}
    not_attributes: dict[str, AttributeFilter] = {}
    ids: list[str] = []

    def __bool__(self) -> bool:
        """True when anything is constrained."""
        return self != _EMPTY


_EMPTY = Filter()
