"""One ruled metric of a run beside its baseline's: what a bound finds there.

What cannot be measured is not met: a metric that scored nothing, or that lost cases which the baseline scored, is
`unscored` whatever its bound says.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec
import numpy as np

from eval.metrics.statistics import Result, summarise
from eval.rules import RELATIVE, Bound, Kind
from eval.runs import METRICS, Run
from eval.slices import topic_of
from eval.statistics.detectable import ALPHA, detectable, detectable_beyond
from eval.statistics.paired import Pairs, interval, pairs
from eval.statistics.resample import numbered
from eval.statistics.significance import beyond, significance
from eval.verdict import MAX_UNSCORED_SHARE

State = Literal["ok", "missed", "unscored", "inconclusive", "no baseline", "no judge card", "not applicable"]
_SLACK = 1e-9
"""A loss of exactly the tolerance passes, whatever floating point makes of it."""


class RuleCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One bound and what was found."""

    slice: str | None
    """The slice it is about; None for all cases."""
    metric: str
    kind: Kind
    bound: float
    baseline: float | None
    value: float | None
    interval: tuple[float, float] | None
    """95 %: of the value (min, max), or of the difference to the baseline (tolerance, significant)."""
    p: float | None
    """For `significant`: how often chance would give such a loss, adjusted for all bounds of that kind (Holm)."""
    detectable: float | None
    """What these cases can tell in 8 of 10 samples: the smallest true loss, or how far beyond a `min` or `max`."""
    n: int
    """Cases that scored."""
    state: State
    cases: list[str]
    """The cases behind a miss: those that moved to the worse, or that break the bound by themselves."""

    @property
    def rule(self) -> str:
        """What is demanded, in a few words."""
        return f"{self.metric}{f' of {self.slice}' if self.slice else ''} {self.kind} {self.bound:g}"


class Ruled:
    """One metric, over all cases or those of a slice."""

    def __init__(self, metric: str, slice_: str | None, run: Run, baseline: Run | None) -> None:
        self._metric = METRICS[metric]
        self._sign = 1 if self._metric.better == "higher" else -1
        self._worse: Literal["lower", "higher"] = "lower" if self._sign == 1 else "higher"
        self._run, self._baseline = run, baseline
        # Which cases are a slice's must not depend on the run that is judged, where there is another.
        self._ids = list(run.scores) if slice_ is None else (baseline or run).members(slice_)
        self._topics = [topic_of(run.cases[id_]) for id_ in self._ids]
        self._now = self._measure(run)
        self._was = self._measure(baseline) if baseline else None
        self._pair = self._paired()

    def loss(self, margin: float) -> float | None:
        """How often chance would give a loss beyond the margin, not adjusted; None without two values."""
        if self._pair is None:
            return None
        chance = significance(self._pair, self._worse).p
        return max(chance, beyond(self._pair, margin, self._worse)) if margin else chance

    def check(self, bound: Bound, p: float | None, alpha: float) -> RuleCheck:
        """The bound held against both values; `alpha` is the level that the first of all sure losses has to meet."""
        state = self._state(bound, p)
        relative = bound.kind in RELATIVE
        return RuleCheck(
            slice=bound.slice,
            metric=bound.metric,
            kind=bound.kind,
            bound=bound.value,
            baseline=self._was.value if self._was else None,
            value=self._now.value,
            interval=self._difference() if relative else self._now.interval,
            p=p,
            detectable=self._detectable_loss(alpha) if relative else self._detectable_value(),
            n=self._now.n_scored,
            state=state,
            cases=list(self._guilty(bound)) if state == "missed" else [],
        )

    def _measure(self, run: Run) -> Result:
        return summarise(self._metric, run.samples(self._metric, self._ids), self._topics)

    def _paired(self) -> Pairs | None:
        if self._baseline is None:
            return None
        was, now = (run.samples(self._metric, self._ids) for run in (self._baseline, self._run))
        pair = pairs(self._metric.statistic, was, now, self._topics)
        return pair if pair and pair.difference is not None else None

    def _state(self, bound: Bound, p: float | None) -> State:
        value, was = self._now.value, self._was.value if self._was else None
        if value is None:
            return "not applicable" if bound.optional and was is None else "unscored"
        if self._lost():
            return "unscored"
        if bound.kind in RELATIVE and was is None:
            return "no baseline" if bound.optional or self._baseline is None else "unscored"
        if bound.kind == "significant":
            return "missed" if p is not None and p < ALPHA else "ok"
        return "missed" if self._breaks(bound.kind, bound.value, was, value) else "ok"

    def _lost(self) -> bool:
        """Whether a metric that scores whole cases scores clearly fewer of those that the baseline scored."""
        if self._baseline is None or self._metric.statistic != "mean":
            return False
        was, now = (run.samples(self._metric, self._ids) for run in (self._baseline, self._run))
        had = [after for before, after in zip(was, now, strict=True) if before.state == "scored"]
        return sum(after.state != "scored" for after in had) > MAX_UNSCORED_SHARE * len(had)

    def _breaks(self, kind: Kind, bound: float, was: float | None, now: float) -> bool:
        if kind == "min":
            return now < bound - _SLACK
        if kind == "max":
            return now > bound + _SLACK
        return was is not None and self._sign * (was - now) > bound + _SLACK

    def _guilty(self, bound: Bound) -> Iterator[str]:
        """The cases that by themselves are worse than before, or outside a `min` or `max`."""
        limit = 0.0 if bound.kind in RELATIVE else bound.value
        for id_ in self._ids:
            now = self._run.value(self._metric, id_)
            was = self._baseline.value(self._metric, id_) if self._baseline else None
            if now is not None and self._breaks(bound.kind, limit, was, now):
                yield id_

    def _difference(self) -> tuple[float, float] | None:
        return interval(self._pair) if self._pair else None

    def _detectable_loss(self, alpha: float) -> float | None:
        return detectable(self._pair, alpha) if self._pair else None

    def _detectable_value(self) -> float | None:
        scored = [
            (sample.values, topic)
            for sample, topic in zip(self._run.samples(self._metric, self._ids), self._topics, strict=True)
            if sample.state == "scored"
        ]
        if not scored:
            return None
        rows = np.array([values for values, _ in scored], dtype=np.float64)
        return detectable_beyond(self._metric.statistic, rows, numbered([topic for _, topic in scored]))
