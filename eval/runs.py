"""A saved run as the gate and the comparison read it: the cases' own lines in `scores.jsonl`, never a report."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from eval import score
from eval.cases import Case, content_hash, load
from eval.errors import CaseError, ResultsError
from eval.metrics.model import ERROR, NOT_APPLICABLE, Metric, Sample, Statistic, scored
from eval.results import Folder, RunInfo
from eval.score import CaseScore
from eval.slices import names_of
from eval.statistics.estimate import value_of

METRICS: dict[str, Metric] = {metric.name: metric for metric in score.METRICS}
_ARITY: dict[Statistic, int] = {"ratio": 2, "risk_area": 2, "precision": 3, "recall": 3, "f1": 3}


class Run(NamedTuple):
    """A run's folder as it was saved: `cases` and `scores` hold every case, in the order of the case file."""

    folder: Path
    info: RunInfo
    asked: str
    """SHA-256 of the cases that were asked, which may be a draw of the file's."""
    cases: dict[str, Case]
    scores: dict[str, CaseScore]

    @property
    def errors(self) -> list[str]:
        """The cases without an answer."""
        return [id_ for id_, case in self.scores.items() if case.error is not None]

    @property
    def checker(self) -> str:
        """Version(s) of what checked the statements and read the records; "" where nothing was checked."""
        return ", ".join(sorted({case.judge for case in self.scores.values() if case.judge}))

    def samples(self, metric: Metric, ids: Iterable[str]) -> list[Sample]:
        """The metric's sample of each of these cases."""
        return [_sample(self.scores[id_], metric.name) for id_ in ids]

    def value(self, metric: Metric, id_: str) -> float | None:
        """What one case alone scores."""
        sample = _sample(self.scores[id_], metric.name)
        return value_of(metric.statistic, [sample.values]) if sample.state == "scored" else None

    def members(self, slice_: str) -> list[str]:
        """The cases of a slice, as this run's guide read their intents."""
        return [id_ for id_, case in self.cases.items() if slice_ in names_of(case, self.scores[id_].intent)]


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
    return Run(path, info, content_hash(cases), {case.id: case for case in cases}, scores)


def same_cases(a: Run, b: Run) -> None:
    """See that two runs can be laid side by side.

    Raises:
        ResultsError: they asked other cases, or were scored by another harness, or another state of it.
    """
    for name, one, other in (
        ("case files", a.info.cases_hash, b.info.cases_hash),
        ("cases", a.asked, b.asked),
        ("harnesses", a.info.harness, b.info.harness),
    ):
        if one != other:
            raise ResultsError(f"{a.folder} and {b.folder} cannot be compared: different {name} ({one}, {other})")
    if a.checker and b.checker and a.checker != b.checker:
        raise ResultsError(
            f"{a.folder} and {b.folder} were scored by different checkers ({a.checker}; {b.checker}): "
            "score both again with `guide-eval report DIR`"
        )


def _sample(case: CaseScore, name: str) -> Sample:
    if case.error is not None:
        return ERROR
    return scored(*case.scores[name]) if name in case.scores else NOT_APPLICABLE


def _read_scores(path: Path) -> dict[str, CaseScore]:
    decoder = msgspec.json.Decoder(CaseScore)
    found: dict[str, CaseScore] = {}
    try:
        lines: Sequence[bytes] = path.read_bytes().splitlines()
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
