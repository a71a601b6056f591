"""What the shop's records say of a drafted sentence, by the harness's checker (no code is shared with the verifier)."""

from pathlib import Path

from bench.judged import MAPPINGS
from catalog import feeds
from catalog.issues import Issue
from eval.answer import Answer, Card, Citation, Span
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Setting, Verdict
from eval.truth import Truth
from guide.model import Decision, Sentence

UNSUPPORTED: frozenset[Verdict] = frozenset({"contradicted", "not_enough_evidence"})


class Records:
    """The records of the shop that the drafts speak of."""

    def __init__(self, work: Path) -> None:
        read = feeds.read([str(work / "feed.jsonl")], str(MAPPINGS / "pqa.toml"), "pqa")
        self._truth = Truth(item for item in read if not isinstance(item, Issue))

    def verdict(self, sentence: Sentence, question: str, decision: Decision) -> Verdict:
        """Supported only if every statement in the sentence is; contradicted if one is."""
        span = Span(start=0, end=len(sentence.text), citations=sentence.citations, kind=sentence.kind)
        marks = "".join(f"[{n}]" for n in sentence.citations)
        cited = [
            Citation(n=e.n, record_id=e.record_id, field=e.field, quote=e.quote)
            for e in decision.evidence
            if e.n in sentence.citations
        ]
        cards = [Card(id=card.id, title=card.title) for card in decision.cards]
        answer = Answer(outcome="answered", text=sentence.text + marks, claims=[span], products=cards, citations=cited)
        checked = check_answer(answer, Setting(question=question, cards=cards, truth=self._truth))
        found: set[Verdict] = {one.verdict for one in checked}
        for worst in ("contradicted", "not_enough_evidence", "supported"):
            if worst in found:
                return worst
        return "not_checkable"
