"""What buyers like best: mean stars, drawn towards the shop's mean where few have rated.

The formula is the weighted rating that IMDb published for its Top 250, v/(v+m)·R + m/(v+m)·C: a product's mean R over
v ratings counts against the mean C of all as if m more people had given C. Here m is the median number of ratings, so
that half of the products are judged mostly by their own.
"""

from collections.abc import Iterable
from statistics import fmean, median
from typing import NamedTuple

from catalog.model import Product
from guide.evidence import Statement
from guide.model import Language


class Prior(NamedTuple):
    """What is thought of a product before anybody rated it."""

    mean: float
    weight: float


def prior(products: Iterable[Product]) -> Prior:
    """The mean of all ratings, with the weight of the median number of them."""
    rated = [product.rating for product in products if product.rating is not None and product.rating.count > 0]
    if not rated:
        return Prior(0.0, 1.0)
    return Prior(fmean(rating.value for rating in rated), median(rating.count for rating in rated))


def standing(product: Product, before: Prior) -> float:
    """0-5: the stars that are to be expected; 0 for what nobody rated, of which nothing is known."""
    rating = product.rating
    if rating is None or rating.count <= 0:
        return 0.0
    return (rating.count * rating.value + before.weight * before.mean) / (rating.count + before.weight)


def stated(product: Product, language: Language) -> Statement | None:
    """The rating as a statement of the record: 4.8 (3,377)."""
    if product.rating is None or product.rating.count <= 0:
        return None
    quote = f"{product.rating.value:g} ({product.rating.count:,})"
    return Statement(record_id=product.id, field="rating", quote=quote, language=language, source="customer")
