"""Every constraint of a wish, read in an order that lets no word count twice."""

import msgspec

from guide.model import Audience, Level, Occasion
from guide.understand import brands, budget, features, level, measures, negation, nouns, offers, purposes, values
from guide.understand.found import NOTHING, Found, join
from guide.understand.shop import Shop
from guide.understand.sold import Noun
from guide.understand.text import Phrase, Span, blank, phrases
from index.filters import Filter, Sort


class Constraints(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, and what the intent needs to know of it."""

    found: Found
    sort: Sort
    level: Level
    audience: tuple[Audience, ...]
    occasion: tuple[Occasion, ...]
    currency_missing: str
    nouns: tuple[tuple[Phrase, Noun], ...]
    brands: tuple[brands.Said, ...]
    denied: tuple[Span, ...]
    """Where the text wishes something away ("without a lid", not "isn't it waterproof"): nothing is asked there."""


def read(
    text: str, shop: Shop, locale: str | None, named: tuple[Span, ...] = (), kinds: tuple[str, ...] = ()
) -> Constraints:
    """Constraints in the text; `named` are product names, whose words constrain nothing.

    `kinds` are the categories spoken of where the text names none.
    """
    rest = blank(text, named)
    price, missing = budget.read(rest, shop, locale)
    sort, ordered = offers.sort(rest)
    rated = offers.rating(blank(rest, (*price.spans, *ordered.spans)))
    rest = blank(rest, (*price.spans, *rated.spans, *ordered.spans))
    in_stock = offers.stock(rest)
    rest = blank(rest, in_stock.spans)
    said = brands.said(rest, phrases(rest), shop)
    branded = brands.read(rest, said)
    rest = blank(rest, branded.spans)
    leveled, priced = level.read(rest) if price.filter.price is None else ("", NOTHING)
    rest = blank(rest, priced.spans)
    absent = negation.read(rest, shop)
    rest = blank(rest, absent.spans)
    lacking = features.absent(rest, shop)
    rest = blank(rest, lacking.spans)
    heads = nouns.heads(rest, phrases(rest), shop)
    kind = nouns.read(heads, shop)
    categories = tuple(kind.filter.category) or kinds
    measured = measures.read(rest, shop, categories)
    spans = [(phrase.start, phrase.end) for phrase, _ in heads]
    whom, people = purposes.audience(rest, spans, purposes.years(measured.filter))
    what, occasions = purposes.occasion(rest, spans)
    fitting = Found(filter=purposes.limit(whom, shop, categories))
    sized = [(found.start, found.end) for found in measures.measured(rest, shop, categories)]
    rest = blank(rest, (*measured.spans, *sized))
    featured = features.read(rest, shop, categories)
    valued = values.read(blank(rest, spans), shop, categories, spans)
    parts = [
        price, rated, in_stock, branded, priced, lacking, absent, kind, fitting, featured, valued, measured, ordered,
        people, occasions,
    ]  # fmt: skip
    return Constraints(
        found=join(parts),
        sort=sort,
        level=leveled,
        audience=tuple(whom),
        occasion=tuple(what),
        currency_missing=missing,
        nouns=tuple(heads),
        brands=tuple(said),
        denied=tuple(span for span in absent.spans if negation.wishes(text[slice(*span)])),
    )


def of_a_product(limit: Filter) -> Filter:
    """The part that may choose a form of a product already named: colour, size and the like."""
    return Filter(attributes={key: wanted for key, wanted in limit.attributes.items() if key in _FORMS})


_FORMS = frozenset({"color", "size", "storage", "memory", "capacity", "flavor", "scent", "shade"})
