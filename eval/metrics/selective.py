"""Does the guide know when it is right? Wrong answers over coverage, surest answers first.

Only answers count: what the guide declined it has left out by itself. The area is that under the curve from none to all
of its answers; it is the error share when confidence says nothing, and less the better confidence tells.
"""

from collections.abc import Iterable

import msgspec

from eval.metrics.answers import wrongs
from eval.metrics.model import ABSTENTION, NOT_APPLICABLE, Judged, Metric, Sample, scored


class Point(msgspec.Struct, frozen=True):
    """If only answers at least this confident were given."""

    confidence: float
    coverage: float
    """Their share of the cases that were answered or declined."""
    risk: float
    """The share of them that is wrong."""


def risk_coverage(cases: Iterable[Judged]) -> list[Point]:
    """The curve, a point for each confidence that occurs, surest first; [] where no answer tells its confidence."""
    taken = [_measure(judged) for judged in cases]
    answers = sorted((sample.values for sample in taken if sample.state == "scored"), reverse=True)
    total = len(answers) + taken.count(ABSTENTION)
    points: list[Point] = []
    wrong = 0.0
    for rank, (confidence, failed) in enumerate(answers, start=1):
        wrong += failed
        if rank == len(answers) or answers[rank][0] != confidence:
            points.append(Point(confidence, rank / total, wrong / rank))
    return points


def _measure(judged: Judged) -> Sample:
    found = wrongs(judged)
    if judged.answer is None or judged.answer.confidence is None or found is None:
        return NOT_APPLICABLE
    return ABSTENTION if judged.abstained else scored(judged.answer.confidence, bool(found))


METRICS = [
    Metric("risk_area", "abstention", "risk_area", "lower", _measure, "area under error share over coverage"),
]
