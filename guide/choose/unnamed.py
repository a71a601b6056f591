"""A question that names no product of the shop: a wish, a rule of the shop, or something one has to ask back."""

import re

import msgspec

from catalog.model import Product
from guide.choose import cues, find, product, resolve, revise, shoptext
from guide.choose.declining import decline
from guide.choose.draft import Draft
from guide.choose.rank import Scorer
from guide.model import Decision, Question
from guide.understand import pointers
from index.api import FilterError, Query

_TOUCHED = -2.2
"""Log-odds above which a shop text is at least about the same matter, though it does not answer."""
_WITHOUT_POINT = 0.5
_IN_OTHER_WORDS = 3.0
_SHARED = 0.25
"""Log-odds that a shop text needs when the question's "it" points at nothing: the first if it holds this share of the
question's weighed words, else the second, for what is left of 这个行不行 is alike to everything."""
# A place in a list that was never shown: no text of the shop can stand in for it.
_PLACED = re.compile(r"第.|最后|\b(?:first|second|third|fourth|last)\b", re.IGNORECASE)
# What the thing is worth; a rule about faults would share its words.
_HOW_GOOD = re.compile(
    r"质量(?=好|怎|如何|过关|行|可靠)|好不好|值得?买|\bquality\b(?! (?:issue|problem|defect))|\bany good\b|\bworth\b",
    re.IGNORECASE,
)
# "my first laptop", 那种: words that look like pointing and are none.
_NO_POINT = re.compile(r"first|second|third|last|not|.*那种.*", re.IGNORECASE)
# Whether one thing can be had, rather than which things can.
_IS_IT = re.compile(
    r"^\W*(?:is|are|do you have|have you got|can i)\b|有现?货(?:吗|么|没|嘛)|有没有现?货", re.IGNORECASE
)


def answer(question: Question, draft: Draft) -> Decision:
    """The one product that is described, a shop text, products that fit; or what is missing."""
    understanding = draft.understanding
    only = _only_one(question, draft)
    if only is not None:
        return product.answer(question, draft, only)
    unresolved = "" if _NO_POINT.fullmatch(understanding.unresolved.strip()) else understanding.unresolved.strip()
    pointing = pointers.only_points(unresolved)
    wished = bool(understanding.filter.category or understanding.filter.brand or understanding.filter.price)
    if pointing and (_PLACED.search(unresolved) or _HOW_GOOD.search(question.text)):
        return decline(draft, "needs_clarification", "which_product")
    if not wished and shoptext.odds(question, draft) >= _needed(question, draft, unresolved):
        return shoptext.answer(question, draft)
    if unresolved and not pointing:
        return decline(draft, "unanswerable", "unknown_product", words=unresolved)
    if unresolved and not wished:
        return decline(draft, "needs_clarification", "which_product")
    unknown = resolve.unknown_name(question.text, draft.view)
    if unknown:
        return decline(draft, "unanswerable", "unknown_product", words=unknown)
    wish = msgspec.structs.replace(
        understanding.filter, attributes={**understanding.filter.attributes, **revise.freed(draft)}
    )
    found = find.answer(
        question, Draft(msgspec.structs.replace(understanding, filter=wish), draft.view), question.filters
    )
    return found if found.outcome != "no_match" else _nothing(question, draft, found)


def _needed(question: Question, draft: Draft, unresolved: str) -> float:
    """Log-odds a shop text needs: more when the question's "it" points at nothing, most when a field of it is asked."""
    if not unresolved:
        return shoptext.SURE
    ranked = shoptext.ranked_statements(question, draft)
    scorer = Scorer(draft.view, question.text.replace(unresolved, " "), "shop")
    shared = bool(ranked) and scorer.words(ranked[0][1].text) >= _SHARED
    return (_WITHOUT_POINT if shared else _IN_OTHER_WORDS) + (1.5 if draft.understanding.fields else 0.0)


def _nothing(question: Question, draft: Draft, found: Decision) -> Decision:
    """Neither product nor text: the shop's texts lack it, or the product is not sold, or one has to ask back."""
    if draft.understanding.filter:
        return found
    if shoptext.odds(question, draft) > _TOUCHED:
        return decline(draft, "unanswerable", "no_evidence")
    asks_back = draft.understanding.intent in {"product_question", "compare"} and not cues.asks_sold(question.text)
    if asks_back and not _named(draft):
        return decline(draft, "needs_clarification", "which_product")
    return found


def _named(draft: Draft) -> bool:
    """Whether the question names anything at all."""
    return bool(draft.understanding.referents or draft.understanding.unresolved)


def _only_one(question: Question, draft: Draft) -> Product | None:
    """A question about price, stock or an attribute whose description fits one product only."""
    wished = draft.understanding.filter
    described = wished.brand and (wished.category or wished.attributes) and not wished.price
    if wished.in_stock and not _IS_IT.search(question.text):
        return None  # "show me … in stock" wishes for what can be had
    if not (described and (product.asks_offer(question, draft) or cues.asks_opinions(question.text))):
        return None
    try:
        hits = draft.view.search(Query(filter=msgspec.structs.replace(wished, in_stock=None), k=2)).hits
    except FilterError:
        return None
    found = draft.view.record(hits[0].id) if len(hits) == 1 else None
    return found if isinstance(found, Product) else None
