"""Whether a saved run may take the place of another: rules against values, and the one verdict both are told from.

What cannot be measured never passes: too many cases without an answer end in TARGET, a ruled metric that scored
nothing (or lost cases that the baseline scored) in UNSCORED, and only then bounds are looked at.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from eval.compare import COMPARED, METRICS, Comparison, Run, case_value, compare, measure
from eval.metrics.model import Metric
from eval.rules import Rule, Rules
from eval.verdict import FAILED, MAX_UNSCORED_SHARE, PASS, TARGET, UNSCORED

Kind = Literal["min", "max", "tolerance"]
State = Literal["ok", "missed", "unscored", "no baseline", "not applicable"]
_SLACK = 1e-9
"""A loss of exactly the tolerance passes, whatever floating point makes of it."""


class RuleCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One bound and what was found."""

    metric: str
    kind: Kind
    bound: float
    baseline: float | None
    value: float | None
    state: State
    cases: list[str]
    """The cases behind a miss: those that moved to the worse, or that break the bound by themselves."""


class GateVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a gate; the exit code is this object's and what is printed is this object's."""

    passed: bool
    exit_code: int
    says: str
    checks: list[RuleCheck]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What `compare` and `gate` print: a verdict where there are rules, a comparison where there is a baseline."""

    verdict: GateVerdict | None
    comparison: Comparison | None


def judge(run: Run, baseline: Run | None, rules: Rules) -> Judgement:
    """Hold a run, and what changed since its baseline, against the rules.

    Raises:
        ResultsError: the runs asked other cases, or were scored by another harness.
    """
    names = dict.fromkeys((*COMPARED, *rules.metrics))
    comparison = compare(baseline, run, names) if baseline else None
    checks = [
        check for name, rule in rules.metrics.items() for check in _Metric(METRICS[name], run, baseline).checks(rule)
    ]
    return Judgement(verdict=_verdict(rules, run, baseline, checks), comparison=comparison)


def _verdict(rules: Rules, run: Run, baseline: Run | None, checks: list[RuleCheck]) -> GateVerdict:
    for name, one in (("the run", run), ("the baseline", baseline)):
        if one and len(one.errors) > rules.max_error_share * len(one.scores):
            says = f"{len(one.errors)} of {len(one.scores)} cases of {name} have no answer"
            return GateVerdict(passed=False, exit_code=TARGET, says=says, checks=checks)
    for state, code, words in (
        ("unscored", UNSCORED, "too little was scored by"),
        ("missed", FAILED, "missed:"),
    ):
        if found := dict.fromkeys(check.metric for check in checks if check.state == state):
            return GateVerdict(passed=False, exit_code=code, says=f"{words} {', '.join(found)}", checks=checks)
    return GateVerdict(passed=True, exit_code=PASS, says=_met(checks), checks=checks)


def _met(checks: list[RuleCheck]) -> str:
    """How many bounds were met, and which could not be looked at and why."""
    words = f"{sum(check.state == 'ok' for check in checks)} of {len(checks)} bounds checked, all met"
    for state in ("no baseline", "not applicable"):
        if skipped := dict.fromkeys(check.metric for check in checks if check.state == state):
            words += f"; {state}: {', '.join(skipped)}"
    return words


class _Metric:
    """One metric of a run beside that of its baseline."""

    def __init__(self, metric: Metric, run: Run, baseline: Run | None) -> None:
        self._metric = metric
        self._sign = 1 if metric.better == "higher" else -1
        self._run, self._baseline = run, baseline
        self._now = measure(run, metric).value
        self._was = measure(baseline, metric).value if baseline else None

    def checks(self, rule: Rule) -> Iterator[RuleCheck]:
        """A check for every bound of the rule."""
        bounds: tuple[tuple[Kind, float | None], ...] = (
            ("min", rule.min), ("max", rule.max), ("tolerance", rule.tolerance),
        )  # fmt: skip
        for kind, bound in bounds:
            if bound is not None:
                yield self._check(kind, bound, self._state(kind, bound, optional=rule.optional))

    def _check(self, kind: Kind, bound: float, state: State) -> RuleCheck:
        cases = list(self._guilty(kind, bound)) if state == "missed" else []
        return RuleCheck(
            metric=self._metric.name, kind=kind, bound=bound, baseline=self._was, value=self._now, state=state,
            cases=cases,
        )  # fmt: skip

    def _state(self, kind: Kind, bound: float, *, optional: bool) -> State:
        if self._now is None:
            return "not applicable" if optional and self._was is None else "unscored"
        if self._lost():
            return "unscored"
        if kind == "tolerance" and self._was is None:
            return "no baseline" if optional or self._baseline is None else "unscored"
        return "missed" if self._breaks(kind, bound, self._was, self._now) else "ok"

    def _lost(self) -> bool:
        """Whether a metric that scores whole cases scores clearly fewer of those that the baseline scored."""
        if self._baseline is None or self._metric.statistic != "mean":
            return False
        name, now = self._metric.name, self._run.scores
        had = [id_ for id_, case in self._baseline.scores.items() if name in case.scores]
        return sum(name not in now[id_].scores for id_ in had) > MAX_UNSCORED_SHARE * len(had)

    def _breaks(self, kind: Kind, bound: float, was: float | None, now: float) -> bool:
        if kind == "min":
            return now < bound - _SLACK
        if kind == "max":
            return now > bound + _SLACK
        return was is not None and self._sign * (was - now) > bound + _SLACK

    def _guilty(self, kind: Kind, bound: float) -> Iterator[str]:
        """The cases that by themselves are worse than before (tolerance) or outside the bound."""
        for id_, case in self._run.scores.items():
            now = case_value(case, self._metric)
            was = case_value(self._baseline.scores[id_], self._metric) if self._baseline else None
            if now is not None and self._breaks(kind, 0.0 if kind == "tolerance" else bound, was, now):
                yield id_
