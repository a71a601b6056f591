"""From a scored run, and the run it is compared with, to the data of the page."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eval.answer import Answer
from eval.compare import Comparison
from eval.gate import GateVerdict
from eval.metrics.model import Judged, Metric
from eval.page.model import MetricWords, Page, PageCase, Passage, Shown
from eval.report import Report, slices_of
from eval.score import CaseScore


class Baseline(NamedTuple):
    """The run to compare with: its scores as they were saved, its answers, the comparison and what the gate says."""

    scores: Mapping[str, CaseScore]
    answers: Mapping[str, Answer]
    comparison: Comparison
    gate: GateVerdict | None


def page(
    report: Report,
    cases: Sequence[Judged],
    scores: Sequence[CaseScore],
    metrics: Sequence[Metric],
    baseline: Baseline | None,
) -> Page:
    """Everything that the page shows; `scores` are those of `cases`, in the same order."""
    passages: dict[Passage, int] = {}
    moved = _moved(baseline.comparison) if baseline else {}
    return Page(
        report=report,
        metrics=[MetricWords(one.name, one.group, one.better, one.says) for one in metrics],
        cases=[
            _case(judged, score, passages, baseline, moved.get(score.id, []))
            for judged, score in zip(cases, scores, strict=True)
        ],
        passages=list(passages),
        comparison=baseline.comparison if baseline else None,
        gate=baseline.gate if baseline else None,
    )


def _case(
    judged: Judged, score: CaseScore, passages: dict[Passage, int], baseline: Baseline | None, moved: list[str]
) -> PageCase:
    case = judged.case
    now = _shown(judged.answer, score)
    now.ms = judged.ask_ms
    now.evidence = [
        passages.setdefault(Passage(one.record_id, one.field, one.text), len(passages))
        for one in (judged.answer.evidence if judged.answer else [])
    ]
    return PageCase(
        case=case,
        accepted=sorted(case.accepted),
        slices=slices_of(judged),
        now=now,
        before=_shown(baseline.answers.get(case.id), baseline.scores[case.id]) if baseline else None,
        moved=moved,
    )


def _shown(answer: Answer | None, score: CaseScore) -> Shown:
    accuracy = score.scores.get("accuracy")
    if answer is None:
        return Shown(error=score.error or "no answer saved")
    return Shown(
        outcome=answer.outcome,
        reason=answer.reason,
        text=answer.text,
        products=answer.products,
        citations=answer.citations,
        writer=answer.writer,
        right=bool(accuracy[0]) if accuracy else None,
        wrong=score.wrong,
        claims=score.claims,
    )


def _moved(comparison: Comparison) -> dict[str, list[str]]:
    """Case id -> the compared metrics that moved."""
    found: dict[str, list[str]] = {}
    for name, change in comparison.metrics.items():
        for moved in change.moved:
            found.setdefault(moved.id, []).append(name)
    return found
