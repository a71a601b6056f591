"""Choosing an outcome, products and evidence, as data, before a word is written."""

import msgspec

from catalog.model import Product
from guide.choose import (
    compare,
    cues,
    find,
    levels,
    opinions,
    product,
    promotions,
    recommend,
    resolve,
    revise,
    scope,
    shopfact,
    shoptext,
    unnamed,
)
from guide.choose.declining import ABSTENTIONS, abstain, decline, not_here
from guide.choose.draft import Draft
from guide.choose.follow_ups import suggest
from guide.choose.going_on import gone_on, on_page, under_discussion
from guide.model import Decision, Question, Understanding
from index.api import View


def choose(question: Question, understanding: Understanding, view: View) -> Decision:
    """Decide what to answer. Nothing here depends on a language model."""
    understanding = levels.priced(understanding, view)
    draft = Draft(understanding, view)
    page = on_page(question, understanding, view)
    decided = _about_product(question, draft, page) if page else _decide(question, understanding, view, draft)
    decision = scope.held(question, decided, draft)
    if decision.outcome in {"answered", "nearest_match"}:
        decision.follow_ups = suggest(decision, view)
    return decision


def _decide(question: Question, understanding: Understanding, view: View, draft: Draft) -> Decision:
    if understanding.intent in ABSTENTIONS and not _covered(question, draft):
        return gone_on(question, draft) or abstain(question, draft)
    lacking = not_here(question, understanding, draft)
    if lacking is not None:
        return lacking
    if shopfact.asked(question, understanding) and not revise.only_bounds(question, draft):
        fact = shopfact.answer(question, draft, question.filters)
        counted = understanding.filter and understanding.fact != "sells"  # a count of 0 is the answer
        return fact if counted else _or_shop_text(question, draft, fact)
    meant = resolve.products(question, understanding, view) or under_discussion(question, understanding, view)
    special = revise.answer(question, draft) or _promoted(question, draft, meant)
    if special is not None:
        return special
    if understanding.intent == "recommend":
        return recommend.answer(question, draft, question.filters)
    if len(meant) > 1:
        return compare.answer(question, draft, [p.id for p in meant])
    if understanding.intent == "shop_question" or understanding.intent in ABSTENTIONS:
        return _about_shop(question, draft, meant)
    if not meant:
        return unnamed.answer(question, draft)
    about = _about_product(question, draft, meant[0])
    compares = understanding.intent == "compare" or cues.asks_difference(question.text)
    if compares and about.outcome == "unanswerable":  # the other side was not recognised
        return decline(Draft(understanding, view), "needs_clarification", "which_product")
    return about


def _about_product(question: Question, draft: Draft, named: Product) -> Decision:
    """A question about it, or a wish for it within bounds: then its variants are what is searched."""
    understanding = draft.understanding
    if opinions.asked(question, named) and (said := opinions.answer(draft, named)) is not None:
        return said
    if understanding.intent not in {"find", "recommend"} or understanding.filter.price is None:
        return product.answer(question, draft, named)
    own = msgspec.structs.replace(understanding.filter, category=[], brand=[])
    narrowed = msgspec.structs.replace(understanding, filter=own, query="")
    its_own = msgspec.structs.replace(question.filters, ids=[named.id])
    return find.answer(question, Draft(narrowed, draft.view), its_own)


def _promoted(question: Question, draft: Draft, meant: list[Product]) -> Decision | None:
    """Which promotions run, or what several products cost together."""
    kind = promotions.kind_of(question.text)
    if kind is None:
        return None
    if not meant and promotions.lists(question.text):
        return promotions.answer_list(draft, kind, question.filters)
    return promotions.answer_joint(draft, meant) if len(meant) > 1 else None


def _covered(question: Question, draft: Draft) -> bool:
    """What looks off topic may still be in the shop's texts ("what is your newsletter about")."""
    return draft.understanding.intent == "off_topic" and shoptext.odds(question, draft) >= shoptext.SURE


def _about_shop(question: Question, draft: Draft, meant: list[Product]) -> Decision:
    """A shop text, unless the named product itself says more on it."""
    if meant and product.odds(question, draft, meant[0]) >= shoptext.odds(question, draft):
        return product.answer(question, draft, meant[0])
    return shoptext.answer(question, draft)


def _or_shop_text(question: Question, draft: Draft, decision: Decision) -> Decision:
    """Asked for live chat, a shop sells none: its texts get a say before "not sold"."""
    if decision.outcome != "no_match" or shoptext.odds(question, draft) < shoptext.SURE:
        return decision
    return shoptext.answer(question, Draft(draft.understanding, draft.view))
