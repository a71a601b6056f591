"""Two saved runs of the same cases, side by side: what each metric was, what it is, and which cases moved.

Every figure is computed from the cases' own lines in `scores.jsonl`, never taken from a report, and only runs that
asked the same cases, scored by the same harness, are compared. How sure a difference is comes with the statistics
of the harness: a `Change` has room for an interval beside its difference.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from eval import score
from eval.cases import content_hash, load
from eval.errors import CaseError, ResultsError
from eval.metrics.model import ERROR, NOT_APPLICABLE, Metric, Sample, Statistic, scored
from eval.metrics.statistics import Result, summarise
from eval.results import Folder, RunInfo
from eval.score import CaseScore
from eval.statistics.estimate import value_of

COMPARED = ("accuracy", "nDCG@10", "constraint_violations", "wrong_price", "unknown_product", "abstention_f1")
"""The metrics that need no judge and no clock; those that a rule names are compared too."""

METRICS: dict[str, Metric] = {metric.name: metric for metric in score.METRICS}
_ARITY: dict[Statistic, int] = {"ratio": 2, "risk_area": 2, "precision": 3, "recall": 3, "f1": 3}
_SAME = 1e-9
"""Two values nearer than this are one: sums of the same numbers in another order."""


class Run(NamedTuple):
    """A run's folder as it was saved: `scores` holds every case, in the order of the case file."""

    folder: Path
    info: RunInfo
    asked: str
    """SHA-256 of the cases that were asked, which may be a draw of the file's."""
    scores: dict[str, CaseScore]

    @property
    def errors(self) -> list[str]:
        """The cases without an answer."""
        return [id_ for id_, case in self.scores.items() if case.error is not None]


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
    """A metric in both runs, each over all its cases; `n_paired` cases scored in both."""

    a: float | None
    b: float | None
    difference: float | None
    """b - a, None where either has no value."""
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


def read_run(path: Path) -> Run:
    """A saved run.

    Raises:
        ResultsError: the folder holds no run that was scored to its end, or its files do not fit together.
    """
    folder = Folder(path)
    info = folder.info()
    try:
        cases = load(folder.cases).cases
    except CaseError as error:
        raise ResultsError(f"{path}: its cases cannot be read: {error}") from error
    scores = _read_scores(folder.scores)
    ids = [case.id for case in cases]
    if ids != info.ids or ids != list(scores):
        raise ResultsError(f"{path}: run.json, cases.jsonl and scores.jsonl name different cases: run it again")
    return Run(path, info, content_hash(cases), scores)


def same_cases(a: Run, b: Run) -> None:
    """See that two runs can be laid side by side.

    Raises:
        ResultsError: they asked other cases, or were scored by another harness.
    """
    for name, one, other in (
        ("case files", a.info.cases_hash, b.info.cases_hash),
        ("cases", a.asked, b.asked),
        ("harnesses", a.info.harness, b.info.harness),
    ):
        if one != other:
            raise ResultsError(f"{a.folder} and {b.folder} cannot be compared: different {name} ({one}, {other})")


def compare(a: Run, b: Run, names: Iterable[str] = COMPARED) -> Comparison:
    """Every named metric of A and of B.

    Raises:
        ResultsError: the runs asked other cases, or were scored by another harness.
    """
    same_cases(a, b)
    return Comparison(
        a=_side(a),
        b=_side(b),
        cases_file=b.info.cases_file,
        cases_hash=b.asked,
        n_cases=len(b.scores),
        metrics={name: _change(METRICS[name], a, b) for name in names},
    )


def measure(run: Run, metric: Metric) -> Result:
    """The metric over all cases of a run."""
    return summarise(metric, [_sample(case, metric.name) for case in run.scores.values()])


def case_value(case: CaseScore, metric: Metric) -> float | None:
    """What one case alone scores."""
    values = case.scores.get(metric.name)
    return value_of(metric.statistic, [values]) if values and case.error is None else None


def _change(metric: Metric, a: Run, b: Run) -> Change:
    was, now = measure(a, metric), measure(b, metric)
    pairs = [(id_, case_value(a.scores[id_], metric), case_value(case, metric)) for id_, case in b.scores.items()]
    return Change(
        a=was.value,
        b=now.value,
        difference=now.value - was.value if was.value is not None and now.value is not None else None,
        n_a=was.n_scored,
        n_b=now.n_scored,
        n_paired=sum(
            metric.name in case.scores and metric.name in a.scores[id_].scores for id_, case in b.scores.items()
        ),
        moved=[
            Moved(id=id_, before=one, after=other, wrong=b.scores[id_].wrong)
            for id_, one, other in pairs
            if _differ(one, other)
        ],
    )


def _differ(one: float | None, other: float | None) -> bool:
    return one is not other if one is None or other is None else abs(one - other) > _SAME


def _sample(case: CaseScore, name: str) -> Sample:
    if case.error is not None:
        return ERROR
    return scored(*case.scores[name]) if name in case.scores else NOT_APPLICABLE


def _side(run: Run) -> Side:
    info = run.info
    return Side(folder=str(run.folder), target=info.target, snapshot=info.snapshot, n_errors=len(run.errors))


def _read_scores(path: Path) -> dict[str, CaseScore]:
    decoder = msgspec.json.Decoder(CaseScore)
    found: dict[str, CaseScore] = {}
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ResultsError(f"{path}: the run was not scored: {error.strerror}; run it again") from error
    for number, line in enumerate(lines, start=1):
        try:
            case = decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise ResultsError(f"{path}:{number}: not the scores of a case: {error}") from error
        if case.id in found or not _whole(case):
            raise ResultsError(f"{path}:{number}: the scores of {case.id!r} are there twice, or cannot be right")
        found[case.id] = case
    return found


def _whole(case: CaseScore) -> bool:
    """Whether every known metric holds as many values as its statistic reads, and a case without an answer none."""
    if case.error is not None:
        return not case.scores
    known = {name: values for name, values in case.scores.items() if name in METRICS}
    return all(len(values) == _ARITY.get(METRICS[name].statistic, 1) for name, values in known.items())
