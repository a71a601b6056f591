"""Products that a question names, and those that "it" or 第二个 points back to."""

import re
from itertools import pairwise

import msgspec

from catalog.lexicon import fold
from guide.model import Question
from guide.understand.brands import FITS_BEFORE
from guide.understand.intent import asks
from guide.understand.names import is_model
from guide.understand.shop import Shop
from guide.understand.spelling import brand_names
from guide.understand.text import Phrase, lookup, phrases

_JOINTS = re.compile(
    r"\s(?:vs\.?|versus|and|or|than|compared (?:to|with))\s|和|与|跟|还是|或者?|对比|比|[,，、;；]|\s/\s", re.IGNORECASE
)
_MOST_OF_A_BRAND = 200
"""A brand with more products than this is no hint at one of them."""
_ENOUGH = 1.5
"""Evidence that makes a name: a model number or two words of a title, or one word with a brand, a capital or a kind."""


class Mentions(msgspec.Struct, frozen=True):
    """Product ids in the order of mention, the words that named them, and words that point to nothing."""

    ids: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    unresolved: str = ""


def named(text: str, shop: Shop) -> Mentions:
    """Products that the text names by title, part of a title or model number; at most one between two joints."""
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for start, end in _segments(text):
        ids, used = _resolve(text, start, end, shop)
        found.update(dict.fromkeys(ids))
        spans += used
    return Mentions(tuple(found), tuple(spans))


def _segments(text: str) -> list[tuple[int, int]]:
    cuts = [(0, 0), *(match.span() for match in _JOINTS.finditer(text)), (len(text), len(text))]
    return [(before[1], after[0]) for before, after in pairwise(cuts) if after[0] > before[1]]


def _resolve(text: str, start: int, end: int, shop: Shop) -> tuple[list[str], list[tuple[int, int]]]:
    """The best-named product between two places; equals share the place, a name too weak is none."""
    local = _shifted(text[start:end], start)
    hits = [hit for hit in shop.names.find(local) if not _is_fitted(text, hit[0], shop)]
    if not hits:
        return [], []
    brands = {brand for _, names in lookup(local, shop.brands) for brand in names}
    nouns = {category for _, noun in lookup(local, shop.nouns) for category in noun.categories}
    scores: dict[str, float] = {}
    for phrase, ids in hits:
        for product_id in ids:
            scores[product_id] = scores.get(product_id, 0.0) + _strength(text, phrase)
    for product_id in scores:
        item = shop.items[product_id]
        scores[product_id] += (item.brand in brands) + 0.5 * (item.category in nouns)
    best = max(scores.values())
    if best < _ENOUGH:
        return [], []
    said = {phrase.squeezed for phrase in local}
    tied = {name: shop.names.words[name] for name, score in scores.items() if score == best}
    closeness = {name: (len(words & said), -len(words - said)) for name, words in tied.items()}
    chosen = [name for name in tied if closeness[name] == max(closeness.values())]
    if len(chosen) > 1:  # a name that several products bear to the same degree names none
        return [], []
    used = [(phrase.start, phrase.end) for phrase, ids in hits if not set(chosen).isdisjoint(ids)]
    return chosen, used


def _is_fitted(text: str, phrase: Phrase, shop: Shop) -> bool:
    """Whether the named thing is only what something else must fit: toner for (Xerox) CopyCentre C65."""
    lead = text[: phrase.start].rstrip()
    head, _, last = lead.rpartition(" ")
    before = head if fold(last) in shop.brands else lead
    fits = FITS_BEFORE.search(before)
    return bool(fits and before[: fits.start()].strip()) and not asks(text)


def _shifted(text: str, by: int) -> list[Phrase]:
    return [Phrase(p.start + by, p.end + by, p.folded, p.squeezed) for p in phrases(text)]


def _strength(text: str, phrase: Phrase) -> float:
    words = phrase.folded.split()
    written = text[phrase.start : phrase.end]
    if any(is_model(word) for word in (*words, phrase.squeezed if len(words) < 2 else "")) or len(phrase.squeezed) > 16:
        return 2.0
    if not written.isascii() or any(word.isdigit() for word in words):
        return 1.5
    capital = any(letter.isupper() for letter in written) and phrase.start > 0
    return (
        (1.0 if len(words) > 1 else 0.5)
        + (0.5 if capital else 0.0)
        + (0.5 if "the " in text[: phrase.start].lower()[-4:] else 0.0)
    )


_COUNTED = r"(?:个|款|件|双|只|台|条|种)"
_NUMBERED = (
    ("一", "first|1st|number one"), ("二", "second|2nd|number two"), ("三", "third|3rd|number three"),
    ("四", "fourth|4th"), ("五", "fifth|5th"),
)  # fmt: skip
_ORDINALS = (
    *(
        (place, re.compile(rf"第{han}{_COUNTED}|\b(?:the )?(?:{english})(?: one)?\b", re.IGNORECASE))
        for place, (han, english) in enumerate(_NUMBERED)
    ),
    (-1, re.compile(rf"最后一?{_COUNTED}|\bthe last one\b", re.IGNORECASE)),
)
_ALL = re.compile(
    r"这(?:两|三|几|些)|它们|(?:两|三)(?:个|款|者)|\b(?:both|them|these(?: two| three)?|those|all of them)\b",
    re.IGNORECASE,
)
_IT = re.compile(
    r"这(?:款|个|件|双|只|台|条|部|把|张|本|瓶|盒|种)?(?!些|里|边|样|么|几|两|三)|那(?:款|件|双|只|台|条|部)|(?:该|此)(?:款|商品|产品)|它(?!们)|"
    r"\b(?:it|its|it's)\b|\bth(?:is|at) (?:one|product|item|model|thing)\b|\bthis\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\b(?:is|does|can|will) it (?:possible|matter|cost|take)\b|\bit'?s? (?:is )?for\b|\bmake it\b", re.IGNORECASE
)


def pointed(text: str, question: Question) -> Mentions:
    """Products that the text points back to: in the client's `product_ids`, else in the products last shown."""
    before = shown(question)
    ordinals = [(match.start(), match, place) for place, pattern in _ORDINALS for match in pattern.finditer(text)]
    if ordinals:
        return _ordinal(sorted(ordinals, key=lambda hit: hit[0]), before)
    every, one = _ALL.search(text), _IT.search(text)
    if every and len(before) > 1:
        return Mentions(before, (every.span(),))
    if one is None or _EMPTY_IT.search(text):
        return Mentions()
    if len(before) == 1:
        return Mentions(before, (one.span(),))
    return Mentions(unresolved=one.group())


def _ordinal(hits: list[tuple[int, re.Match[str], int]], shown: tuple[str, ...]) -> Mentions:
    if not shown:
        return Mentions(unresolved=hits[0][1].group().strip())
    missing = [match.group() for _, match, place in hits if place >= len(shown)]
    if missing:
        return Mentions(unresolved=missing[0].strip())
    return Mentions(tuple(dict.fromkeys(shown[place] for _, _, place in hits)), tuple(m.span() for _, m, _ in hits))


def shown(question: Question) -> tuple[str, ...]:
    """The products that "it" can mean: those of the page, else those of the last answer that showed any."""
    if question.product_ids:
        return question.product_ids
    for turn in reversed(question.history):
        if turn.role == "assistant" and turn.product_ids:
            return tuple(turn.product_ids)
    return ()


def by_brand(text: str, brand: str, shop: Shop) -> tuple[str, ...]:
    """The one product of a brand whose title shares most words with the text, if no other shares as many."""
    ids = shop.by_brand.get(brand, ())
    if not ids or len(ids) > _MOST_OF_A_BRAND:
        return ()
    own = {phrase.squeezed for name in brand_names(brand) for phrase in phrases(name)}
    said = {phrase.squeezed for phrase in phrases(text) if len(phrase.squeezed) > 1} - own
    scores = {product_id: _shared(shop.items[product_id].titles, said) for product_id in ids}
    best = max(scores.values())
    chosen = tuple(product_id for product_id, score in scores.items() if score == best)
    return chosen if len(chosen) == 1 and (best > 0 or len(ids) == 1) else ()


def _shared(titles: tuple[str, ...], said: set[str]) -> int:
    return max(len(said & {phrase.squeezed for phrase in phrases(title)}) for title in titles)
