"""Products that a question points back to: "it", 这款, 第二个, the cheaper one, the white one; never a guess."""

import re
from collections.abc import Callable
from typing import TypeAlias

from catalog.money import Money
from guide.model import Question
from guide.understand import ordinals, picked
from guide.understand.mentions import Mentions
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop

Price: TypeAlias = Callable[[str], Money | None]
"""What a product costs at this moment, or None."""

_DATA = load("pointers")
_IT, _ALL, _BRAND = (pattern(_DATA[name]) for name in ("it", "all", "brand"))
_EMPTY_IT = re.compile(
    r"\b(?:is|does|can|will) it (?:possible|matter|cost|take)\b|\bit'?s? (?:is )?for\b|\bmake it\b|"
    r"\bit (?:should|must|has to|needs?|would (?:be|have)|can be|could be|doesn.t (?:have|need) to)\b|"
    r"\b(?:it|this|that)(?:.s| is| will be) (?:for|a|an|going to|meant|just|not|ok|okay|fine)\b",
    re.IGNORECASE,
)
# Words that only point ("it", 第二个): with nothing to point at, one has to ask back.
_POINTING = re.compile(
    r"it|its|it's|th(?:is|at|ese|ose)(?: .*)?|them|both|the (?:\w+ )?one|.*(?:这|那|它|第.|最后).*", re.IGNORECASE
)
# "Poles … a tent that stands without them": "them" and "both" may mean what was just said, these and those do not.
_THESE = re.compile(r"(?:these|those)\b|[这那][些两三四几]|它们", re.IGNORECASE)


def only_points(words: str) -> bool:
    """Whether these words name nothing and only point."""
    return _POINTING.fullmatch(words.strip()) is not None


def pointed(text: str, question: Question, shop: Shop, price: Price) -> Mentions:
    """Products that the text points back to: in the client's `product_ids`, else in the products last shown."""
    before = shown(question)
    counted = ordinals.read(text, before, _earlier(question))
    if counted is not None:
        return counted
    chosen = picked.most(text, before, shop, price) or picked.such(text, before, shop)
    if chosen is not None:
        return chosen
    every, one = _ALL.search(text), _IT.search(text)
    if every and len(before) > 1:
        return Mentions(before, (every.span(),))
    if one is None and every and not before and _THESE.match(every.group()):
        return Mentions(unresolved=every.group())
    if one is None or _EMPTY_IT.search(text):
        return Mentions()
    if len(before) == 1:
        return Mentions(before, (one.span(),))
    return Mentions(unresolved=one.group())


def shown(question: Question) -> tuple[str, ...]:
    """The products that "it" can mean: those of the page, else those of the last answer that showed any."""
    return next(iter([question.product_ids] if question.product_ids else _earlier(question)), ())


def brand(text: str, question: Question, shop: Shop) -> str:
    """The brand that "that brand" means: the one all products last shown have; "" if they differ or none is meant."""
    if not _BRAND.search(text):
        return ""
    brands = {item.brand for id_ in shown(question) if (item := shop.product(id_)) is not None}
    return brands.pop() if len(brands) == 1 else ""


def _earlier(question: Question) -> list[tuple[str, ...]]:
    """What the assistant showed, the latest first."""
    turns = [turn.product_ids for turn in reversed(question.history) if turn.role == "assistant" and turn.product_ids]
    return [tuple(ids) for ids in turns]
