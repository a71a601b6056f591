"""The kind of thing a shopper wants: a noun that heads its phrase (手机, not the 手机 of 手机壳)."""

import re

from catalog.lexicon import attribute_names
from guide.model import Constraint
from guide.understand.found import NOTHING, Found
from guide.understand.shop import Shop
from guide.understand.sold import Noun
from guide.understand.text import Phrase, lookup
from index.filters import Filter

# A Chinese noun before one of these ends its phrase; before another character it only modifies what follows.
_HAN_FOLLOWS = re.compile(
    r"$|[^\u3400-\u9fff]"
    r"|[的有吗呢吧呀啊么哪推多便预不要在和或与跟能可适给送是怎价以最谁好卖都里中呗嘛吸防带支续噪重几从到来又怕加想]"
    r"|[什谢哈比没还用退包现品牌]|比较|低于|高于|少于|大概|左右|一共"
)
# An English singular noun before a content word modifies it (phone case); before one of these it is the head.
_LATIN_FOLLOWS = re.compile(
    r"\s*$|\s*[^\sA-Za-z]|\s+(?:with|without|for|under|below|over|above|between|that|which|in|on|at|from|by|is|are|do|does|"
    r"has|have|had|can|should|would|will|to|and|or|vs|up|less|more|around|about|than|please|you|i|we|cheaper|costs?|"
    r"made|using|not|no|but|if|only|suitable|good|best|currently|available|now|within|rated)\b",
    re.IGNORECASE,
)


def heads(text: str, phrases: list[Phrase], shop: Shop) -> list[tuple[Phrase, Noun]]:
    """Nouns of the shop's categories and types that head a phrase, left to right."""
    features = [phrase for phrase, _ in lookup(phrases, attribute_names())]
    return [hit for hit in lookup(phrases, shop.nouns) if is_head(text, hit[0]) and not _inside(hit[0], features)]


def _inside(phrase: Phrase, longer: list[Phrase]) -> bool:
    """Whether the noun is part of an attribute's name: the charging of wireless charging."""
    return any(p.start <= phrase.start and phrase.end <= p.end and len(p.folded) > len(phrase.folded) for p in longer)


def is_head(text: str, phrase: Phrase) -> bool:
    """Whether a noun ends its phrase rather than modifying what follows."""
    last = text[phrase.end - 1]
    if not last.isascii():
        return _HAN_FOLLOWS.match(text, phrase.end) is not None
    plural = last.lower() == "s" and phrase.end - phrase.start > 3
    return plural or _LATIN_FOLLOWS.match(text, phrase.end) is not None


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
