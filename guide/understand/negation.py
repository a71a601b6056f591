"""What a product must not have: without X, 不含酒精, 无糖, sugar-free; not fooled by 不锈钢 or no-show socks."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from catalog import lexicon
from catalog.lexicon import fold
from guide.model import Constraint
from guide.understand.found import Found, join
from guide.understand.rules import load
from guide.understand.shop import Shop
from guide.understand.text import Span, blank
from guide.understand.values import values_like
from index.filters import AttributeFilter, Filter

_STRONG = (
    r"without|with no|free (?:of|from)|(?:does|do)(?:n't| not) (?:contain|have|include|use|need)|not contain(?:ing)?|"
    r"(?:does|do)(?:n't| not) want|exclud(?:ing|es?)|minus"
)
_BEFORE = re.compile(rf"\b(?P<how>{_STRONG}|no|not)\s+(?:(?:any|added|an?|the|in)\s+)*", re.IGNORECASE)
_FREE = re.compile(r"(?P<what>[A-Za-z][A-Za-z]*(?: [a-z]+)?)[- ]free\b", re.IGNORECASE)
_HAN = re.compile(
    r"(?P<how>不含有?|不带|不添加|不加|无添加|不要[有含带]?|别[含要]|不想要|不需要|不用|别带|没有?|免|无|零|去|0(?=[\u3400-\u9fff]))(?P<what>[A-Za-z\u3400-\u9fff]{1,8})"
)
_HAN_STRONG = re.compile(r"不含|不带|不添加|不加|无添加|不要|不想要|不需要|没")
_HAN_PLAIN = re.compile(r"不含|不带|不添加|不加|无添加")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*")
_STOPS = re.compile(
    r"\s*(?:for|with|under|below|over|that|which|in|on|and|or|but|is|are|please|to|from|"
    r"by|at|than|if|the|a|women|men|kids|adults)\b|\s*[^A-Za-z\s'’-]",
    re.IGNORECASE,
)
_HAN_STOPS = re.compile(r"[的吗呢吧了,、;。和或与又有要适推最便能可]")


class Concept(NamedTuple):
    """Something to be free of, and the attributes that say so or say the opposite."""

    free: str
    contains: str


@lru_cache(1)
def _data() -> dict[str, Any]:
    return load("negation")


@lru_cache(1)
def concepts() -> dict[str, Concept]:
    """Folded names of what products are free of, with the attributes that tell."""
    return {
        fold(name): Concept(entry.get("free", ""), entry.get("contains", ""))
        for entry in _data().values()
        if isinstance(entry, dict)
        for name in entry["names"].split(",")
    }


@lru_cache(1)
def _fixed() -> re.Pattern[str]:
    names = sorted((name.strip() for name in _data()["fixed"].split(",")), key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)


def read(text: str, shop: Shop) -> Found:
    """Filters for what must be absent; where no attribute tells, a `without` constraint names it all the same.

    `alcohol_free` must be stated true; of a plain attribute (a microphone) only stated ones are refused.
    """
    text = blank(text, (match.span() for match in _fixed().finditer(text)))
    parts: list[Found] = []
    for match in (*_FREE.finditer(text), *_BEFORE.finditer(text), *_HAN.finditer(text)):
        found = _one(text, match, shop)
        if found is not None and not any(_overlap(found.spans[0], part.spans[0]) for part in parts):
            parts.append(found)
    return join(parts)


def _one(text: str, match: re.Match[str], shop: Shop) -> Found | None:
    strong = _is_strong(match)
    for what, end in _candidates(text, match):
        limit = _filter(what, shop)
        if limit is not None:
            return _found(text, (match.start(), end), what, limit)
    if not strong:
        return None
    what, end = _object(text, match)
    if match.re is _HAN and not _HAN_PLAIN.match(match["how"]) and text[end : end + 1] != "的":
        return None  # 我还没收到, 不要了
    return _found(text, (match.start(), end), what, Filter()) if what else None


def _is_strong(match: re.Match[str]) -> bool:
    """Whether the words deny whatever follows; bare `no`, 无 and 免 do so only before something known."""
    if match.re is _FREE:
        return False
    if match.re is _HAN:
        return bool(_HAN_STRONG.match(match["how"]))
    return match["how"].lower() not in {"no", "not"}


def _candidates(text: str, match: re.Match[str]) -> list[tuple[str, int]]:
    """What may be denied, longest first, with where it ends."""
    if match.re is _HAN:
        start, end = match.span("what")
        return [(text[start:e], e) for e in range(end, start, -1)]
    if match.re is _FREE:
        words = match["what"].split()
        return [(" ".join(words[i:]), match.end()) for i in range(len(words))]
    ends = [word.end() for word in list(_WORDS.finditer(text, match.end()))[:3]]
    return [(text[match.end() : end], end) for end in reversed(ends)]


def _filter(what: str, shop: Shop) -> Filter | None:
    """The hard constraint that denies `what`, if an attribute of this shop can tell."""
    concept = concepts().get(fold(what)) or concepts().get(lexicon.singular(fold(what)))
    if concept:
        if concept.free in shop.attributes:
            return Filter(attributes={concept.free: [True]})
        if concept.contains in shop.attributes:
            return Filter(attributes={concept.contains: [False]})
    key = lexicon.key(what)
    attribute = shop.attributes.get(key)
    if attribute is not None and attribute.kind == "boolean":
        return Filter(not_attributes={key: [True]})
    stated = shop.values.get(fold(what), ()) if len(what) > 1 else ()
    denied: dict[str, AttributeFilter] = {key: list(values_like(shop, key, value)) for key, value in stated}
    return Filter(not_attributes=denied) if denied else None


def _object(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The unknown thing that is denied: up to three words, or Chinese up to where the phrase ends."""
    if match.re is _HAN:
        stop = _HAN_STOPS.search(text, match.start("what"), match.end("what"))
        end = stop.start() if stop else match.end("what")
        return text[match.start("what") : end], end
    end = match.end()
    for word in list(_WORDS.finditer(text, match.end()))[:3]:
        if _STOPS.match(text, end) or text[end : word.start()].strip():
            break
        end = word.end()
    return text[match.end() : end].strip(), end


def _found(text: str, span: Span, what: str, limit: Filter) -> Found:
    keys = [*limit.attributes, *limit.not_attributes]
    constraint = Constraint("without", text[slice(*span)].strip(), keys[0] if keys else what)
    return Found(filter=limit, constraints=(constraint,), spans=(span,))


def _overlap(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]
