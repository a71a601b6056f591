"""Names of Agentic Commerce Protocol fields.

Three shapes of the feed are in use, and all are read: flat rows under the names of 2025 (`id`, `link`, `image_link`,
`item_group_id`), flat rows under those of 2026 (`item_id`, `url`, `image_url`, `group_id`, `variant_dict`), and the
nested one of the protocol's own schema (`media`, `variants[]` with `variant_options[]`).
"""

import re

from catalog.feeds.grouping import Row

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("item_id", "id", "sku"),
    "group": ("group_id", "item_group_id"),
    "group_title": ("item_group_title", "group_title"),
    "title": ("title", "name"),
    "description": ("description",),
    "url": ("url", "link"),
    "image": ("image_url", "image_link"),
    "images": ("additional_image_urls", "additional_image_link", "additional_image_links"),
    "media": ("media",),
    "brand": ("brand",),
    "categories": ("product_category", "categories", "category"),
    "gtin": ("gtin",),
    "barcodes": ("barcodes",),
    "price": ("price",),
    "sale_price": ("sale_price",),
    "list_price": ("list_price",),
    "currency": ("currency",),
    "availability": ("availability",),
    "stock": ("inventory_quantity", "quantity", "inventory"),
    "rating": ("star_rating", "product_review_rating"),
    "votes": ("review_count", "product_review_count"),
    "questions": ("q_and_a",),
    "reviews": ("raw_review_data", "reviews"),
    "language": ("language", "content_language"),
    "updated_at": ("updated_at",),
    "tags": ("tags",),
    "variants": ("variants",),
    "shown": ("enable_search", "is_eligible_search"),
    "weight": ("item_weight", "weight"),
    "weight_unit": ("item_weight_unit",),
    "sale_dates": ("sale_price_effective_date",),
    "sale_starts": ("sale_price_start_date",),
    "sale_ends": ("sale_price_end_date",),
}
"""Our word for a value, and the names it goes under, first one first."""
OPTIONS = ("color", "size", "size_system")
ATTRIBUTES = (
    "condition", "material", "pattern", "dimensions", "age_group", "gender", "mpn", "warning", "warning_url",
    "seller_name", "expiration_date", "pickup_method",
)  # fmt: skip
IGNORED = {
    "variant_dict", "variant_options",
    "enable_checkout", "is_eligible_checkout", "is_eligible_ads", "listing_has_variations", "type",
    "seller_url", "seller_privacy_policy", "seller_tos", "seller", "marketplace", "marketplace_seller", "store_country",
    "target_countries", "geo_price", "geo_availability", "shipping", "shipping_price", "offer_id", "popularity_score",
    "return_rate", "store_review_count", "store_review_rating", "store_star_rating", "related_product_id",
    "relationship_type", "video_link", "video_url", "model_3d_link", "model_3d_url", "unit_price",
    "applicable_taxes_fees",
}  # fmt: skip
"""Fields for the agent's checkout and ranking, which say nothing about the product."""
_CUSTOM = re.compile(r"custom_variant[0-9]_(category|option)")


_WORDS = {name: (word, rank) for word, names in NAMES.items() for rank, name in enumerate(names)}
_TAKEN = IGNORED | {*OPTIONS, *ATTRIBUTES}


def split_names(value: Row) -> tuple[Row, Row]:
    """The values under our words, and those that no word, attribute or option takes: (known, other)."""
    known: Row = {}
    other: Row = {}
    ranks: dict[str, int] = {}
    for name, item in value.items():
        word, rank = _WORDS.get(name, ("", 0))
        if word and item not in (None, "", [], {}) and rank <= ranks.get(word, rank):
            known[word], ranks[word] = item, rank
        elif not word and name not in _TAKEN and not _CUSTOM.fullmatch(name):
            other[name] = item
    return known, other
