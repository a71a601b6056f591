"""Choosing an outcome, products and evidence, as data, before a word is written."""

import re

import msgspec

from catalog.model import Product
from guide.choose import compare, cues, find, phrases, product, resolve, shopfact, shoptext
from guide.choose.draft import Draft
from guide.choose.follow_ups import suggest
from guide.evidence import Statement
from guide.model import Decision, Outcome, Question, Reason, Understanding
from index.api import FilterError, Query, View

_ABSTENTIONS: dict[str, tuple[Outcome, Reason]] = {
    "order": ("out_of_scope", "order_account"),
    "smalltalk": ("out_of_scope", "smalltalk"),
    "off_topic": ("out_of_scope", "off_topic"),
    "abuse": ("refused", "abuse"),
}
_CLEARLY = 0.42
"""A shop text that scores this much answers, even if the words look like a wish for products."""
# Words that only point ("it", 第二个): with nothing to point at, one has to ask back.
_POINTING = re.compile(
    r"it|its|it's|th(?:is|at|ese|ose)(?: .*)?|them|both|the (?:\w+ )?one|.*(?:这|那|它|第.|最后).*", re.IGNORECASE
)


def choose(question: Question, understanding: Understanding, view: View) -> Decision:
    """Decide what to answer. Nothing here depends on a language model."""
    draft = Draft(understanding, view)
    decision = _decide(question, understanding, view, draft)
    if decision.outcome in {"answered", "nearest_match"}:
        decision.follow_ups = suggest(draft)
    return decision


def _decide(question: Question, understanding: Understanding, view: View, draft: Draft) -> Decision:
    if understanding.intent in _ABSTENTIONS:
        outcome, reason = _ABSTENTIONS[understanding.intent]
        return _decline(draft, outcome, reason)
    if understanding.currency_missing:
        return _decline(draft, "no_match", "currency_not_sold", words=understanding.currency_missing)
    if understanding.intent == "shop_fact":
        return shopfact.answer(question, draft, question.filters)
    meant = resolve.products(question, understanding, view)
    if len(meant) > 1:
        return compare.answer(question, draft, [p.id for p in meant])
    if understanding.intent == "shop_question":
        return _about_shop(question, draft, meant)
    if meant:
        return product.answer(question, draft, meant[0])
    return _without_product(question, draft)


def _about_shop(question: Question, draft: Draft, meant: list[Product]) -> Decision:
    """A shop text, unless the named product itself says more on it."""
    if meant:
        texts = shoptext.ranked_statements(question, draft)
        if product.score(question, draft, meant[0]) >= (texts[0][0] if texts else 0.0):
            return product.answer(question, draft, meant[0])
    return shoptext.answer(question, draft)


def _without_product(question: Question, draft: Draft) -> Decision:
    understanding = draft.understanding
    only = _only_one(question, draft)
    if only is not None:
        return product.answer(question, draft, only)
    wished = bool(understanding.filter.category or understanding.filter.brand or understanding.filter.price)
    texts: list[tuple[float, Statement]] = []
    if not wished:
        texts = shoptext.ranked_statements(question, draft)
        sure = (
            shoptext.SURE if understanding.intent == "product_question" and not understanding.unresolved else _CLEARLY
        )
        if texts and texts[0][0] >= sure:
            return shoptext.answer(question, draft)
    if understanding.unresolved and not wished:
        if _POINTING.fullmatch(understanding.unresolved.strip()):
            return _decline(draft, "needs_clarification", "which_product")
        return _decline(draft, "unanswerable", "unknown_product", words=understanding.unresolved)
    if understanding.intent in {"product_question", "compare"} and not wished:
        return _decline(draft, "needs_clarification", "which_product")
    found = find.answer(question, draft, question.filters)
    if found.outcome == "no_match" and not wished and texts and texts[0][0] >= shoptext.SURE:
        return shoptext.answer(question, Draft(understanding, draft.view))
    return found


def _only_one(question: Question, draft: Draft) -> Product | None:
    """A question about price, stock or an attribute whose description fits one product only."""
    wished = draft.understanding.filter
    described = wished.brand and (wished.category or wished.attributes)
    if not (described and (product.asks_offer(question, draft) or cues.asks_opinions(question.text))):
        return None
    try:
        hits = draft.view.search(Query(filter=msgspec.structs.replace(wished, in_stock=None), k=2)).hits
    except FilterError:
        return None
    found = draft.view.record(hits[0].id) if len(hits) == 1 else None
    return found if isinstance(found, Product) else None


def _decline(draft: Draft, outcome: Outcome, reason: Reason, **values: str) -> Decision:
    draft.say(phrases.text(reason, draft.language, **values), kind="notice")
    return draft.decide(outcome, reason)
