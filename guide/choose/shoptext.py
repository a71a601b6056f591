"""A question about the shop itself, answered from FAQs and policies."""

from catalog.model import Faq, Policy
from guide.choose import phrases
from guide.choose.draft import Draft
from guide.choose.rank import Scorer
from guide.evidence import Statement, of_shop_text
from guide.model import Decision, Question
from index.api import Query

SURE = 0.36
"""A statement that scores this much answers the question (tuned on the tune cases)."""
_SURE_OF_SHOP = 0.28
"""So much is enough when the words themselves speak of delivery, returns, payment and the like."""
_SUPPORT = 0.62
_MOST = 5
_RECORDS = 6
_BACKGROUND = 24
"""So many further records show what a chance resemblance looks like."""


def answer(question: Question, draft: Draft) -> Decision:
    """The sentences of the shop's texts that answer, or that none does."""
    ranked = ranked_statements(question, draft)
    best = ranked[0][0] if ranked else 0.0
    needed = _SURE_OF_SHOP if draft.understanding.intent == "shop_question" else SURE
    if best < needed:
        draft.say(phrases.text("no_evidence", draft.language), kind="notice")
        return draft.decide("unanswerable", "no_evidence", 1 - best)
    chosen = [statement for score, statement in ranked if score >= max(needed, _SUPPORT * best)][:_MOST]
    place = {record: at for at, record in enumerate(dict.fromkeys(s.record_id for s in chosen))}
    order = {id(statement): at for at, (_, statement) in enumerate(ranked)}
    for statement in sorted(chosen, key=lambda s: (place[s.record_id], order[id(s)])):
        draft.say(phrases.shop_text(statement, draft.language), draft.cite(statement))
    return draft.decide("answered", confidence=min(1.0, best))


def ranked_statements(question: Question, draft: Draft) -> list[tuple[float, Statement]]:
    """Statements of the shop's texts, best first, each text once."""
    text = _with_history(question)
    hits = draft.view.search(Query(text=text, types=("faq", "policy"), k=_RECORDS + _BACKGROUND)).hits
    near = _statements(draft, [hit.id for hit in hits[:_RECORDS]])
    far = _statements(draft, [hit.id for hit in hits[_RECORDS:]])
    scores = Scorer(draft.view, text, "shop").score(near, far) if near else []
    return sorted(zip(scores, near, strict=True), key=lambda row: -row[0])


def _statements(draft: Draft, ids: list[str]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for id_ in ids:
        record = draft.view.record(id_)
        if isinstance(record, Faq | Policy):
            for statement in of_shop_text(record, draft.language):
                found.setdefault(statement.quote, statement)
    return list(found.values())


_SHORT = 16
"""A follow-up shorter than this says little without the question before it."""


def _with_history(question: Question) -> str:
    before = next((turn.content for turn in reversed(question.history) if turn.role == "user"), "")
    return f"{before} {question.text}" if before and len(question.text) < _SHORT * 2 else question.text
