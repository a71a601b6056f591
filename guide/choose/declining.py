"""Declining: what is out of scope, what the shop neither sells nor speaks of, and how it is said."""

from guide.choose import phrases, resolve, shoptext
from guide.choose.draft import Draft
from guide.evidence import of_product
from guide.model import Decision, Outcome, Question, Reason, Understanding
from guide.understand import pointers
from guide.understand.absent import SENT_TO, speaks
from guide.understand.elsewhere import BEYOND
from guide.understand.intent import plainly_off_topic

ABSTENTIONS: dict[str, tuple[Outcome, Reason]] = {
    "order": ("out_of_scope", "order_account"),
    "smalltalk": ("out_of_scope", "smalltalk"),
    "off_topic": ("out_of_scope", "off_topic"),
    "abuse": ("refused", "abuse"),
}
_IN_OTHER_WORDS = 3.2
"""Log-odds that answer a question even on a matter that no text names."""
_OF_UNSOLD = 1.5
"""Log-odds that a shop text needs when the question names a kind of thing that is not sold."""


def decline(draft: Draft, outcome: Outcome, reason: Reason, **values: str) -> Decision:
    """Say why, and nothing else."""
    draft.say(phrases.text(reason, draft.language, **values), kind="notice")
    return draft.decide(outcome, reason)


def not_here(question: Question, understanding: Understanding, draft: Draft) -> Decision | None:
    """What is asked for that the shop neither sells nor speaks of."""
    if BEYOND.intersection(understanding.unspoken):
        return decline(draft, "unanswerable", "no_evidence")
    counted = understanding.fact not in {"", "sells"}  # how many are in stock in your shop is a fact of the records
    if understanding.unspoken and not counted and not _told_of(question, draft):
        return decline(draft, "unanswerable", "no_evidence")
    if understanding.currency_missing:
        return decline(draft, "no_match", "currency_not_sold", words=understanding.currency_missing)
    if understanding.fact == "sells" and pointers.only_points(understanding.unresolved):
        return decline(draft, "needs_clarification", "which_product")
    if understanding.fact == "sells" and understanding.unresolved:
        return decline(draft, "no_match", "unknown_product", words=understanding.unresolved)
    if understanding.unsold and shoptext.odds(question, draft) < _OF_UNSOLD:
        return decline(draft, "no_match", "unknown_product", words=understanding.unsold)
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


def abstain(question: Question, draft: Draft) -> Decision:
    """Decline what its intent alone puts out of scope."""
    outcome, reason = ABSTENTIONS[draft.understanding.intent]
    if draft.understanding.intent == "off_topic" and not plainly_off_topic(question.text):
        outcome, reason = "unanswerable", "no_evidence"
    return decline(draft, outcome, reason)
