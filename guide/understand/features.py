"""What a product is to have or to lack, yes or no: 无线, waterproof, 能进洗碗机, decaf; for how many people it is."""

import re
from collections.abc import Container, Iterator

from guide.model import Constraint
from guide.understand.found import Found, join
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.text import Span, lookup, phrases
from index.filters import Filter, RangeFilter

_DATA = load("features")
_HAS = {key: pattern(words) for key, words in _DATA["has"].items()}
_LACKS = {key: pattern(words) for key, words in _DATA["lacks"].items()}
_SLEEPS = {int(people): pattern(words) for people, words in _DATA["sleeps"].items()}
_CAPACITY = "sleeps"
_STRICT = frozenset({"vegan", "organic", "cruelty_free", "gluten_free", "latex_free", "bpa_free"})
"""Who asks for these wants no thing that is silent on them."""


def absent(text: str, shop: Shop) -> Found:
    """Features that one word denies (decaf, 有线), read before the words of negation."""
    return join([_found(key, text, span, False) for key, span in _hits(text, _LACKS, shop.attributes)])


def read(text: str, shop: Shop, categories: tuple[str, ...]) -> Found:
    """Features named in a wish for a kind of thing, where products of that kind state them at all.

    A feature that no product of the kind states stays with the words that are searched: as a filter it would only
    hide everything. The longest name holds: 无线充电 is not 无线.
    """
    stated = {key for key in set(shop.booleans.values()) if key in _STRICT or shop.coverage(key, categories) > 0}
    named = [(key, (phrase.start, phrase.end)) for phrase, key in lookup(phrases(text), shop.booleans)]
    hits = _longest([*((key, span) for key, span in named if key in stated), *_hits(text, _HAS, stated)])
    found = [_found(key, text, span, True) for key, span in dict(reversed(hits)).items()]
    if shop.coverage(_CAPACITY, categories) > 0:
        found += [_people(text, people, match) for people, words in _SLEEPS.items() if (match := words.search(text))]
    return join(found)


def spans(text: str) -> list[Span]:
    """Where the text speaks of any feature, whatever the shop states."""
    return [match.span() for words in (*_HAS.values(), *_LACKS.values()) for match in words.finditer(text)]


def named(text: str, shop: Shop) -> list[str]:
    """Keys of the features that the text names and products of the shop state."""
    keys = [key for _, key in lookup(phrases(text), shop.booleans)]
    return list(dict.fromkeys([*keys, *(key for key, _ in _hits(text, _HAS, shop.attributes))]))


def exact(text: str, shop: Shop) -> tuple[str, bool] | None:
    """The feature that the whole text names, and whether naming it says that a product has it."""
    for rules, has in ((_LACKS, False), (_HAS, True)):
        for key, words in rules.items():
            if key in shop.attributes and words.fullmatch(text):
                return key, has
    return None


def _hits(text: str, rules: dict[str, re.Pattern[str]], keys: Container[str]) -> Iterator[tuple[str, Span]]:
    for key, words in rules.items():
        if key in keys and (match := words.search(text)):
            yield key, match.span()


def _longest(hits: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Without hits that lie wholly inside a longer one of another key."""
    return [
        (key, (start, end))
        for key, (start, end) in hits
        if not any(other != key and s <= start and end <= e and e - s > end - start for other, (s, e) in hits)
    ]


def _found(key: str, text: str, span: Span, value: bool) -> Found:
    return Found(
        filter=Filter(attributes={key: [value]}),
        constraints=(Constraint(key, text[slice(*span)], str(value).lower()),),
        spans=() if value else (span,),
    )


def _people(text: str, people: int, match: re.Match[str]) -> Found:
    return Found(
        filter=Filter(attributes={_CAPACITY: RangeFilter(min=people, max=people)}),
        constraints=(Constraint(_CAPACITY, match.group(), str(people)),),
    )
