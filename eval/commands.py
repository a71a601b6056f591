"""What the commands do; imported by `eval.cli` only when one of them runs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from eval import score
from eval.ask_cases import Asking, ask_cases
from eval.cases import load
from eval.errors import ResultsError
from eval.faithfulness.check import check_response
from eval.faithfulness.model import Checked
from eval.judges.card import JudgeCard
from eval.judges.card import load as load_card
from eval.judges.ragas_judge import RagasJudge
from eval.judges.settings import JudgeSettings
from eval.metrics.model import Judged, Metric, Sample
from eval.page.baseline import read_baseline
from eval.page.data import page
from eval.page.plots import draw
from eval.page.write import save, write
from eval.records import read
from eval.report import Report, build, markdown
from eval.results import Folder
from eval.truth import Truth
from eval.verdict import Threshold, parse_thresholds


class ClaimRow(msgspec.Struct, kw_only=True):
    """A line to `claims`: a text and what it has to rest on."""

    id: str
    evidence: list[str]
    response: str


class ClaimScore(msgspec.Struct, kw_only=True):
    """A line from `claims`: the support of the least supported checkable statement, and the worst verdict among them.

    With nothing to check the verdict is not_checkable and the score .5, which ranks it between the others.
    """

    id: str
    score: float
    verdict: str
    claims: list[Checked]


class Options(msgspec.Struct, kw_only=True, frozen=True):
    """What `run` and `report` share."""

    catalog: Sequence[str] = ()
    mapping: str | None = None
    minimum: Sequence[str] = ()
    maximum: Sequence[str] = ()
    ragas: bool = False
    judge_card: Path | None = None
    judge: JudgeSettings | None = None
    html: Path | None = None
    """Where the page goes; None is report.html in the run's folder."""
    baseline: Path | None = None
    """The folder of a run that the page shows beside this one."""


Scorer = Callable[[Sequence[Judged]], list[dict[str, Sample]]]
"""Scores cases by another library: each case's samples by metric name."""


class _Plan(NamedTuple):
    """What is computed and held to, known to be right before anything is asked."""

    metrics: list[Metric]
    thresholds: list[Threshold]
    card: JudgeCard | None
    outside: Sequence[Scorer]
    judge: RagasJudge | None


def run(asking: Asking, options: Options) -> Report:
    """Ask, save, score; see `guide-eval run --help`."""
    plan = _plan(options, asking.out)
    truth = _truth(options)
    return _score(ask_cases(asking, truth, options.catalog), truth, plan, options)


def report(out: Path, options: Options) -> Report:
    """Score a folder of saved answers again; without `--catalog` the feeds of the run are read."""
    plan = _plan(options, out)
    folder = Folder(out)
    options = msgspec.structs.replace(options, catalog=list(options.catalog) or folder.info().catalog)
    return _score(folder, _truth(options), plan, options)


def answers(out: Path) -> list[Judged]:
    """The saved answers of a folder, their statements checked against the feeds of its run."""
    folder = Folder(out)
    return _judged(folder, _truth(Options(catalog=folder.info().catalog)))


def claims(source: Path, out: Path) -> int:
    """Check the statements of every row of `source`; the number of rows.

    Raises:
        ResultsError: a line is not {id, evidence, response}; nothing is written then.
    """
    decoder = msgspec.json.Decoder(ClaimRow)
    scored = []
    for number, line in enumerate(source.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise ResultsError(f"{source}:{number}: {error}") from error
        scored.append(score_claims(row))
    out.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in scored))
    return len(scored)


def score_claims(row: ClaimRow) -> ClaimScore:
    """One row checked."""
    checked = check_response(row.response, row.evidence)
    checkable = [claim for claim in checked if claim.verdict != "not_checkable"]
    verdicts = {claim.verdict for claim in checkable}
    worst = next((name for name in ("contradicted", "not_enough_evidence", "supported") if name in verdicts), None)
    support = min((claim.support for claim in checkable), default=0.5)
    return ClaimScore(id=row.id, score=round(support, 4), verdict=worst or "not_checkable", claims=checked)


def _plan(options: Options, out: Path) -> _Plan:
    metrics = list(score.METRICS)
    outside: list[Scorer] = []
    if options.ragas:
        from eval import ragas_adapter

        metrics += ragas_adapter.METRICS
        outside.append(ragas_adapter.score)
    judge = RagasJudge(options.judge, out / "judge") if options.judge else None
    if judge:
        metrics += judge.metrics
        outside.append(judge.score)
    known = [metric.name for metric in metrics]
    card = load_card(options.judge_card) if options.judge_card else None
    thresholds = parse_thresholds(options.minimum, options.maximum, known, judge_card=card is not None)
    return _Plan(metrics, thresholds, card, outside, judge)


def _truth(options: Options) -> Truth | None:
    return Truth(read(options.catalog, options.mapping)) if options.catalog else None


def _judged(folder: Folder, truth: Truth | None) -> list[Judged]:
    return score.judge(load(folder.cases).cases, folder.saved(folder.info()), truth)


def _score(folder: Folder, truth: Truth | None, plan: _Plan, options: Options) -> Report:
    info = folder.info()
    judged = _judged(folder, truth)
    for taken in [scorer(judged) for scorer in plan.outside]:
        judged = [one._replace(outside=one.outside | more) for one, more in zip(judged, taken, strict=True)]
    measured = [score.measure(one, plan.metrics) for one in judged]
    scores = [score.case_score(one) for one in measured]
    folder.scores.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in scores))
    outcome = plan.judge.outcome() if plan.judge else None
    made = build(info, measured, plan.metrics, plan.thresholds, plan.card, outcome)
    folder.report.write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    folder.markdown.write_text(markdown(made, plan.metrics), encoding="utf-8")
    vouched = plan.card is not None
    baseline = read_baseline(options.baseline, folder.path, judge_card=vouched) if options.baseline else None
    shown = page(made, judged, scores, plan.metrics, baseline)
    save(options.html or folder.page, write(shown, draw(made, plan.metrics, judged)))
    return made
