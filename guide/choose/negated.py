"""Wishes of the kind "that won't leave white dust", 不要单层的: products whose own records say just that are left out.

Where an attribute exists, the negation is a filter already; this reads what is only written in texts.
"""

import re

from catalog.model import Product
from guide.choose.draft import Draft
from guide.choose.rank import Scorer
from guide.evidence import of_product

_PHRASE = re.compile(
    r"(?:\b(?:isn't|aren't|is not|are not|won't|will not|doesn't|does not|don't|without|not|no)\s+"
    r"(?P<en>[\w' -]{3,40}?)(?=[,.;?!]|$|\s(?:and|but|or|please)\b))"
    r"|(?:(?:不要|不想要|不会|别|不能有|没有)(?P<zh>[\u4e00-\u9fff]{1,8}?)(?=的|，|,|。|！|？|\?|$))",
    re.IGNORECASE,
)
_DENIES = re.compile(r"不|没|无|免|\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|\bfree\b", re.IGNORECASE)
_DENIED = re.compile(r"没有(?!.{0,6}吗)|不[^是能会可同]|n't\b|\bnot\b|\bwithout\b", re.IGNORECASE)
_SAYS = 0.5
"""Share of the phrase's weighed words that a statement must hold."""


def denies(text: str) -> bool:
    """Whether the question itself speaks in the negative; a "yes" to it would say two things at once."""
    return _DENIED.search(text) is not None


def phrases(text: str) -> list[str]:
    """What the wish wants to be without, in its own words."""
    return [match["en"] or match["zh"] for match in _PHRASE.finditer(text)]


def violates(draft: Draft, product: Product, unwanted: list[str]) -> bool:
    """Whether a record says what is not wanted, and does not deny it in the same breath."""
    scorers = [Scorer(draft.view, phrase, "product") for phrase in unwanted]
    for statement in of_product(draft.view, product, draft.language):
        if statement.source == "customer" or _DENIES.search(statement.text):
            continue
        if any(scorer.words(statement.text) >= _SAYS for scorer in scorers):
            return True
    return False
