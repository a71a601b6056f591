"""Statistics over samples, with bootstrap intervals.

The interval is the 2.5th to 97.5th percentile of 2,000 resamples of the cases, drawn with a fixed seed.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from eval.metrics.model import Metric, Sample, Statistic

DRAWS = 2000
SEED = 20240229
_QUANTILES = {"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}

Array = npt.NDArray[np.float64]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A metric over some cases. `value` and `interval` are None when nothing scored."""

    value: float | None
    interval: tuple[float, float] | None
    n_total: int
    n_scored: int
    n_error: int
    n_abstained: int
    n_not_applicable: int


def summarise(metric: Metric, samples: Sequence[Sample]) -> Result:
    """The metric's value, interval and counts over the samples of some cases."""
    states = [sample.state for sample in samples]
    rows = [sample.values for sample in samples if sample.state == "scored"]
    value, interval = _estimate(metric.statistic, np.array(rows, dtype=np.float64)) if rows else (None, None)
    return Result(
        value=value,
        interval=interval,
        n_total=len(samples),
        n_scored=len(rows),
        n_error=states.count("error"),
        n_abstained=states.count("abstained"),
        n_not_applicable=states.count("not_applicable"),
    )


def value_of(statistic: Statistic, rows: Any) -> float | None:
    """The statistic of `rows` (cases x values); None where it divides by nothing."""
    value = float(_compute(statistic, np.asarray(rows, dtype=np.float64)[None])[0])
    return None if np.isnan(value) else value


def _estimate(statistic: Statistic, rows: Array) -> tuple[float | None, tuple[float, float] | None]:
    """The statistic of `rows` and its interval; None where it divides by nothing."""
    value = value_of(statistic, rows)
    if value is None:
        return None, None
    if statistic in _QUANTILES:
        drawn = _compute(statistic, rows[_indices(len(rows))])
    else:
        drawn = _of_sums(statistic, _weights(len(rows)) @ rows, len(rows))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return value, (float(low), float(high))


def _compute(statistic: Statistic, rows: Array) -> Array:
    """The statistic of each draw; rows: draws x cases x values."""
    if statistic in _QUANTILES:
        quantiles: Array = np.percentile(rows[:, :, 0], _QUANTILES[statistic], axis=1)
        return quantiles
    return _of_sums(statistic, rows.sum(axis=1), rows.shape[1])


def _of_sums(statistic: Statistic, sums: Array, cases: int) -> Array:
    """Statistics that need only the column sums; sums: draws x values."""
    if statistic == "mean":
        return sums[:, 0] / cases
    if statistic == "ratio":
        return _divide(sums[:, 0], sums[:, 1])
    hit, false, missed = sums[:, 0], sums[:, 1], sums[:, 2]
    wholes = {"precision": hit + false, "recall": hit + missed, "f1": hit + (false + missed) / 2}
    return _divide(hit, wholes[statistic])


def _divide(part: Array, whole: Array) -> Array:
    quotient: Array = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
    return quotient


@lru_cache(maxsize=64)
def _indices(cases: int) -> npt.NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(0, cases, (DRAWS, cases))


@lru_cache(maxsize=64)
def _weights(cases: int) -> Any:
    """How often each case is drawn: draws x cases."""
    counts = np.apply_along_axis(np.bincount, 1, _indices(cases), minlength=cases)
    return counts.astype(np.float64)
