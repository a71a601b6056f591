"""A schema.org Product or ProductGroup as a row of `catalog.feeds.grouping`."""

from typing import Any

from catalog.feeds.grouping import Row
from catalog.feeds.located import LINE
from catalog.feeds.offers import number
from catalog.feeds.schema_offer import Problem, offer, read_condition
from catalog.feeds.schema_values import categories, images, language, many, name, properties, quantity

IDS = ("sku", "productID", "mpn", "gtin", "gtin13", "gtin14", "gtin12", "gtin8", "@id", "url")
"""Where the id is looked for, first one first."""
_GTINS = ("gtin", "gtin13", "gtin14", "gtin12", "gtin8", "isbn")
_NAMED = {
    "material": "material", "pattern": "pattern", "model": "model", "manufacturer": "manufacturer", "mpn": "mpn",
    "countryOfOrigin": "country of origin", "releaseDate": "release date", "award": "award", "slogan": "slogan",
}  # fmt: skip
_MEASURED = ("weight", "height", "width", "depth")
_OPTIONS = ("color", "size")
_READ = {
    *IDS, *_GTINS, *_NAMED, *_MEASURED, *_OPTIONS, LINE, "@type", "@context", "name", "description", "brand",
    "category", "image", "url", "offers", "additionalProperty", "aggregateRating", "review", "reviews", "inLanguage",
    "keywords", "dateModified", "hasVariant", "variesBy", "productGroupID", "isVariantOf", "inProductGroupWithID",
    "itemCondition",
}  # fmt: skip
_LEFT_OUT = {
    "mainEntityOfPage", "mainEntity", "potentialAction", "isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor",
    "isConsumableFor", "logo", "identifier", "sameAs", "subjectOf", "hasMerchantReturnPolicy", "shippingDetails",
    "interactionStatistic", "hasMeasurement", "productionDate", "purchaseDate", "disambiguatingDescription",
    "thumbnailUrl", "audience", "video", "@graph", "positiveNotes", "negativeNotes",
}  # fmt: skip
"""Links, actions and media of the page, of which an answer about the product makes no use."""


def identify(node: Row, *, first: tuple[str, ...] = ()) -> str:
    """The id of a thing, "" if it has none."""
    return next((text for key in (*first, *IDS) if (text := name(node.get(key)))), "")


def product(node: Row, default_language: str | None = None) -> tuple[Row, list[Problem]]:
    """The row and what is odd about it; what a shopper chooses by stands under `options`."""
    found, condition, problems = offer(node.get("offers"))
    condition = condition or read_condition(node)
    row: Row = {
        "type": "product",
        "id": identify(node),
        "title": name(node.get("name")) or "",
        "description": name(node.get("description")),
        "brand": name(node.get("brand")),
        "categories": categories(node.get("category")),
        "images": images(node.get("image")),
        "url": name(node.get("url")) or _url(node.get("offers")),
        "gtin": next((text for key in _GTINS if (text := name(node.get(key)))), None),
        "offer": found,
        "rating": rating(node.get("aggregateRating")),
        "reviews": reviews(node.get("review") or node.get("reviews"), default_language),
        "tags": _tags(node.get("keywords")),
        "language": language(node.get("inLanguage")) or default_language,
        "updated_at": name(node.get("dateModified")),
    }
    attributes = {label: text for key, label in _NAMED.items() if (text := name(node.get(key)))}
    attributes |= {key: value for key in _MEASURED if (value := quantity(node.get(key))) not in (None, "", [], {})}
    attributes |= {"condition": condition} if condition else {}
    row["attributes"] = attributes | properties(node.get("additionalProperty"))
    row["options"] = {key: text for key in _OPTIONS if (text := name(node.get(key)))}
    other, left = _others(node)
    kept = {key: value for key, value in (other | row).items() if value not in (None, [], {})}
    return kept, problems + left


def rating(value: Any) -> Row | None:
    """Mean stars of at most five, whatever the best rating is called; None without a value."""
    node = next((item for item in many(value) if isinstance(item, dict)), {})
    stars = _stars(node)
    count = number(node.get("reviewCount") or node.get("ratingCount") or 0)
    return None if stars is None else {"value": stars, "count": count}


def reviews(value: Any, default_language: str | None) -> list[Row]:
    """Reviews that say something; a bare rating is in the mean already, and who wrote it is nobody's business."""
    found = []
    for node in [item for item in many(value) if isinstance(item, dict)]:
        text = name(node.get("reviewBody")) or name(node.get("description")) or name(node.get("name"))
        stars = next((_stars(item) for item in many(node.get("reviewRating")) if isinstance(item, dict)), None)
        own = {
            "id": name(node.get("identifier")),
            "text": text,
            "rating": stars,
            "date": name(node.get("datePublished")),
            "language": language(node.get("inLanguage")) or default_language,
        }
        if text:
            found.append({key: item for key, item in own.items() if item is not None})
    return found


def _stars(node: Row) -> Any:
    value, best = number(node.get("ratingValue")), number(node.get("bestRating") or 5)
    if isinstance(value, str):
        value = number(value.replace(",", "."))
    scaled = isinstance(value, int | float) and isinstance(best, int | float) and best > 0 and best != 5
    return round(value * 5 / best, 2) if scaled else value


def _tags(value: Any) -> list[str]:
    words = [part for item in many(value) if (text := name(item)) for part in text.split(",")]
    return [word.strip() for word in words if word.strip()]


def _url(offers: Any) -> str | None:
    return next((text for item in many(offers) if isinstance(item, dict) and (text := name(item.get("url")))), None)


def _others(node: Row) -> tuple[Row, list[Problem]]:
    """Properties that we have no word for: texts and numbers stay, objects by their name, the rest is reported."""
    kept: Row = {}
    problems = []
    for key in sorted(node.keys() - _READ - _LEFT_OUT):
        value = node[key]
        plain = value if isinstance(value, str | int | float) else name(value)
        if plain is not None:
            kept[key] = plain
        elif value not in (None, "", [], {}):
            problems.append(Problem("unknown_field", key, "", "a product has no place for it; it was left out"))
    return kept, problems
