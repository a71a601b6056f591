"""The value of a statistic over cases that are each counted a given number of times.

Every figure goes through `evaluate`: the value itself counts each case once, a bootstrap draw counts some twice and
some not at all, a permutation counts a case of A or the same case of B.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from eval.metrics.model import Statistic

Array = npt.NDArray[np.float64]

_QUANTILES: dict[Statistic, float] = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


def evaluate(statistic: Statistic, rows: Array, counts: Array) -> Array:
    """The statistic for each way of counting; NaN where it divides by nothing.

    Args:
        statistic: what joins the cases.
        rows: cases x values, as the statistic reads them.
        counts: draws x cases, how often each case counts.

    Returns:
        One value a draw.
    """
    if statistic in _QUANTILES:
        return _quantile(rows[:, 0], counts, _QUANTILES[statistic])
    if statistic == "risk_area":
        return _risk_area(rows, counts)
    return _of_sums(statistic, counts @ _columns(statistic, rows))


def value_of(statistic: Statistic, rows: Array | Sequence[Sequence[float]]) -> float | None:
    """The statistic of `rows`, each counted once; None where it divides by nothing."""
    table = np.asarray(rows, dtype=np.float64)
    value = float(evaluate(statistic, table, np.ones((1, len(table))))[0])
    return None if np.isnan(value) else value


def weight_of(statistic: Statistic, rows: Array) -> float:
    """What the statistic divides by: cases for a mean, amounts for a ratio of amounts; 0 for an order statistic."""
    if statistic in _QUANTILES or statistic == "risk_area":
        return 0.0
    return float(_wholes(statistic, _columns(statistic, rows).sum(axis=0)[None])[0])


def _columns(statistic: Statistic, rows: Array) -> Array:
    """What is summed: a mean sums its values and the cases."""
    return np.column_stack([rows[:, 0], np.ones(len(rows))]) if statistic == "mean" else rows


def _of_sums(statistic: Statistic, sums: Array) -> Array:
    return _divide(sums[:, 0], _wholes(statistic, sums))


def _wholes(statistic: Statistic, sums: Array) -> Array:
    if statistic == "recall":
        whole: Array = sums[:, 0] + sums[:, 2]
        return whole
    if statistic == "f1":
        return sums[:, 0] + (sums[:, 1] + sums[:, 2]) / 2
    return sums[:, 0] + sums[:, 1] if statistic == "precision" else sums[:, 1]


def _divide(part: Array, whole: Array) -> Array:
    quotient: Array = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
    return quotient


def _quantile(values: Array, counts: Array, share: float) -> Array:
    """Linear interpolation between the two nearest, as `numpy.percentile` does it."""
    order = np.argsort(values)
    ordered, upto = values[order], np.cumsum(counts[:, order], axis=1)
    total = upto[:, -1] if len(values) else np.zeros(len(counts))
    at = share * np.maximum(total - 1, 0)
    low, high = (_at(ordered, upto, place) for place in (np.floor(at), np.ceil(at)))
    return np.where(total > 0, low + (at - np.floor(at)) * (high - low), np.nan)


def _at(ordered: Array, upto: Array, place: Array) -> Array:
    """The value at a place of the repeated values; `upto`: draws x cases, how many stand up to each."""
    if not len(ordered):
        return np.full(len(upto), np.nan)
    found: Array = ordered[(upto > place[:, None]).argmax(axis=1)]
    return found


def _risk_area(rows: Array, counts: Array) -> Array:
    """Area under error share over coverage, surest answers first, coverage from 0 to all of these answers.

    Rows hold (confidence, wrong). Answers of equal confidence are covered together, so that their order does not
    matter; between two levels the risk runs straight.
    """
    levels, level = np.unique(-rows[:, 0], return_inverse=True)
    member = np.zeros((len(rows), len(levels)))
    member[np.arange(len(rows)), level] = 1.0
    here, wrong = counts @ member, counts @ (member * rows[:, 1:2])
    covered, failed = np.cumsum(here, axis=1), np.cumsum(wrong, axis=1)
    risk = np.divide(failed, covered, out=np.zeros_like(failed), where=covered > 0)
    # Nothing is covered before the first level that was drawn: the curve begins with that level's own risk.
    before = np.column_stack([risk[:, :1], risk[:, :-1]])
    before = np.where(covered == here, risk, before)
    area: Array = (here * (before + risk) / 2).sum(axis=1)
    return _divide(area, counts.sum(axis=1))
