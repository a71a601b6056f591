"""Stock, rating and order of the results: 有货的, in stock, 4.5分以上, best rated, 按价格从低到高."""

import re

from catalog import numerals
from guide.model import Constraint
from guide.understand.found import NOTHING, Found
from guide.understand.rules import load, pattern
from index.filters import Filter, Sort

_RULES = load("offers")
_IN_STOCK, _NOT_STOCK, _WELL_RATED = (pattern(_RULES[name]) for name in ("in_stock", "not_stock", "well_rated"))
_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = tuple(
    (name, pattern(words)) for name, words in _RULES["sort"].items()
)
_LIKED = 4.0
"""Stars of what is well rated, when no number is said: the usual filter of shops, "4 stars and up"."""
_PARTS = {name: f"(?:{'|'.join(lines)})" for name, lines in _RULES["stars"].items() if name != "said"}
_RATING = tuple(
    re.compile(written.format(N=f"(?P<n>{_PARTS['number']})(?!\\d)", **_PARTS), re.IGNORECASE)
    for written in _RULES["stars"]["said"]
)
_RATED = re.compile(r"star|分|星|评|口碑|rat|review|score", re.IGNORECASE)


def stock(text: str) -> Found:
    """`in_stock`, when a shopper wants only what can be had now."""
    match = _IN_STOCK.search(text)
    if match is None or _NOT_STOCK.search(text[: match.start()]):
        return NOTHING
    return Found(
        filter=Filter(in_stock=True),
        constraints=(Constraint("in_stock", match.group(), "true"),),
        spans=(match.span(),),
    )


def rating(text: str) -> Found:
    """The least rating, 0 to 5."""
    for stated in _RATING:
        match = stated.search(text)
        if match and _RATED.search(match.group()) and 0 < (stars := _stars(match["n"])) <= 5:
            return _at_least(stars, match)
    liked = _WELL_RATED.search(text)
    return _at_least(_LIKED, liked) if liked else NOTHING


def _stars(said: str) -> float:
    return numerals.find(said)[0].value


def _at_least(stars: float, match: re.Match[str]) -> Found:
    return Found(
        filter=Filter(rating_min=stars),
        constraints=(Constraint("rating", match.group().strip(), f"{stars:g}"),),
        spans=(match.span(),),
    )


def sort(text: str) -> tuple[Sort, Found]:
    """The order asked for, and the words that ask for it."""
    for name, asked in _SORTS:
        match = asked.search(text)
        if match:
            return name, Found(constraints=(Constraint("sort", match.group(), name),), spans=(match.span(),))
    return "relevance", NOTHING
