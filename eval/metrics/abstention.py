"""Does the guide decline exactly when it should? Declining is the positive class.

A case should be declined if every outcome it accepts is an abstention; one that accepts both does not apply.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from eval.cases import ABSTAINED
from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, scored
from eval.outcomes import abstains, accepts


class ReasonCount(msgspec.Struct):
    """How often the guide declined for one reason, and how often it should have declined then."""

    given: int
    right: int


def should_abstain(judged: Judged) -> bool | None:
    """Whether declining is right or wrong; None where it is both, or nobody knows."""
    if not judged.case.graded:
        return None
    accepted = judged.case.accepted
    if accepted <= ABSTAINED:
        return True
    return None if accepted & ABSTAINED else False


def by_reason(cases: Iterable[Judged]) -> dict[str, ReasonCount]:
    """`outcome/reason` of every abstention with how many were right."""
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for judged in cases:
        if judged.answer and judged.abstained and judged.case.graded:
            name = f"{judged.answer.outcome}/{judged.answer.reason or '-'}"
            given[name] += 1
            right[name] += accepts(judged.case.accepted, judged.answer.outcome) is True
    return {name: ReasonCount(given[name], right[name]) for name in sorted(given)}


def _measure(judged: Judged) -> Sample:
    wanted = should_abstain(judged)
    got = abstains(judged.answer.outcome) if judged.answer else None
    if got is None or wanted is None:
        return NOT_APPLICABLE
    return scored(wanted and got, got and not wanted, wanted and not got)


METRICS = [
    Metric("abstention_precision", "abstention", "precision", "higher", _measure, "declined, and rightly"),
    Metric("abstention_recall", "abstention", "recall", "higher", _measure, "of what should be declined"),
    Metric("abstention_f1", "abstention", "f1", "higher", _measure, "harmonic mean of the two"),
]
