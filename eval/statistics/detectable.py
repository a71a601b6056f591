"""What a sample can tell at all: the smallest true difference that is found in 8 of 10 such samples.

Two limits, and the larger counts. Noise: a difference has to stand out from what chance does to the cases that change
(normal approximation). Counts: where nothing changes by chance, a test still needs some losses before it is sure
(McNemar at .05, one-sided: five), and the true share has to be high enough that the sample holds them.
"""

from functools import lru_cache
from math import exp
from statistics import NormalDist

import numpy as np

from eval.metrics.model import Statistic
from eval.statistics.estimate import Array, evaluate, weight_of
from eval.statistics.paired import Pairs
from eval.statistics.resample import Clusters, drawn

POWER = 0.8
ALPHA = 0.05
_NORMAL = NormalDist()


def detectable(pair: Pairs, alpha: float) -> float | None:
    """The smallest true loss that a one-sided test at `alpha` finds; None where the runs have no difference.

    For a test to either side take half the level.
    """
    draws = pair.draws
    if not len(draws):
        return None
    noise = (_NORMAL.inv_cdf(1 - alpha) + _NORMAL.inv_cdf(POWER)) * float(np.std(draws))
    # k changes for the worse and none for the better have the p-value 2 ** -k.
    return max(noise, _share(least=int(np.ceil(-np.log2(alpha))), weight=pair.weight))


def detectable_beyond(statistic: Statistic, rows: Array, clusters: Clusters) -> float | None:
    """How far beyond a bound the true value has to lie so that the sample's own value is beyond it too."""
    values = evaluate(statistic, rows, drawn(int(clusters.max()) + 1)[:, clusters])
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    return max(_NORMAL.inv_cdf(POWER) * float(np.std(values)), _share(least=1, weight=weight_of(statistic, rows)))


def _share(least: int, weight: float) -> float:
    """The share of faults at which a sample of that weight holds at least so many; 0 for an order statistic."""
    return min(1.0, _expected(least) / weight) if weight else 0.0


@lru_cache(maxsize=64)
def _expected(least: int) -> float:
    """The mean of the Poisson distribution that reaches `least` with probability `POWER`, by halving."""
    low, high = 0.0, 4.0 * least + 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if _reaches(middle, least) > POWER else (middle, high)
    return high


def _reaches(mean: float, least: int) -> float:
    term, below = exp(-mean), 0.0
    for count in range(least):
        below += term
        term *= mean / (count + 1)
    return 1 - below
