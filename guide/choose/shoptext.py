"""A question about the shop itself, answered from FAQs and policies."""

import math
import re

import msgspec

from catalog.model import Faq, Policy
from guide.choose import phrases, settled
from guide.choose.draft import Draft
from guide.choose.rank import Scorer, probability
from guide.evidence import Statement, of_shop_text
from guide.model import Decision, Question
from index.api import Query

SURE = 0.0
"""Log-odds at which a statement answers the question."""
_NEAR = 2.0
"""Further statements must come this near to the best one."""
_MOST = 5
_OTHERS = 3
_SHARED = 1.0
"""Log-odds that the record with most shared words is put ahead."""
_BARE = re.compile(
    r"(?:yes|no|sure|of course|not yet|可以|能|会|有|是的?|支持|需要|没有|不(?:可以|能|会|行|是|支持|需要))[.!。！]?",
    re.IGNORECASE,
)
"""A statement that says yes or no to its own question, and nothing else."""
_RECORDS = 10
_BACKGROUND = 24
"""So many further records show what a chance resemblance looks like."""


def answer(question: Question, draft: Draft) -> Decision:
    """The sentences of the shop's texts that answer, or that none does."""
    ranked = ranked_statements(question, draft)
    best = max((odds for odds, _ in ranked), default=-math.inf)
    if best < SURE:
        draft.say(phrases.text("no_evidence", draft.language), kind="notice")
        return draft.decide("unanswerable", "no_evidence", 1 - probability(best))
    chosen = _chosen(ranked, max(SURE, best - _NEAR))
    kept = [one for one in chosen if not _BARE.fullmatch(one.quote) or _is_asked(question, draft, one)]
    for statement in kept or chosen:
        draft.say(phrases.shop_text(statement, draft.language), draft.cite(statement))
    return draft.decide("answered", confidence=probability(best))


def _chosen(ranked: list[tuple[float, Statement]], bar: float) -> list[Statement]:
    """The passage around the best statement as it is written, then what else comes near."""
    first = ranked[0][1]
    around = [s for _, s in ranked if (s.record_id, s.label) == (first.record_id, first.label)]
    record = sorted(around, key=lambda s: s.place)[:_MOST]
    others = [s for odds, s in ranked if odds >= bar and s not in record]
    return [*record, *others[:_OTHERS]]


def _is_asked(question: Question, draft: Draft, bare: Statement) -> bool:
    """Whether the question that a bare yes or no answers is the one that was asked."""
    own = msgspec.structs.replace(bare, quote=bare.label)
    scorer = Scorer(draft.view, _with_history(question), "shop")
    return settled.asks_whether(question.text) and scorer.score([own])[0] >= SURE


def odds(question: Question, draft: Draft) -> float:
    """Log-odds that the best statement of the shop's texts answers."""
    return max((odds for odds, _ in ranked_statements(question, draft)), default=-math.inf)


def ranked_statements(question: Question, draft: Draft) -> list[tuple[float, Statement]]:
    """Statements of the shop's texts, best first, each text once.

    Log-odds alone say whether something answers; which of two near answers comes first is settled by the words that
    the question shares with the whole record. A draft is about one question, and ranks them once.
    """
    if draft.shop_texts is None:
        draft.shop_texts = _rank(question, draft)
    return draft.shop_texts


def _rank(question: Question, draft: Draft) -> list[tuple[float, Statement]]:
    text = _with_history(question)
    hits = draft.view.search(Query(text=text, types=("faq", "policy"), k=_RECORDS + _BACKGROUND)).hits
    near = _statements(draft, [hit.id for hit in hits[:_RECORDS]])
    far = _statements(draft, [hit.id for hit in hits[_RECORDS:]])
    scores = Scorer(draft.view, text, "shop").score(near, far) if near else []
    words = {hit.id: hit.scores.get("lexical", 0.0) for hit in hits}
    most = max([*words.values(), 1e-9])
    return sorted(zip(scores, near, strict=True), key=lambda row: -row[0] - _SHARED * words[row[1].record_id] / most)


def _statements(draft: Draft, ids: list[str]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for id_ in ids:
        record = draft.view.record(id_)
        if isinstance(record, Faq | Policy):
            for statement in of_shop_text(record, draft.language):
                found.setdefault(statement.quote, statement)
    return list(found.values())


# What continues the question before it, and says little without it.
_CONTINUES = re.compile(
    r"^(?:那|那么|还有|如果|and\b|what about|how about|or\b|what if|but\b)|呢[?？]?$", re.IGNORECASE
)


def _with_history(question: Question) -> str:
    before = next((turn.content for turn in reversed(question.history) if turn.role == "user"), "")
    return f"{before} {question.text}" if before and _CONTINUES.search(question.text.strip()) else question.text
