"""Bootstrap by cluster: whole topics are drawn with replacement, so that ten wordings of one fact are no ten cases.

2,000 draws with a fixed seed: two reports of one run agree to the last digit.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from eval.metrics.model import Statistic
from eval.statistics.estimate import Array, evaluate

DRAWS = 2000
SEED = 20240229
_TAIL = 0.025
"""Of a 95 % interval, on either side."""

Clusters = npt.NDArray[np.int64]


def numbered(keys: Sequence[Hashable]) -> Clusters:
    """Each key's number, in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def drawn(clusters: int) -> Array:
    """How often each of that many clusters is drawn: draws x clusters."""
    return _drawn(clusters).astype(np.float64)


def interval(statistic: Statistic, rows: Array, clusters: Clusters) -> tuple[float, float] | None:
    """The 95 % interval of the statistic of `rows` (cases x values); None where no draw has a value.

    Where every case scores 0, or every case 1, draws cannot differ; then the unseen end is that of Clopper and
    Pearson, with each cluster as one trial: of 300 clusters without a fault the true share may be 1.2 %.
    """
    values = evaluate(statistic, rows, drawn(int(clusters.max()) + 1)[:, clusters])
    if np.isnan(values).all():
        return None
    low, high = (float(end) for end in np.nanpercentile(values, [100 * _TAIL, 100 * (1 - _TAIL)]))
    if statistic in ("mean", "ratio") and low == high:
        spare = 1 - _TAIL ** (1 / (int(clusters.max()) + 1))
        return (low, spare) if high == 0 else (1 - spare, high) if low == 1 else (low, high)
    return low, high


@lru_cache(maxsize=16)
def _drawn(clusters: int) -> npt.NDArray[np.int16]:
    picked = np.random.default_rng(SEED).integers(0, clusters, (DRAWS, clusters))
    flat = (picked + clusters * np.arange(DRAWS)[:, None]).ravel()
    return np.bincount(flat, minlength=DRAWS * clusters).reshape(DRAWS, clusters).astype(np.int16)
