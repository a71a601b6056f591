"""Pass or fail: thresholds against results, and the one object the printed verdict and the exit code come from."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from eval.errors import ThresholdError
from eval.metrics.statistics import Result

PASS, FAILED, USAGE, TARGET, UNSCORED, INCONCLUSIVE = range(6)
"""Exit codes: 0 pass, 1 a threshold is missed, 2 usage, 3 no target or too many errors, 4 too many unscored, 5 too few
cases to tell (only a gate with --strict).
"""

MAX_ERROR_SHARE = 0.05
"""More cases without an answer than this and no score says anything about the guide."""
MAX_UNSCORED_SHARE = 0.05
"""More cases on which a gated metric itself failed than this and the metric says nothing."""

# A judge's gate needs a card that says how well the judge agrees with people; `calibrate` will write it.
JUDGED_METRICS = frozenset({
    "faithfulness_offline", "contradiction_rate", "citation_recall",
    "faithfulness_offline_ragas", "factual_correctness_offline",
})  # fmt: skip


class Threshold(msgspec.Struct, frozen=True):
    """`--min metric=value` or `--max metric=value`."""

    metric: str
    kind: Literal["min", "max"]
    bound: float


class Check(msgspec.Struct, frozen=True):
    """One threshold and what was found; `value` is None when nothing scored."""

    metric: str
    kind: Literal["min", "max"]
    bound: float
    value: float | None
    ok: bool


class Verdict(msgspec.Struct, frozen=True):
    """The end of a run."""

    passed: bool
    exit_code: int
    says: str
    checks: list[Check]


def parse_thresholds(
    lower: Sequence[str], upper: Sequence[str], known: Sequence[str], *, judge_card: bool = False
) -> list[Threshold]:
    """The thresholds of a command line.

    Raises:
        ThresholdError: one is not `metric=number`, names no metric, or gates on a judge that has no card.
    """
    thresholds = [_parse(text, "min", known) for text in lower] + [_parse(text, "max", known) for text in upper]
    for threshold in thresholds:
        if "[" in threshold.metric:
            raise ThresholdError(
                f"{threshold.metric} is scored by a language model, which no card can vouch for here: "
                "it is reported, but cannot gate"
            )
        if threshold.metric in JUDGED_METRICS and not judge_card:
            raise ThresholdError(
                f"{threshold.metric} is scored by a judge that has not been calibrated on human labels: "
                "it is reported, but cannot gate without a judge card"
            )
    return thresholds


def decide(results: Mapping[str, Result], thresholds: Sequence[Threshold], error_share: float) -> Verdict:
    """The verdict over the results of all cases; `error_share` is the share of cases without an answer."""
    checks = [_check(threshold, results[threshold.metric]) for threshold in thresholds]
    if error_share > MAX_ERROR_SHARE:
        return Verdict(False, TARGET, f"{error_share:.1%} of the cases have no answer", checks)
    unscored = [threshold.metric for threshold in thresholds if _unscored(results[threshold.metric], error_share)]
    if unscored:
        return Verdict(False, UNSCORED, f"too little was scored by {', '.join(unscored)}", checks)
    missed = [check.metric for check in checks if not check.ok]
    if missed:
        return Verdict(False, FAILED, f"missed: {', '.join(missed)}", checks)
    return Verdict(True, PASS, "every threshold is met" if checks else "no threshold was given", checks)


def _parse(text: str, kind: Literal["min", "max"], known: Sequence[str]) -> Threshold:
    name, _, number = text.partition("=")
    if name not in known:
        raise ThresholdError(f"--{kind} {text}: no metric is called {name!r}; there are {', '.join(known)}")
    try:
        return Threshold(name, kind, float(number))
    except ValueError as error:
        raise ThresholdError(f"--{kind} {text}: {number!r} is no number; write --{kind} {name}=0.8") from error


def _check(threshold: Threshold, result: Result) -> Check:
    value = result.value
    sign = 1 if threshold.kind == "min" else -1
    ok = value is not None and sign * value >= sign * threshold.bound
    return Check(threshold.metric, threshold.kind, threshold.bound, value, ok)


def _unscored(result: Result, error_share: float) -> bool:
    """Whether the metric scored nothing, or failed by itself on too many cases."""
    own = result.n_error - round(error_share * result.n_total)
    return result.n_scored == 0 or own > MAX_UNSCORED_SHARE * (result.n_scored + own)
