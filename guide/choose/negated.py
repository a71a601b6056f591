"""Wishes of the kind "that won't leave white dust", 不要单层的: products whose own records say just that are left out.

Where an attribute exists, the negation is a filter already; this reads what is only written in texts.
"""

import re

from catalog.lexicon import fold
from guide.choose.draft import Draft, product_of
from guide.choose.rank import Scorer
from guide.evidence import of_product
from guide.model import Question, Understanding
from guide.understand import negation
from guide.understand.text import one_spelling
from index.api import says

_PHRASE = re.compile(
    r"(?:\b(?:isn't|aren't|is not|are not|won't|will not|doesn't|does not|don't|without|not|no)\s+"
    r"(?P<en>[\w' -]{3,40}?)(?=[,.;?!]|$|\s(?:and|but|or|please)\b))"
    r"|(?:(?:不要|不想要|不会|别|不能有|没有)(?P<zh>[\u4e00-\u9fff]{1,8}?)(?=的|，|,|。|！|？|\?|$))",
    re.IGNORECASE,
)
_DENIES = re.compile(r"不|没|无|免|\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|\bfree\b", re.IGNORECASE)
_DENIED = re.compile(r"没有(?!.{0,6}吗)|不[^是能会可同]|n't\b|\bnot\b|\bwithout\b", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "the", "any", "in", "it"})
_SAYS = 0.5
"""Share of the phrase's weighed words that a statement must hold."""


def denies(text: str) -> bool:
    """Whether the question itself speaks in the negative; a "yes" to it would say two things at once."""
    return _DENIED.search(text) is not None


def unwanted(question: Question, understanding: Understanding) -> list[str]:
    """What the wish wants to be without and no filter holds, in its own words."""
    held = [fold(c.text) for c in understanding.constraints if c.kind in {"without", "not_brand"}]
    things = negation.unheld(understanding)
    free = (phrase for phrase in phrases(negation.plain(one_spelling(question.text))) if _is_free(phrase, held))
    return list(dict.fromkeys([*things, *free]))


def wish(thing: str, understanding: Understanding) -> str:
    """The wish to be without it, in the shopper's words where they were read."""
    said = (c.text for c in understanding.constraints if c.kind == "without" and c.value == thing)
    return next(said, f"不要{thing}" if understanding.language == "zh" else f"without {thing}")


def phrases(text: str) -> list[str]:
    """What the text speaks of in the negative."""
    return [match["en"] or match["zh"] for match in _PHRASE.finditer(text)]


def violates(draft: Draft, product_id: str, unwanted: list[str]) -> bool:
    """Whether a record says what is not wanted, and does not deny it in the same breath."""
    product = product_of(draft.view, product_id)
    if product is None or not unwanted:
        return product is None
    merchant = [s.text for s in of_product(draft.view, product, draft.language) if s.source != "customer"]
    if any(says(merchant, thing) == "has" for thing in unwanted):
        return True
    scorers = [Scorer(draft.view, phrase, "product") for phrase in unwanted]
    stated = [text for text in merchant if not _DENIES.search(text)]
    return any(scorer.words(text) >= _SAYS for scorer in scorers for text in stated)


def _is_free(phrase: str, held: list[str]) -> bool:
    """Whether no constraint was read from the phrase already."""
    said = fold(phrase)
    words = set(said.split()) - _ARTICLES
    return not any(said in text or text in said or words & set(text.split()) for text in held)
