"""What a product must not have: without X, 不含酒精, 无糖, sugar-free; not fooled by 不锈钢 or no-show socks."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from catalog import lexicon
from catalog.lexicon import fold
from guide.model import Constraint, Understanding
from guide.understand import features
from guide.understand.found import Found, join
from guide.understand.rules import load
from guide.understand.shop import Shop
from guide.understand.text import Span, blank
from guide.understand.values import values_like
from index.filters import AttributeFilter, Filter

_STRONG = (
    r"without|with no|free (?:of|from)|(?:does|do)(?:n't| not) (?:contain|have|include|use|need)|not contain(?:ing)?|"
    r"(?:does|do)(?:n't| not) want|exclud(?:ing|es?)|minus|not made (?:of|from|with)"
)
_WEAK = (
    r"no|not|nor|neither|isn't|aren't|non-?|except(?: for)?|other than|(?:any\w*|every\w*|all)(?: \w+)? but|"
    r"apart from|aside from|avoid(?:ing)?|rather than|instead of|(?:does|do)(?:n't| not) like|hate"
)
"""Words that deny only what is known; what else follows them is no wish (not bad, can't decide)."""
_LINKS = (
    r"(?:(?:any|anything|something|added|an?|the|in|with|of|from|made|that|has|have|contains|containing|colou?red|ones?)"
    r"\s+)*"
)
_BEFORE = re.compile(rf"(?<![\w-])(?P<how>{_STRONG}|{_WEAK})(?:\s+|(?<=-)){_LINKS}", re.IGNORECASE)
_AND = re.compile(
    rf"\s*(?:,|、|和|与|跟|及|以及|或者?|and|or|nor)\s*(?:(?:no|not|without)\b|不要|不含)?\s*{_LINKS}", re.IGNORECASE
)
_HAVING = re.compile(
    r"without|with no|(?:\w+n't |\w+ not |not )?(?:contain|have|include|use|need)(?:ing)?", re.IGNORECASE
)
_WISHES = re.compile(r"without|with no|free|exclud|minus|不[带含加要]|不想要|不添加|无添加|别", re.IGNORECASE)
_FREE = re.compile(r"(?P<what>[A-Za-z][A-Za-z]*(?: [a-z]+)?)[- ]free\b", re.IGNORECASE)
_HAN = re.compile(
    r"(?P<how>不含有?|不带|不添加|不加|无添加|不要(?:有(?!线)|[含带加])?|(?:不能|不可以?|不许|别)(?:再?有|[含带加放])|"
    r"别要|别(?:给我)?(?:推荐?|看|选|来)|别给我|不想要|不考虑|不喜欢|不是|不需要|不用|别带|除了(?!.{1,12}(?:还要|也要|还得|还能|也得))|非|没有?|免|无|零|去|"
    r"0(?=[\u3400-\u9fff])|不)(?=(?P<what>[A-Za-z\u3400-\u9fff]{1,8}))"
)
# What follows is only looked at, so that 不要黑的也不要白的 has two denials.
_HAN_AFTER = re.compile(
    r"(?P<what>[A-Za-z\u3400-\u9fff]{1,8}?)"
    r"(?P<how>(?:的|款)?(?:就|都|我)?(?:除外|以外|之外|(?:不要|别要|不考虑|算了)(?=$|[^\w])))"
)
_HAN_STRONG = re.compile(r"不含|不带|不添加|不加|无添加|不要|不想要|不需要|没")
_HAN_PLAIN = re.compile(r"不含|不带|不添加|不加|无添加")
_HAN_RUN = re.compile(r"(?=[A-Za-z]*[\u3400-\u9fff])[A-Za-z\u3400-\u9fff]{1,8}")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*")
_STOPS = re.compile(
    r"\s*(?:for|with|under|below|over|that|which|in|on|and|or|but|is|are|please|to|from|"
    r"by|at|than|if|the|a|women|men|kids|adults)\b|\s*[^A-Za-z\s'’-]",
    re.IGNORECASE,
)
_PHRASE_ENDS = re.compile(
    rf"\s*$|{_STOPS.pattern}|\s+(?:instead|at all|either|too|then|though|coatings?|content|inside)\b", re.IGNORECASE
)
_HAN_STOPS = re.compile(r"[的吗呢吧了,、;。和或与又有要适推最便能可也不别没]")


_COLOURED = re.compile(r"[\u3400-\u9fff]的")


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
    text = plain(text)
    parts: list[Found] = []
    matches = (m for pattern in (_FREE, _BEFORE, _HAN_AFTER, _HAN) for m in pattern.finditer(text))
    for match in matches:
        for found in _all(text, match, shop):
            if not any(_overlap(found.spans[0], part.spans[0]) for part in parts):
                parts.append(found)
    return join(parts)


def plain(text: str) -> str:
    """The text with what only looks like a negation blanked: 不锈钢, non-stick, not bad."""
    return blank(text, (match.span() for match in _fixed().finditer(text)))


def wishes(words: str) -> bool:
    """Whether the words of a denial wish for something to be absent, and do not ask whether it is."""
    return _WISHES.match(words) is not None


def unheld(understanding: Understanding) -> tuple[str, ...]:
    """Things not wanted that no filter holds."""
    return tuple(dict.fromkeys(c.value for c in _denied(understanding) if c.value not in _keys(understanding.filter)))


def held(understanding: Understanding) -> frozenset[str]:
    """Attributes that a negation filters by: they are never given up."""
    return frozenset(c.value for c in _denied(understanding)) & _keys(understanding.filter)


def _denied(understanding: Understanding) -> list[Constraint]:
    return [constraint for constraint in understanding.constraints if constraint.kind == "without"]


def _keys(limit: Filter) -> frozenset[str]:
    return frozenset((*limit.attributes, *limit.not_attributes))


def _all(text: str, match: re.Match[str], shop: Shop) -> Iterator[Found]:
    """What one word of denial denies: its object, and what "or" and 和 join to that."""
    found = _known(text, _ending(text, _candidates(text, match), match), shop)
    if found is None and (unknown := _unknown(text, match)) is not None:
        yield unknown
    while found is not None:
        yield found
        # "alcohol-free and unscented": what joins to a word that ends the denial is not denied.
        joint = _AND.match(text, found.spans[0][1]) if match.re is not _FREE else None
        found = _known(text, _starting(text, joint.end(), joint.start()), shop) if joint else None


def _ending(text: str, candidates: list[tuple[str, Span]], match: re.Match[str]) -> list[tuple[str, Span]]:
    """Those that end their phrase, where a thing is denied: "without glass beads" speaks of beads, not of glass."""
    if match.re is not _BEFORE or not _HAVING.fullmatch(match["how"]):
        return candidates
    return [row for row in candidates if _PHRASE_ENDS.match(text, row[1][1]) or _concept(row[0])]


def _known(text: str, candidates: Iterable[tuple[str, Span]], shop: Shop) -> Found | None:
    """The first candidate that an attribute of the shop can tell of."""
    for what, span in candidates:
        limit = _filter(what, shop)
        if limit is not None:
            return _found(text, span, what, limit)
    return None


def _unknown(text: str, match: re.Match[str]) -> Found | None:
    """What no attribute tells of; bare `no`, 无 and 免 deny only what is known."""
    if not _is_strong(match):
        return None
    what, end = _object(text, match)
    if match.re is _HAN and not _HAN_PLAIN.match(match["how"]) and text[end : end + 1] != "的":
        wished = match["how"].startswith(("不要", "不想要", "别")) and _THING.fullmatch(what)
        if not wished or text[end : end + 1] not in _PAUSES:
            return None  # 我还没收到, 不要了
    return _found(text, (match.start(), end), what, Filter()) if what else None


_THING = re.compile(r"(?![太这那了再很])[\u3400-\u9fff]{2,}")
_PAUSES = ("", " ", ",", ",", ";", "。", "、", "!", "?")


def _is_strong(match: re.Match[str]) -> bool:
    if match.re is _HAN:
        return bool(_HAN_STRONG.match(match["how"]))
    return match.re is _BEFORE and re.fullmatch(_STRONG, match["how"], re.IGNORECASE) is not None


def _candidates(text: str, match: re.Match[str]) -> list[tuple[str, Span]]:
    """What may be denied, longest first, each with the words that deny it."""
    if match.re is _HAN_AFTER:
        start, end = match.span("what")
        return [(text[at:end], (at, match.end())) for at in range(start, end)]
    if match.re is _FREE:
        words = match["what"].split()
        return [(" ".join(words[i:]), match.span()) for i in range(len(words))]
    return _starting(text, match.start("what") if match.re is _HAN else match.end(), match.start())


def _starting(text: str, at: int, first: int) -> list[tuple[str, Span]]:
    """Phrases that start at a place, longest first: up to three words, or eight Chinese characters."""
    run = _HAN_RUN.match(text, at)
    if run:
        return [(text[at:end], (first, end)) for end in range(run.end(), at, -1)]
    ends = [word.end() for word in list(_WORDS.finditer(text, at))[:3]]
    return [(text[at:end], (first, end)) for end in reversed(ends)]


def _concept(what: str) -> Concept | None:
    return concepts().get(fold(what)) or concepts().get(lexicon.singular(fold(what)))


def _filter(what: str, shop: Shop) -> Filter | None:
    """The hard constraint that denies `what`, if an attribute of this shop can tell."""
    if concept := _concept(what):
        if concept.free in shop.attributes:
            return Filter(attributes={concept.free: [True]})
        if concept.contains in shop.attributes:
            return Filter(attributes={concept.contains: [False]})
    key = lexicon.key(what)
    attribute = shop.attributes.get(key)
    if attribute is not None and attribute.kind == "boolean":
        return Filter(not_attributes={key: [True]})
    if feature := features.exact(what, shop):
        return Filter(not_attributes={feature[0]: [feature[1]]})
    said = fold(f"{what[0]}色" if _COLOURED.fullmatch(what) else what)
    stated = shop.values.get(said, ()) if len(what) > 1 else ()
    own = [(key, value) for key, value in stated if key == lexicon.kind_of(value)]  # a colour, not that of the cable
    denied: dict[str, AttributeFilter] = {key: list(values_like(shop, key, value)) for key, value in own or stated}
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
    constraint = Constraint("without", " ".join(text[slice(*span)].split()), keys[0] if keys else what)
    return Found(filter=limit, constraints=(constraint,), spans=(span,))


def _overlap(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]
