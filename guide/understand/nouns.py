"""The kind of thing a shopper wants: a noun that heads its phrase (手机, not the 手机 of 手机壳)."""

import re
from collections.abc import Sequence

from catalog.lexicon import attribute_names, fold, singular
from guide.model import Constraint
from guide.understand import features
from guide.understand.found import NOTHING, Found
from guide.understand.rules import load
from guide.understand.shop import Shop
from guide.understand.sold import Noun
from guide.understand.text import Phrase, Span, lookup
from index.filters import Filter

_RULES = {name: "|".join(lines) for name, lines in load("nouns").items()}
_HAN_FOLLOWS = re.compile(rf"$|[^\u3400-\u9fff]|{_RULES['after_han']}", re.IGNORECASE)
"""A Chinese noun before one of these ends its phrase; before another character it only modifies what follows."""
_LATIN_FOLLOWS = re.compile(rf"\s*$|\s{{2}}|\s*[^\sA-Za-z]|\s+(?:{_RULES['after_latin']})\b", re.IGNORECASE)
"""An English singular noun before a content word modifies it (phone case); before one of these it is the head."""
_SERVES = re.compile(rf"(?:{_RULES['serves']})\s*$", re.IGNORECASE)
"""Before a noun that the wanted thing serves, fits or has, when another noun is wanted."""
_COUNTED = re.compile(r"\d\s?[A-Za-z]{1,3}\s$")
"""512GB storage is a measure of the thing wanted, where another one is named."""
_DEGREES = ("太", "很", "偏", "有点", "更", "超", "不", "里", "外", "方")
_NEXT_WORDS = re.compile(r"(?:\s[A-Za-z-]+){2,3}")
_PAUSE = re.compile(r"[,,。;;!?、\s]")


def heads(text: str, phrases: Sequence[Phrase], shop: Shop) -> list[tuple[Phrase, Noun]]:
    """Nouns of the shop's categories and types that head a phrase, left to right."""
    attributes = [phrase for phrase, _ in lookup(phrases, attribute_names())]
    # Only what can head its phrase competes for being the longest: 露营帐 is a tent, but not in 露营帐篷.
    heading = [phrase for phrase in phrases if _is_noun(phrase, shop) and is_head(text, phrase)]
    named = [hit for hit in lookup(heading, shop.nouns) if not _inside(hit[0], attributes)]
    longer = features.spans(text)
    found = [hit for hit in named if not _is_adjective(text, hit[0]) and not _within(hit[0], longer)]
    whole = [hit for hit in found if not _COUNTED.search(text, 0, hit[0].start)]
    found = whole or found
    wanted = [
        hit
        for at, hit in enumerate(found)
        if not _SERVES.search(text, 0, hit[0].start) and not _owned(text, found[at:])
    ]
    return wanted or found


def _is_noun(phrase: Phrase, shop: Shop) -> bool:
    return phrase.folded in shop.nouns or singular(phrase.folded) in shop.nouns


def _within(phrase: Phrase, longer: list[Span]) -> bool:
    """Whether the noun begins words for a feature: the 手机 of 手机控制; a color printer is a printer."""
    return any(s <= phrase.start and phrase.end < e for s, e in longer)


def _is_adjective(text: str, phrase: Phrase) -> bool:
    """太油 is greasy, no oil; 里面 is inside, no noodles."""
    return phrase.end - phrase.start == 1 and text[: phrase.start].endswith(_DEGREES)


def _owned(text: str, hits: list[tuple[Phrase, Noun]]) -> bool:
    """Whether the first of the nouns only describes the next one: the 硬盘 of 1T硬盘的笔记本."""
    if len(hits) < 2 or set(hits[0][1].categories) & set(hits[1][1].categories):
        return False
    between = text[hits[0][0].end : hits[1][0].start]
    return between.startswith("的") and not _PAUSE.search(between)


def _inside(phrase: Phrase, longer: list[Phrase]) -> bool:
    """Whether the noun is part of an attribute's name: the charging of wireless charging."""
    return any(p.start <= phrase.start and phrase.end <= p.end and len(p.folded) > len(phrase.folded) for p in longer)


def is_head(text: str, phrase: Phrase) -> bool:
    """Whether a noun ends its phrase rather than modifying what follows."""
    last = text[phrase.end - 1]
    if not last.isascii():
        return _HAN_FOLLOWS.match(text, phrase.end) is not None or _has_attribute(text, phrase.end)
    plural = last.lower() == "s" and phrase.end - phrase.start > 3
    return plural or _LATIN_FOLLOWS.match(text, phrase.end) is not None or _is_described(text, phrase.end)


def _is_described(text: str, end: int) -> bool:
    """An air fryer dishwasher safe: two words or more that name an attribute end the phrase too."""
    words = _NEXT_WORDS.match(text, end)
    return words is not None and any(fold(" ".join(words.group().split()[:n])) in attribute_names() for n in (2, 3))


def _has_attribute(text: str, end: int) -> bool:
    """枕头高度: what is asked of the thing follows it at once."""
    return any(text[end : end + length] in attribute_names() for length in (2, 3, 4))


def read(hits: list[tuple[Phrase, Noun]], shop: Shop) -> Found:
    """A category filter, narrowed by `type` where the noun is one and the category states types throughout.

    A shop that leaves many products without a category gets no filter, for it would hide them. The words stay in the
    query: they rank within the category.
    """
    if not hits:
        return NOTHING
    categories = list(dict.fromkeys(category for _, noun in hits for category in noun.categories))
    types: list[str | bool | int | float] = list(dict.fromkeys(name for _, noun in hits for name in noun.types))
    narrow = all(noun.types for _, noun in hits) and shop.coverage("type", categories) >= 0.8
    constraints = [Constraint("category", phrase.folded, ", ".join(noun.categories)) for phrase, noun in hits]
    return Found(
        filter=Filter(category=categories, attributes={"type": types} if narrow else {})
        if shop.categorised
        else Filter(),
        constraints=tuple(constraints),
    )
