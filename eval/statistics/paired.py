"""The same cases in two runs, and by how much their statistic differs.

The interval draws clusters with replacement and takes B - A of each draw, so that what both runs find hard cancels out.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from eval.metrics.model import Sample, Statistic
from eval.statistics.estimate import Array, evaluate, weight_of
from eval.statistics.resample import Clusters, drawn, numbered


@dataclass(frozen=True)
class Pairs:
    """A metric in two runs of the same cases; a case that scored in one run only is in that run's rows only."""

    statistic: Statistic
    a: Array
    b: Array
    of_a: Clusters
    """The cluster of each row of `a`."""
    of_b: Clusters
    clusters: int
    changed: Clusters
    """The clusters in which some case's sample differs."""
    one_by_one: bool
    """Whether no cluster holds two changed cases, and each of these scored in both runs."""

    @cached_property
    def difference(self) -> float | None:
        """B - A, None where either divides by nothing."""
        found = float(self._differences(np.ones((1, self.clusters)))[0])
        return None if np.isnan(found) else found

    @cached_property
    def draws(self) -> Array:
        """B - A in each bootstrap draw, without those that have none."""
        found = self._differences(drawn(self.clusters))
        return found[~np.isnan(found)]

    def exchanged(self, swap: Array) -> Array:
        """B - A with the answers of some clusters exchanged; swap: draws x clusters, 1 where they are."""
        rows = np.vstack([self.a, self.b])
        stay, go = 1 - swap, swap
        of_b = evaluate(self.statistic, rows, np.hstack([go[:, self.of_a], stay[:, self.of_b]]))
        return of_b - evaluate(self.statistic, rows, np.hstack([stay[:, self.of_a], go[:, self.of_b]]))

    @property
    def weight(self) -> float:
        """What B divides by: its cases, or its amounts."""
        return weight_of(self.statistic, self.b)

    def _differences(self, counts: Array) -> Array:
        b = evaluate(self.statistic, self.b, counts[:, self.of_b])
        return b - evaluate(self.statistic, self.a, counts[:, self.of_a])


def pairs(statistic: Statistic, a: Sequence[Sample], b: Sequence[Sample], keys: Sequence[Hashable]) -> Pairs | None:
    """Two runs' samples of the same cases with the cases' cluster keys; None where either scored nothing."""
    of_a, of_b = ([at for at, sample in enumerate(run) if sample.state == "scored"] for run in (a, b))
    if not of_a or not of_b:
        return None
    some = sorted({*of_a, *of_b})
    number = dict(zip(some, numbered([keys[at] for at in some]).tolist(), strict=True))
    moved = [at for at in some if a[at] != b[at]]
    changed = [number[at] for at in moved]
    both = all(a[at].state == b[at].state == "scored" for at in moved)
    return Pairs(
        statistic,
        np.array([a[at].values for at in of_a], dtype=np.float64),
        np.array([b[at].values for at in of_b], dtype=np.float64),
        np.array([number[at] for at in of_a], dtype=np.int64),
        np.array([number[at] for at in of_b], dtype=np.int64),
        max(number.values()) + 1,
        np.array(sorted(set(changed)), dtype=np.int64),
        one_by_one=both and len(changed) == len(set(changed)),
    )


def interval(pair: Pairs, tail: float = 0.025) -> tuple[float, float] | None:
    """The interval of B - A that leaves `tail` on either side (95 % by default); None where no draw has a value."""
    found = pair.draws
    if not len(found):
        return None
    low, high = np.percentile(found, [100 * tail, 100 * (1 - tail)])
    return float(low), float(high)
