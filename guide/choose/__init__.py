"""Choosing an outcome, products and evidence, as data, before a word is written."""

import re

import msgspec

from catalog.model import Product
from guide.choose import (
    compare,
    cues,
    find,
    levels,
    opinions,
    phrases,
    product,
    promotions,
    ranking,
    recommend,
    resolve,
    revise,
    scope,
    shopfact,
    shoptext,
)
from guide.choose.draft import Draft, product_of
from guide.choose.follow_ups import suggest
from guide.choose.resolve import shown_ids
from guide.evidence import of_product
from guide.model import Decision, Outcome, Question, Reason, Understanding
from guide.understand.absent import SENT_TO, speaks
from guide.understand.intent import plainly_off_topic
from index.api import FilterError, Query, View

_ABSTENTIONS: dict[str, tuple[Outcome, Reason]] = {
    "order": ("out_of_scope", "order_account"),
    "smalltalk": ("out_of_scope", "smalltalk"),
    "off_topic": ("out_of_scope", "off_topic"),
    "abuse": ("refused", "abuse"),
}
_TOUCHED = -2.2
"""Log-odds above which a shop text is at least about the same matter, though it does not answer."""
_WITHOUT_POINT = 0.5
"""So much is needed of a shop text when the question's "it" points at nothing."""
_IN_OTHER_WORDS = 3.2
"""Log-odds that answer a question even on a matter that no text names."""
_OF_UNSOLD = 1.5
"""Log-odds that a shop text needs when the question names a kind of thing that is not sold."""
# Words that only point ("it", 第二个): with nothing to point at, one has to ask back.
_POINTING = re.compile(
    r"it|its|it's|th(?:is|at|ese|ose)(?: .*)?|them|both|the (?:\w+ )?one|.*(?:这|那|它|第.|最后).*", re.IGNORECASE
)
# A place in a list that was never shown: no text of the shop can stand in for it.
_PLACED = re.compile(r"第.|最后|\b(?:first|second|third|fourth|last)\b", re.IGNORECASE)
# "my first laptop", 那种: words that look like pointing and are none.
_NO_POINT = re.compile(r"first|second|third|last|not|.*那种.*", re.IGNORECASE)
# Whether one thing can be had, rather than which things can.
_IS_IT = re.compile(
    r"^\W*(?:is|are|do you have|have you got|can i)\b|有现?货(?:吗|么|没|嘛)|有没有现?货", re.IGNORECASE
)


def choose(question: Question, understanding: Understanding, view: View) -> Decision:
    """Decide what to answer. Nothing here depends on a language model."""
    understanding = levels.priced(understanding, view)
    draft = Draft(understanding, view)
    decision = scope.held(question, _decide(question, understanding, view, draft), draft)
    if decision.outcome in {"answered", "nearest_match"}:
        decision.follow_ups = suggest(decision, view)
    return decision


def _decide(question: Question, understanding: Understanding, view: View, draft: Draft) -> Decision:
    if understanding.intent in _ABSTENTIONS and not _covered(question, draft):
        return _gone_on(question, draft) or _abstain(question, draft)
    lacking = _not_here(question, understanding, draft)
    if lacking is not None:
        return lacking
    if shopfact.asked(question, understanding) and not revise.only_bounds(question, draft):
        fact = shopfact.answer(question, draft, question.filters)
        counted = understanding.filter and understanding.fact != "sells"  # a count of 0 is the answer
        return fact if counted else _or_shop_text(question, draft, fact)
    meant = resolve.products(question, understanding, view) or _under_discussion(question, understanding, view)
    special = revise.answer(question, draft) or _promoted(question, draft, meant)
    if special is not None:
        return special
    if understanding.intent == "recommend":
        return recommend.answer(question, draft, question.filters)
    if len(meant) > 1:
        return compare.answer(question, draft, [p.id for p in meant])
    if understanding.intent == "shop_question" or understanding.intent in _ABSTENTIONS:
        return _about_shop(question, draft, meant)
    if not meant:
        return _without_product(question, draft)
    about = _about_product(question, draft, meant[0])
    compares = understanding.intent == "compare" or cues.asks_difference(question.text)
    if compares and about.outcome == "unanswerable":  # the other side was not recognised
        return _decline(Draft(understanding, view), "needs_clarification", "which_product")
    return about


def _gone_on(question: Question, draft: Draft) -> Decision | None:
    """What has no word of a shop in it and goes on with what was shown: anything cheaper, 穿久了会塌吗, 哪个轻."""
    if draft.understanding.intent != "off_topic":
        return None
    revised = revise.answer(question, draft)
    if revised is not None:
        return revised
    if len(shown_ids(question)) > 1 and ranking.asked(question.text):
        return compare.answer(question, draft, list(shown_ids(question)))
    shown = _under_discussion(question, draft.understanding, draft.view)
    if shown and product.odds(question, draft, shown[0]) >= product.SURE:
        return product.answer(question, draft, shown[0])
    return None


def _under_discussion(question: Question, understanding: Understanding, view: View) -> list[Product]:
    """The one product that was shown last, where the question names no other thing and is of no plain other matter."""
    ids = shown_ids(question)
    if understanding.intent != "off_topic" or len(ids) != 1 or plainly_off_topic(question.text):
        return []
    found = product_of(view, ids[0])
    return [found] if found is not None else []


def _not_here(question: Question, understanding: Understanding, draft: Draft) -> Decision | None:
    """What is asked for that the shop neither sells nor speaks of."""
    counted = understanding.fact not in {"", "sells"}  # how many are in stock in your shop is a fact of the records
    if understanding.unspoken and not counted and not _told_of(question, draft):
        return _decline(draft, "unanswerable", "no_evidence")
    if understanding.currency_missing:
        return _decline(draft, "no_match", "currency_not_sold", words=understanding.currency_missing)
    if understanding.fact == "sells" and understanding.unresolved:
        return _decline(draft, "no_match", "unknown_product", words=understanding.unresolved)
    if understanding.unsold and shoptext.odds(question, draft) < _OF_UNSOLD:
        return _decline(draft, "no_match", "unknown_product", words=understanding.unsold)
    return None


def _told_of(question: Question, draft: Draft) -> bool:
    """Whether what the shop's texts do not name is answered all the same: surely by a text, or by a product meant."""
    if any(name.startswith(SENT_TO) for name in draft.understanding.unspoken):
        return False  # a country has no other words
    if draft.view.encoder and shoptext.odds(question, draft) >= _IN_OTHER_WORDS:  # words alone see no other words
        return True
    meant = resolve.products(question, draft.understanding, draft.view)
    said = [s.text for p in meant for s in of_product(draft.view, p, draft.language)]
    return any(speaks(matter, text) for matter in draft.understanding.unspoken for text in said)


def _abstain(question: Question, draft: Draft) -> Decision:
    outcome, reason = _ABSTENTIONS[draft.understanding.intent]
    if draft.understanding.intent == "off_topic" and not plainly_off_topic(question.text):
        outcome, reason = "unanswerable", "no_evidence"
    return _decline(draft, outcome, reason)


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


def _without_product(question: Question, draft: Draft) -> Decision:
    understanding = draft.understanding
    only = _only_one(question, draft)
    if only is not None:
        return product.answer(question, draft, only)
    unresolved = "" if _NO_POINT.fullmatch(understanding.unresolved.strip()) else understanding.unresolved.strip()
    pointing = _POINTING.fullmatch(unresolved) is not None
    wished = bool(understanding.filter.category or understanding.filter.brand or understanding.filter.price)
    if pointing and _PLACED.search(unresolved):
        return _decline(draft, "needs_clarification", "which_product")
    if not wished and shoptext.odds(question, draft) >= _needed(unresolved, understanding.fields):
        return shoptext.answer(question, draft)
    if unresolved and not pointing:
        return _decline(draft, "unanswerable", "unknown_product", words=unresolved)
    if unresolved and not wished:
        return _decline(draft, "needs_clarification", "which_product")
    unknown = resolve.unknown_name(question.text, draft.view)
    if unknown:
        return _decline(draft, "unanswerable", "unknown_product", words=unknown)
    wish = msgspec.structs.replace(
        understanding.filter, attributes={**understanding.filter.attributes, **revise.freed(draft)}
    )
    found = find.answer(
        question, Draft(msgspec.structs.replace(understanding, filter=wish), draft.view), question.filters
    )
    return found if found.outcome != "no_match" else _nothing(question, draft, found)


def _needed(unresolved: str, fields: list[str]) -> float:
    """Log-odds a shop text needs: more when the question's "it" points at nothing, most when a field of it is asked."""
    if not unresolved:
        return shoptext.SURE
    return _WITHOUT_POINT + (1.5 if fields else 0.0)


def _nothing(question: Question, draft: Draft, found: Decision) -> Decision:
    """Neither product nor text: the shop's texts lack it, or the product is not sold, or one has to ask back."""
    if draft.understanding.filter:
        return found
    if shoptext.odds(question, draft) > _TOUCHED:
        return _decline(draft, "unanswerable", "no_evidence")
    asks_back = draft.understanding.intent in {"product_question", "compare"} and not cues.asks_sold(question.text)
    if asks_back and not _named(draft):
        return _decline(draft, "needs_clarification", "which_product")
    return found


def _named(draft: Draft) -> bool:
    """Whether the question names anything at all."""
    return bool(draft.understanding.referents or draft.understanding.unresolved)


def _or_shop_text(question: Question, draft: Draft, decision: Decision) -> Decision:
    """Asked for live chat, a shop sells none: its texts get a say before "not sold"."""
    if decision.outcome != "no_match" or shoptext.odds(question, draft) < shoptext.SURE:
        return decision
    return shoptext.answer(question, Draft(draft.understanding, draft.view))


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


def _decline(draft: Draft, outcome: Outcome, reason: Reason, **values: str) -> Decision:
    draft.say(phrases.text(reason, draft.language, **values), kind="notice")
    return draft.decide(outcome, reason)
