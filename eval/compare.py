"""Two saved runs of the same cases, side by side: what each metric was, what it is, and which cases moved.

Only runs that asked the same cases, scored by the same harness, are compared. A difference comes with its paired
interval, with how often chance alone would make one as large, and with the smallest one these cases can tell.
"""

from collections.abc import Iterable, Iterator

import msgspec

from eval.metrics.model import Metric
from eval.runs import METRICS, Run, same_cases
from eval.slices import topic_of
from eval.statistics.detectable import ALPHA, detectable
from eval.statistics.estimate import value_of
from eval.statistics.paired import interval, pairs
from eval.statistics.significance import TestName, holm, significance

COMPARED = ("accuracy", "nDCG@10", "constraint_violations", "wrong_price", "unknown_product", "abstention_f1")
"""The metrics that need no judge and no clock; those that a rule names are compared too."""

_SAME = 1e-9
"""Two values nearer than this are one: sums of the same numbers in another order."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Whose answers one side of a comparison holds."""

    folder: str
    target: str
    snapshot: str | None
    n_errors: int


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose own value changed; None where it had none (an error, or the metric did not apply)."""

    id: str
    before: float | None = msgspec.field(name="from")
    after: float | None = msgspec.field(name="to")
    wrong: list[str]
    """What is wrong with the answer of B, whichever metric moved."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A metric in both runs, each over all its cases; `n_paired` cases scored in both.

    What is None could not be computed: one of the runs has no value.
    """

    a: float | None
    b: float | None
    difference: float | None
    """b - a."""
    interval: tuple[float, float] | None
    """95 % interval of the difference: topics drawn with replacement, both runs' answers together."""
    test: TestName | None
    p: float | None
    """How often equally good runs differ as much, to either side; adjusted for the metrics compared (Holm)."""
    detectable: float | None
    """The smallest true difference to either side that 8 of 10 such samples tell, at .05."""
    n_a: int
    n_b: int
    n_paired: int
    moved: list[Moved]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What `guide-eval compare` prints."""

    a: Side
    b: Side
    cases_file: str
    cases_hash: str
    n_cases: int
    metrics: dict[str, Change]


def compare(a: Run, b: Run, names: Iterable[str] = COMPARED) -> Comparison:
    """Every named metric of A and of B.

    Raises:
        ResultsError: the runs asked other cases, or were scored by another harness.
    """
    same_cases(a, b)
    topics = [topic_of(case) for case in b.cases.values()]
    changes = {name: _change(METRICS[name], a, b, topics) for name in names}
    tested = {name: change.p for name, change in changes.items() if change.p is not None}
    adjusted = dict(zip(tested, holm(list(tested.values())), strict=True))
    return Comparison(
        a=_side(a),
        b=_side(b),
        cases_file=b.info.cases_file,
        cases_hash=b.asked,
        n_cases=len(b.scores),
        metrics={name: msgspec.structs.replace(one, p=adjusted.get(name)) for name, one in changes.items()},
    )


def _change(metric: Metric, a: Run, b: Run, topics: list[str]) -> Change:
    """The metric's change, its p-value not yet adjusted."""
    was, now = a.samples(metric, b.scores), b.samples(metric, b.scores)
    before, after = ([one.values for one in run if one.state == "scored"] for run in (was, now))
    pair = pairs(metric.statistic, was, now, topics)
    sure = pair if pair and pair.difference is not None else None
    tested = significance(sure, "either") if sure else None
    return Change(
        a=value_of(metric.statistic, before) if before else None,
        b=value_of(metric.statistic, after) if after else None,
        difference=sure.difference if sure else None,
        interval=interval(sure) if sure else None,
        test=tested.name if tested else None,
        p=tested.p if tested else None,
        detectable=detectable(sure, ALPHA / 2) if sure else None,
        n_a=len(before),
        n_b=len(after),
        n_paired=sum(one.state == other.state == "scored" for one, other in zip(was, now, strict=True)),
        moved=list(_moved(metric, a, b)),
    )


def _moved(metric: Metric, a: Run, b: Run) -> Iterator[Moved]:
    for id_, case in b.scores.items():
        before, after = a.value(metric, id_), b.value(metric, id_)
        if _differ(before, after):
            yield Moved(id=id_, before=before, after=after, wrong=case.wrong)


def _differ(one: float | None, other: float | None) -> bool:
    return one is not other if one is None or other is None else abs(one - other) > _SAME


def _side(run: Run) -> Side:
    info = run.info
    return Side(folder=str(run.folder), target=info.target, snapshot=info.snapshot, n_errors=len(run.errors))
