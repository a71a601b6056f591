"""The report of a run: one JSON object, and the same as Markdown."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from eval.judges.card import JudgeCard
from eval.judges.correct import Correction, of_run
from eval.judges.outcome import JudgeRun
from eval.judges.words import judge_lines
from eval.judges.words import markdown as card_lines
from eval.metrics.abstention import ReasonCount, by_reason
from eval.metrics.model import Judged, Metric
from eval.metrics.selective import Point, risk_coverage
from eval.metrics.statistics import Result, summarise
from eval.results import Load, RunInfo
from eval.score import Measured
from eval.slices import names_of, topic_of
from eval.statistics.resample import DRAWS, SEED
from eval.verdict import Threshold, Verdict, decide

HARNESS = "shopguide-eval 1"


class Report(msgspec.Struct, kw_only=True):
    """Everything a run found. `slices`: "tag:…", "language:…" or "intent:…" -> metric -> result."""

    harness: str
    target: str
    snapshot: str | None
    cases_file: str
    cases_hash: str
    catalog: list[str]
    load: Load | None
    """How the cases were asked; None in runs of an older harness."""
    unsent: dict[str, int]
    """Part of a case -> how many cases have it and could not send it to this target."""
    n_cases: int
    n_errors: int
    bootstrap: dict[str, int]
    judge_card: JudgeCard | None
    """How well the judge behind `faithfulness_offline` agrees with people; None: it has not been calibrated."""
    faithfulness_corrected: Correction | None
    """With a card: faithfulness by its labels of this run's own statements."""
    judge: JudgeRun | None
    """The language model that judged by the ragas metrics, if one was asked."""
    verdict: Verdict
    metrics: dict[str, Result]
    slices: dict[str, dict[str, Result]]
    outcomes: dict[str, dict[str, int]]
    """Accepted outcomes -> given outcome -> number of cases."""
    abstentions: dict[str, ReasonCount]
    risk_coverage: list[Point]
    writers: dict[str, int]
    degraded: dict[str, int]
    errors: dict[str, str]
    """Case id -> why it has no answer."""


def build(
    info: RunInfo,
    measured: Sequence[Measured],
    metrics: Sequence[Metric],
    thresholds: Sequence[Threshold],
    card: JudgeCard | None = None,
    judge: JudgeRun | None = None,
) -> Report:
    """Sum up all cases and each slice, and decide."""
    cases = [one.judged for one in measured]
    table = _Table(metrics, measured)
    results = table.results(range(len(cases)))
    errors = {judged.case.id: judged.error for judged in cases if judged.error is not None}
    answers = [judged.answer for judged in cases if judged.answer]
    return Report(
        harness=info.harness,
        target=info.target,
        snapshot=info.snapshot,
        cases_file=info.cases_file,
        cases_hash=info.cases_hash,
        catalog=info.catalog,
        load=info.load,
        unsent=info.unsent,
        n_cases=len(cases),
        n_errors=len(errors),
        bootstrap={"draws": DRAWS, "seed": SEED},
        judge_card=card.face if card else None,
        faithfulness_corrected=of_run(card, cases) if card else None,
        judge=judge,
        verdict=decide(results, thresholds, len(errors) / len(cases) if cases else 0.0),
        metrics=results,
        slices={name: table.results(members) for name, members in _slices(cases).items()},
        outcomes=_outcomes(cases),
        abstentions=by_reason(cases),
        risk_coverage=risk_coverage(cases),
        writers=dict(Counter(answer.writer or "-" for answer in answers)),
        degraded=dict(Counter(reason for answer in answers for reason in answer.degraded)),
        errors=errors,
    )


def markdown(report: Report, metrics: Sequence[Metric]) -> str:
    """The report for people."""
    lines = [
        f"# {report.cases_file}: {'pass' if report.verdict.passed else 'FAIL'}",
        "",
        f"{report.verdict.says}. {report.n_cases} cases (sha256 {report.cases_hash[:12]}), {report.n_errors} errors. "
        f"Target {report.target}, snapshot {report.snapshot or 'not named'}. Harness {report.harness}.",
        "Intervals: 95 %, bootstrap over topics.",
        "",
    ]
    if report.unsent:
        parts = ", ".join(f"{part} of {count} cases" for part, count in report.unsent.items())
        lines += [f"Not sent, as the target takes no field for it: {parts}.", ""]
    if report.verdict.checks:
        lines += ["| threshold | value | |", "|---|---|---|"]
        lines += [
            f"| {check.metric} {'>=' if check.kind == 'min' else '<='} {check.bound:g} | {_number(check.value)} "
            f"| {'ok' if check.ok else 'MISSED'} |"
            for check in report.verdict.checks
        ] + [""]
    lines += card_lines(report.judge_card, report.faithfulness_corrected)
    lines += judge_lines(report.judge) if report.judge else []
    for group in dict.fromkeys(metric.group for metric in metrics):
        lines += _table(f"## {group}", [metric for metric in metrics if metric.group == group], report)
    lines += _slice_table(report)
    lines += ["## Outcomes", "", "| accepted | given | cases |", "|---|---|---|"]
    lines += [f"| {a} | {given} | {n} |" for a, row in report.outcomes.items() for given, n in row.items()]
    lines += ["", "## Abstentions by reason", "", "| outcome/reason | given | right |", "|---|---|---|"]
    lines += [f"| {name} | {count.given} | {count.right} |" for name, count in report.abstentions.items()]
    if report.errors:
        lines += ["", "## Errors", "", *[f"- {id_}: {why}" for id_, why in report.errors.items()]]
    return "\n".join(lines) + "\n"


class _Table:
    """Every metric of every case, to be summed up by slice."""

    def __init__(self, metrics: Sequence[Metric], measured: Sequence[Measured]) -> None:
        self._metrics = metrics
        self._samples = [[one.samples[metric.name] for one in measured] for metric in metrics]
        self._topics = [topic_of(one.judged.case) for one in measured]

    def results(self, members: Sequence[int]) -> dict[str, Result]:
        """Each metric over the cases at these places."""
        topics = [self._topics[at] for at in members]
        return {
            metric.name: summarise(metric, [taken[at] for at in members], topics)
            for metric, taken in zip(self._metrics, self._samples, strict=True)
        }


def slices_of(judged: Judged) -> list[str]:
    """The slices a case belongs to: its language, its tags, and its intent."""
    return names_of(judged.case, judged.answer.intent if judged.answer else None)


def _slices(cases: Sequence[Judged]) -> dict[str, list[int]]:
    """Slice -> the places of its cases."""
    slices: dict[str, list[int]] = {}
    for at, judged in enumerate(cases):
        for name in slices_of(judged):
            slices.setdefault(name, []).append(at)
    return dict(sorted(slices.items()))


def _outcomes(cases: Sequence[Judged]) -> dict[str, dict[str, int]]:
    table: dict[str, Counter[str]] = {}
    for judged in cases:
        given = (judged.answer.outcome or "not told") if judged.answer else "error"
        accepted = "|".join(sorted(judged.case.accepted)) if judged.case.graded else "not graded"
        table.setdefault(accepted, Counter())[given] += 1
    return {accepted: dict(counts) for accepted, counts in sorted(table.items())}


def _table(title: str, metrics: Sequence[Metric], report: Report) -> list[str]:
    head = "| metric | value | 95 % interval | scored | error | abstained | not applicable | |"
    rows = []
    for metric in metrics:
        result = report.metrics[metric.name]
        low_high = f"{_number(result.interval[0])} - {_number(result.interval[1])}" if result.interval else "-"
        counts = f"{result.n_scored} | {result.n_error} | {result.n_abstained} | {result.n_not_applicable}"
        rows.append(f"| {metric.name} | {_number(result.value)} | {low_high} | {counts} | {metric.says} |")
    return [title, "", head, "|---|---|---|---|---|---|---|---|", *rows, ""]


def _slice_table(report: Report) -> list[str]:
    shown = ("accuracy", "faithfulness_offline", "citation_precision", "wrong_price", "abstention_f1", "nDCG@10")
    rows = [
        f"| {name} | {results['accuracy'].n_total} | " + " | ".join(_number(results[key].value) for key in shown) + " |"
        for name, results in report.slices.items()
    ]
    return ["## Slices", "", f"| slice | cases | {' | '.join(shown)} |", "|---" * (len(shown) + 2) + "|", *rows, ""]


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3f}"
