"""Products that a question names."""

import re
from itertools import pairwise

import msgspec

from catalog.lexicon import fold
from guide.understand.brands import FITS_BEFORE
from guide.understand.intent import asks, compares, wants
from guide.understand.names import calls, is_model
from guide.understand.shop import Shop
from guide.understand.spelling import brand_names
from guide.understand.text import Phrase, blank, lookup, phrases

_JOINTS = re.compile(
    r"\s(?:vs\.?|versus|and|or|than|compared (?:to|with))\s|和|与|跟|还是|或者?|对比|比|[,，、;；]|\s/\s", re.IGNORECASE
)
_MOST_OF_A_BRAND = 200
"""A brand with more products than this is no hint at one of them."""
_DENIED = re.compile(r"(?<=不是)[^,。;)]{1,8}|\bnot (?:the )?[\w-]+", re.IGNORECASE)
STRONG = 1.5
"""Evidence that makes a name: a model number or two words of a title, or one word with a brand, a capital or a kind."""
SURE = 2.0
"""A model number, or a name as long as one."""
_ENOUGH_BESIDE = 1.0
"""Less will do beside another named product."""


class Mentions(msgspec.Struct, frozen=True):
    """Product ids in the order of mention, the words that named them, and words that point to nothing."""

    ids: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    unresolved: str = ""


def named(text: str, shop: Shop) -> Mentions:
    """Products that the text names by title, part of a title or model number; at most one between two joints."""
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    segments = _segments(text)
    resolved = [_resolve(text, start, end, shop, STRONG) for start, end in segments]
    if any(ids for ids, _ in resolved) and compares(text):  # what a named product is set against is named too
        pairs = zip(resolved, segments, strict=True)
        resolved = [one if one[0] else _resolve(text, start, end, shop, _ENOUGH_BESIDE) for one, (start, end) in pairs]
    if compares(text) and (asks(text) or not wants(text)) and len(segments) > 1:
        pairs = zip(resolved, segments, strict=True)
        branded = [one if one[0] else (_of_brand(text[start:end], shop), []) for one, (start, end) in pairs]
        if sum(bool(ids) for ids, _ in branded) > 1:  # one alone is a wish for that brand
            resolved = branded
    for ids, used in resolved:
        found.update(dict.fromkeys(ids))
        spans += used
    return Mentions(tuple(found), tuple(spans))


def _segments(text: str) -> list[tuple[int, int]]:
    cuts = [(0, 0), *(match.span() for match in _JOINTS.finditer(text)), (len(text), len(text))]
    return [(before[1], after[0]) for before, after in pairwise(cuts) if after[0] > before[1]]


def _resolve(text: str, start: int, end: int, shop: Shop, enough: float) -> tuple[list[str], list[tuple[int, int]]]:
    """The best-named product between two places; equals share the place, a name too weak is none."""
    local = _shifted(text[start:end], start)
    hits = [hit for hit in shop.names.find(local) if not _is_fitted(text, hit[0], shop)]
    if not hits:
        return [], []
    brands = {brand for _, names in lookup(local, shop.brands) for brand in names}
    nouns = {category for _, noun in lookup(phrases(text), shop.nouns) for category in noun.categories}
    scores: dict[str, float] = {}
    for phrase, ids in hits:
        for product_id in ids:
            scores[product_id] = scores.get(product_id, 0.0) + strength(text, phrase)
    for product_id in scores:
        item = shop.items[product_id]
        scores[product_id] += (item.brand in brands) + 0.5 * (item.category in nouns)
    best = max(scores.values())
    if best < enough:
        return [], []
    said = {phrase.squeezed for phrase in local}
    tied = {name: shop.names.words[name] for name, score in scores.items() if score == best}
    closeness = {name: _closeness(words, said, text[start:end]) for name, words in tied.items()}
    chosen = [name for name in tied if closeness[name] == max(closeness.values())]
    if len(chosen) > 1:  # a name that several products bear to the same degree names none
        return [], []
    used = [(phrase.start, phrase.end) for phrase, ids in hits if not set(chosen).isdisjoint(ids)]
    return chosen, used


def _closeness(words: frozenset[str], said: set[str], text: str) -> tuple[int, int]:
    """Of a product's name words, how many the text says, and how few it leaves out."""
    used = sum(word in said or calls(text, word) for word in words)
    return used, used - len(words)


def _is_fitted(text: str, phrase: Phrase, shop: Shop) -> bool:
    """Whether the named thing is only what something else must fit: toner for (Xerox) CopyCentre C65."""
    lead = text[: phrase.start].rstrip()
    head, _, last = lead.rpartition(" ")
    before = head if fold(last) in shop.brands else lead
    fits = FITS_BEFORE.search(before)
    return bool(fits and before[: fits.start()].strip()) and not asks(text)


def _shifted(text: str, by: int) -> list[Phrase]:
    return [Phrase(p.start + by, p.end + by, p.folded, p.squeezed) for p in phrases(text)]


def strength(text: str, phrase: Phrase) -> float:
    """How surely these words are a name: a model number 2, Chinese or several numbered or capitalised words 1.5."""
    words, written = phrase.folded.split(), text[phrase.start : phrase.end]
    if any(is_model(word) for word in (*words, phrase.squeezed if len(words) < 2 else "")) or len(phrase.squeezed) > 16:
        return SURE
    if not written.isascii() or any(word.isdigit() for word in words):
        return 1.5
    capital = any(letter.isupper() for letter in written) and (phrase.start > 0 or len(words) > 1)
    numbered = any(letter.isdigit() for letter in written)
    definite = text[: phrase.start].lower().endswith("the ")
    return (1.0 if len(words) > 1 or numbered else 0.5) + 0.5 * capital + 0.5 * definite


def _of_brand(text: str, shop: Shop) -> list[str]:
    """The product of a segment that names one brand and shares words with one of its titles."""
    brands = {brand for _, names in lookup(phrases(text), shop.brands) for brand in names}
    return list(by_brand(text, brands.pop(), shop)) if len(brands) == 1 else []


def by_brand(text: str, brand: str, shop: Shop) -> tuple[str, ...]:
    """The one product of a brand whose title shares most words with the text, if no other shares as many."""
    ids = shop.by_brand.get(brand, ())
    if not ids or len(ids) > _MOST_OF_A_BRAND:
        return ()
    own = {phrase.squeezed for name in brand_names(brand) for phrase in phrases(name)}
    denied = [match.span() for match in _DENIED.finditer(text)]
    said = {phrase.squeezed for phrase in phrases(blank(text, denied)) if len(phrase.squeezed) > 1} - own
    not_said = {phrase.squeezed for start, end in denied for phrase in phrases(text[start:end])} - said
    titles = {product_id: shop.items[product_id].titles for product_id in ids}
    scores = {name: _shared(texts, said) - _shared(texts, not_said) for name, texts in titles.items()}
    best = max(scores.values())
    chosen = tuple(product_id for product_id, score in scores.items() if score == best)
    return chosen if len(chosen) == 1 and (best > 0 or len(ids) == 1) else ()


def _shared(titles: tuple[str, ...], said: set[str]) -> int:
    return max(len(said & {phrase.squeezed for phrase in phrases(title)}) for title in titles)
