"""From saved answers to samples: join cases, rows and records, check every statement, measure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from eval import ranges
from eval.answer import Answer, read_answer, read_hits
from eval.cases import Case
from eval.errors import CaseError
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Checked, Setting
from eval.judges.version import version
from eval.metrics import (
    abstention,
    answers,
    citations,
    commerce,
    cost,
    grounding,
    latency,
    overlap,
    retrieval,
    safety,
    selective,
)
from eval.metrics.model import Judged, Metric, Sample
from eval.results import Row
from eval.truth import Truth

METRICS: list[Metric] = [
    *answers.METRICS,
    *overlap.METRICS,
    *grounding.METRICS,
    *citations.METRICS,
    *commerce.METRICS,
    *abstention.METRICS,
    *selective.METRICS,
    *safety.METRICS,
    *retrieval.METRICS,
    *latency.METRICS,
    *cost.METRICS,
]


class CaseScore(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A line of `scores.jsonl`: what one case scored, why its answer is wrong, and its statements."""

    id: str
    outcome: str | None = None
    intent: str | None = None
    error: str | None = None
    wrong: list[str] = []
    scores: dict[str, list[float]] = {}
    claims: list[Checked] = []
    judge: str = ""
    """Version of what judged the statements, so that no card vouches for another."""


def judge(cases: Sequence[Case], rows: Mapping[str, Row], truth: Truth | None) -> list[Judged]:
    """Every case with its answer; one without a saved answer, or with an error, carries the error."""
    return [_judge(case, rows.get(case.id), truth) for case in cases]


class Measured(NamedTuple):
    """A case with its sample of each metric, by the metric's name."""

    judged: Judged
    samples: dict[str, Sample]


def measure(judged: Judged, metrics: Sequence[Metric]) -> Measured:
    """A case by every metric."""
    return Measured(judged, {metric.name: metric.sample(judged) for metric in metrics})


def case_score(measured: Measured) -> CaseScore:
    """One case's line."""
    judged = measured.judged
    return CaseScore(
        id=judged.case.id,
        outcome=judged.answer.outcome if judged.answer else None,
        intent=judged.answer.intent if judged.answer else None,
        error=judged.error,
        wrong=answers.wrongs(judged) or [],
        scores={name: list(sample.values) for name, sample in measured.samples.items() if sample.state == "scored"},
        claims=list(judged.checked),
        judge=version() if judged.checked else "",
    )


def _judge(case: Case, row: Row | None, truth: Truth | None) -> Judged:
    if row is None:
        return Judged(case, error="not asked")
    if row.error is not None or row.ask is None:
        return Judged(case, error=row.error.detail if row.error else "no answer saved")
    answer = read_answer(row.ask.body)
    setting = _setting(case, answer, truth, _clock(case, row))
    return Judged(
        case=case,
        answer=answer,
        ask_ms=row.ask.ms,
        hits=read_hits(row.search.body) if row.search else None,
        search_ms=row.search.ms if row.search else None,
        first_text_ms=row.ask.first_text_ms,
        setting=setting,
        checked=check_answer(answer, setting) if answer.can_be_held(records=truth is not None) else (),
    )


def _setting(case: Case, answer: Answer, truth: Truth | None, now: dt.datetime) -> Setting:
    counts = {len(answer.products)} if answer.products else set()
    if truth is None:
        return Setting(case.question, answer.products, None, now, frozenset(counts))
    wanted = ranges.matching(truth, case, now)
    counts |= {len(wanted)} if wanted is not None else set()
    spans = ranges.ranges(truth, case, answer, now)
    return Setting(case.question, answer.products, truth, now, frozenset(counts), wanted, spans)


def _clock(case: Case, row: Row) -> dt.datetime:
    """The time at which promotions are judged: the case's own, else when it was asked."""
    said = case.clock or row.asked_at
    try:
        when = dt.datetime.fromisoformat(said)
    except ValueError as error:
        raise CaseError([f"case {case.id}: clock is no ISO 8601 time: {said!r}"]) from error
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
