"""From the samples of some cases to what a report prints: value, interval and counts."""

from collections.abc import Hashable, Sequence

import msgspec
import numpy as np

from eval.metrics.model import Metric, Sample
from eval.statistics.estimate import value_of
from eval.statistics.resample import interval, numbered


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A metric over some cases. `value` and `interval` (95 %) are None when nothing scored."""

    value: float | None
    interval: tuple[float, float] | None
    n_total: int
    n_scored: int
    n_error: int
    n_abstained: int
    n_not_applicable: int


def summarise(metric: Metric, samples: Sequence[Sample], topics: Sequence[Hashable] | None = None) -> Result:
    """The metric's value, interval and counts over the samples of some cases.

    `topics` are the cases' clusters (`eval.slices.topic_of`); without them each case stands for itself.
    """
    states = [sample.state for sample in samples]
    at = [number for number, state in enumerate(states) if state == "scored"]
    rows = np.array([samples[number].values for number in at], dtype=np.float64)
    value = value_of(metric.statistic, rows) if at else None
    clusters = numbered([topics[number] if topics else number for number in at])
    return Result(
        value=value,
        interval=None if value is None else interval(metric.statistic, rows, clusters),
        n_total=len(samples),
        n_scored=len(at),
        n_error=states.count("error"),
        n_abstained=states.count("abstained"),
        n_not_applicable=states.count("not_applicable"),
    )
