"""Whether words that look like a product's name only describe a kind of thing: 14-inch laptop, 1.5 升, 麻辣."""

import re
from collections.abc import Iterable

from catalog import quantity
from catalog.lexicon import attribute_names
from guide.understand import features
from guide.understand.shop import Shop
from guide.understand.text import Span, blank, lookup, phrases

_DEFINITE = re.compile(r"(?:\b(?:the|this|that|your)|[这那](?:款|个|台|双|只|件|条)?)\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")


def only(text: str, spans: Iterable[Span], shop: Shop) -> bool:
    """Whether every span is made of nouns, values, features and measures of the shop, none after `the` or 这."""
    rest = _undescribed(text, shop)
    return all(not _DEFINITE.search(text, 0, start) and not _WORD.search(rest, start, end) for start, end in spans)


def _undescribed(words: str, shop: Shop) -> str:
    """The text without the words that describe things of this shop."""
    parts = phrases(words)
    known = [hit[0] for table in (shop.nouns, shop.values, attribute_names()) for hit in lookup(parts, table)]
    spans = [(phrase.start, phrase.end) for phrase in known]
    spans += [(found.start, found.end) for found in quantity.parse(words)]
    spans += features.spans(words)
    return blank(words, spans)
