"""Retrieval from `POST /v1/search` with k = 100, under the names of ir-measures and with its numbers.

The gain of a record is the grade the case file gives it, as it stands (a file that wants 2^r-1 writes it so); a
grade above 0 is relevant. Cases without `relevant` do not apply.
"""

import math
from collections.abc import Callable, Sequence

from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, scored

Grades = dict[str, float]


def ndcg(hits: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Discounted gain of the first `depth` over that of the best order; 0 when nothing is relevant."""
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return _discounted([grades.get(hit, 0.0) for hit in hits[:depth]]) / ideal if ideal else 0.0


def recall(hits: Sequence[str], grades: Grades, depth: int = 100) -> float:
    """Share of the relevant records among the first `depth`; 0 when nothing is relevant."""
    wanted = {record for record, grade in grades.items() if grade > 0}
    return len(wanted & set(hits[:depth])) / len(wanted) if wanted else 0.0


def reciprocal_rank(hits: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """1 / rank of the first relevant record, 0 when there is none among the first `depth`."""
    return next((1 / rank for rank, hit in enumerate(hits[:depth], 1) if grades.get(hit, 0.0) > 0), 0.0)


def precision_at_1(hits: Sequence[str], grades: Grades) -> float:
    """1 if the first record is relevant."""
    return float(bool(hits) and grades.get(hits[0], 0.0) > 0)


def judged_share(hits: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Share of the first `depth` places that hold a graded record; an empty place is not judged."""
    return sum(hit in grades for hit in hits[:depth]) / depth


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _measure(score: Callable[[Sequence[str], Grades], float]) -> Callable[[Judged], Sample]:
    def measure(judged: Judged) -> Sample:
        if not judged.case.relevant or judged.hits is None:
            return NOT_APPLICABLE
        return scored(score(judged.hits, judged.case.relevant))

    return measure


METRICS = [
    Metric("nDCG@10", "retrieval", "mean", "higher", _measure(ndcg), "gain = the grade in the case file"),
    Metric("R@100", "retrieval", "mean", "higher", _measure(recall), "relevant records found among 100"),
    Metric("RR@10", "retrieval", "mean", "higher", _measure(reciprocal_rank), "1 / rank of the first relevant"),
    Metric("P@1", "retrieval", "mean", "higher", _measure(precision_at_1), "the first record is relevant"),
    Metric("judged@10", "retrieval", "mean", "higher", _measure(judged_share), "top 10 places that have a grade"),
]
