"""Products that a question points back to: "it", 这款, 第二个, the cheaper one; never a guess."""

import re
from collections.abc import Callable
from typing import TypeAlias

from catalog.money import Money
from guide.model import Question
from guide.understand.mentions import Mentions

Price: TypeAlias = Callable[[str], Money | None]
"""What a product costs at this moment, or None."""

_COUNTED = r"(?:个|款|件|双|只|台|条|种|支|部|把|瓶|盒|张|套)"
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
_ONE = r"(?:款|个|件|双|只|台|条|部|把|张|本|瓶|盒|种|支|杯|顶|块|罐|袋|套|副|口|盏|辆)"
_IT = re.compile(
    rf"[这那]{_ONE}(?!牌子|品牌|价位?|价格|预算|季节|月|周|店|颜色|尺码)|这(?![些里边样么几两三]|{_ONE})|(?:该|此)(?:款|商品|产品)|它(?!们)|"
    r"\b(?:it|its|it's)\b|\bth(?:is|at) (?:one|product|item|model|thing)\b|"
    r"\bthis\b(?! (?:week|month|year|shop|store|brand|price))",
    re.IGNORECASE,
)
_CHEAPER = re.compile(rf"便宜(?:点|一点|些)?的(?:那|这)?{_ONE}?|\bthe cheape(?:r|st)(?: one)?\b", re.IGNORECASE)
_DEARER = re.compile(
    rf"贵(?:点|一点|些)?的(?:那|这)?{_ONE}?|\bthe (?:more expensive|most expensive|dearer|pricier)(?: one)?\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\b(?:is|does|can|will) it (?:possible|matter|cost|take)\b|\bit'?s? (?:is )?for\b|\bmake it\b", re.IGNORECASE
)


def pointed(text: str, question: Question, price: Price) -> Mentions:
    """Products that the text points back to: in the client's `product_ids`, else in the products last shown."""
    before = shown(question)
    ordinals = [(match.start(), match, place) for place, pattern in _ORDINALS for match in pattern.finditer(text)]
    if ordinals:
        return _ordinal(sorted(ordinals, key=lambda hit: hit[0]), before)
    priced = _by_price(text, before, price)
    if priced:
        return priced
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


def _by_price(text: str, before: tuple[str, ...], price: Price) -> Mentions | None:
    """The cheaper or the dearer one of those shown, if their prices differ in one currency."""
    cheaper = _CHEAPER.search(text)
    match = cheaper or _DEARER.search(text)
    if match is None:
        return None
    prices = [(cost, name) for name in before if (cost := price(name)) is not None]
    if len(prices) < 2 or len({cost.currency for cost, _ in prices}) > 1:
        return None
    ranked = sorted(prices, key=lambda pair: pair[0].amount)
    (cost, product_id), (other, _) = (ranked[0], ranked[1]) if cheaper else (ranked[-1], ranked[-2])
    return Mentions((product_id,), (match.span(),)) if cost.amount != other.amount else None
