"""Whether a sentence may be said."""

from collections.abc import Callable, Iterator

import msgspec

from guide.model import Decision, Question, Sentence
from guide.verify.charges import charges
from guide.verify.comparisons import comparisons
from guide.verify.links import links
from guide.verify.naming import naming
from guide.verify.numbers import numbers
from guide.verify.polarity import polarity
from guide.verify.reading import Context, Reading
from guide.verify.speech import speech
from guide.verify.states import states
from guide.verify.support import support
from guide.verify.truth import truth
from guide.verify.variants import variants


class Verdict(msgspec.Struct, frozen=True):
    """Kept when there is no reason against it; `reasons` are (check, complaint)."""

    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the sentence may be said as it is."""
        return not self.reasons


class Verifier:
    """Checks the sentences of one answer against what was decided."""

    def __init__(self, decision: Decision, question: Question) -> None:
        self.context = Context(decision, question)

    def check(self, sentence: Sentence) -> Verdict:
        """Every check over one sentence, as `_CHECKS` lists them."""
        reading = Reading(sentence, self.context)
        return Verdict(tuple((name, complaint) for name, check in _CHECKS.items() for complaint in check(reading)))


_FRAMES = frozenset({"frame", "notice"})


def _marks(reading: Reading) -> Iterator[str]:
    """Complaints about evidence that is not there, or none; facts of the whole shop were counted and have no record."""
    claims = not reading.own and reading.sentence.kind not in _FRAMES
    if claims and not reading.sentence.citations and not reading.context.decision.understanding.fact:
        yield "it stands on no evidence"
    for n in reading.sentence.citations:
        if n not in reading.context.grounds.facts:
            yield f"[{n}] is not in the evidence"


_CHECKS: dict[str, Callable[[Reading], Iterator[str]]] = {
    "mark": _marks,
    "number": numbers,
    "variant": variants,
    "name": naming,
    "availability": states,
    "truth": truth,
    "polarity": polarity,
    "charge": charges,
    "support": support,
    "ranking": comparisons,
    "link": links,
    "speech": speech,
}
