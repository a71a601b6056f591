"""Whether a saved run may take the place of another: rules against values, and the one verdict both are told from.

What cannot be measured never passes: too many cases without an answer end in TARGET, a ruled metric that scored
nothing (or lost cases that the baseline scored) in UNSCORED, and only then bounds are looked at. docs/design/gate.md
argues for the two relative bounds.
"""

from typing import NamedTuple

import msgspec

from eval.compare import COMPARED, Comparison, compare
from eval.errors import ThresholdError
from eval.ruled import RuleCheck, Ruled
from eval.rules import ABSOLUTE, RELATIVE, Bound, Kind, Rules
from eval.runs import Run, same_cases
from eval.statistics.detectable import ALPHA
from eval.statistics.significance import holm
from eval.verdict import FAILED, INCONCLUSIVE, JUDGED_METRICS, PASS, TARGET, UNSCORED


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


class Applied(NamedTuple):
    """How rules are applied."""

    kinds: frozenset[Kind] = ABSOLUTE | RELATIVE
    """The bounds that count."""
    strict: bool = False
    """Whether a tolerance that is smaller than these cases can tell is no pass."""
    judge_card: bool = False
    """Whether a card vouches for the judge; without one no bound on its metrics is checked."""


def judge(run: Run, baseline: Run | None, rules: Rules, applied: Applied) -> Judgement:
    """Hold a run, and what changed since its baseline, against the rules; errors as `decide`'s."""
    verdict = decide(run, baseline, rules, applied)
    names = dict.fromkeys((*COMPARED, *(check.metric for check in verdict.checks)))
    return Judgement(verdict=verdict, comparison=compare(baseline, run, names) if baseline else None)


def decide(run: Run, baseline: Run | None, rules: Rules, applied: Applied) -> GateVerdict:
    """Pass or fail; without a baseline `tolerance` and `significant` are not checked.

    Raises:
        ResultsError: the runs asked other cases, or were scored by another harness.
        ThresholdError: no bound of these kinds is there, or only such as need a judge card.
    """
    bounds = list(rules.bounds(applied.kinds))
    silent = frozenset() if applied.judge_card else JUDGED_METRICS
    if all(bound.metric in silent for bound in bounds):
        card = "" if applied.judge_card else ", and no judge card is given"
        raise ThresholdError(f"nothing would be checked: no rule has {' or '.join(sorted(applied.kinds))}{card}")
    if baseline:
        same_cases(baseline, run)
    checks = _checks([bound for bound in bounds if bound.metric not in silent], run, baseline, strict=applied.strict)
    checks += [_unvouched(bound) for bound in bounds if bound.metric in silent]
    return _verdict(rules, run, baseline, checks)


def _checks(bounds: list[Bound], run: Run, baseline: Run | None, *, strict: bool) -> list[RuleCheck]:
    """Every bound held against the runs; the p-values of all `significant` ones are adjusted together."""
    about = {(bound.metric, bound.slice) for bound in bounds}
    ruled = {(metric, slice_): Ruled(metric, slice_, run, baseline) for metric, slice_ in about}
    losses = {
        bound: loss
        for bound in bounds
        if bound.kind == "significant" and (loss := ruled[bound.metric, bound.slice].loss(bound.value)) is not None
    }
    adjusted = dict(zip(losses, holm(list(losses.values())), strict=True))
    checks = []
    for bound in bounds:
        alpha = ALPHA / len(losses) if bound in losses else ALPHA
        check = ruled[bound.metric, bound.slice].check(bound, adjusted.get(bound), alpha)
        checks.append(_doubted(check) if strict else check)
    return checks


def _unvouched(bound: Bound) -> RuleCheck:
    """A bound on what a judge scores for whom no card vouches."""
    return RuleCheck(
        slice=bound.slice, metric=bound.metric, kind=bound.kind, bound=bound.value, baseline=None, value=None,
        interval=None, p=None, detectable=None, n=0, state="no judge card", cases=[],
    )  # fmt: skip


def _doubted(check: RuleCheck) -> RuleCheck:
    """A tolerance that is met, but that these cases could not have told from chance, is no finding."""
    unclear = check.kind == "tolerance" and check.state == "ok" and (check.detectable or 0.0) > check.bound
    return msgspec.structs.replace(check, state="inconclusive") if unclear else check


def _verdict(rules: Rules, run: Run, baseline: Run | None, checks: list[RuleCheck]) -> GateVerdict:
    for name, one in (("the run", run), ("the baseline", baseline)):
        if one and len(one.errors) > rules.max_error_share * len(one.scores):
            says = f"{len(one.errors)} of {len(one.scores)} cases of {name} have no answer"
            return GateVerdict(passed=False, exit_code=TARGET, says=says, checks=checks)
    for state, code, words in (
        ("unscored", UNSCORED, "too little was scored by"),
        ("missed", FAILED, "missed:"),
        ("inconclusive", INCONCLUSIVE, "too few cases to tell such a loss from chance:"),
    ):
        if found := [check for check in checks if check.state == state]:
            return GateVerdict(passed=False, exit_code=code, says=f"{words} {_named(found)}", checks=checks)
    return GateVerdict(passed=True, exit_code=PASS, says=_met(checks), checks=checks)


def _met(checks: list[RuleCheck]) -> str:
    """How many bounds were met, and which could not be looked at and why."""
    words = f"{sum(check.state == 'ok' for check in checks)} of {len(checks)} bounds checked, all met"
    for state in ("no baseline", "no judge card", "not applicable"):
        if skipped := [check for check in checks if check.state == state]:
            words += f"; {state}: {_named(skipped)}"
    return words


def _named(checks: list[RuleCheck]) -> str:
    names = (f"{check.metric} of {check.slice}" if check.slice else check.metric for check in checks)
    return ", ".join(dict.fromkeys(names))
