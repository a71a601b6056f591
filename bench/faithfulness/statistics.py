"""Area under the ROC curve, balanced accuracy and correlation, with bootstrap intervals over whole groups."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
_DRAWS = 1000


class Figure(NamedTuple):
    """A value and its 95 % interval."""

    value: float
    low: float
    high: float


def area(labels: Numbers, scores: Numbers) -> float:
    """Area under the ROC curve; ties count half (the Mann-Whitney statistic over mid-ranks)."""
    right = labels > 0
    n_right, n_wrong = int(right.sum()), int((~right).sum())
    if not n_right or not n_wrong:
        return float("nan")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[right].sum() - n_right * (n_right + 1) / 2) / (n_right * n_wrong))


def balanced_accuracy(labels: Numbers, said: Numbers) -> float:
    """Mean of the shares of right rows called right and of wrong rows called wrong; `said` is 0 or 1."""
    right = labels > 0
    if not right.any() or right.all():
        return float("nan")
    return float((said[right].mean() + (1 - said[~right]).mean()) / 2)


def pearson(one: Numbers, other: Numbers) -> float:
    """Linear correlation."""
    return float(np.corrcoef(one, other)[0, 1])


def spearman(one: Numbers, other: Numbers) -> float:
    """Rank correlation, ties sharing their mean rank."""
    return pearson(_ranks(one), _ranks(other))


def figure(measure: Callable[[Numbers, Numbers], float], one: Numbers, two: Numbers, groups: Sequence[str]) -> Figure:
    """The measure of two columns, and its interval: rows of a group are drawn together or not at all."""
    members: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group, []).append(at)
    rows = [np.array(places) for places in members.values()]
    chance = np.random.default_rng(7)
    values = []
    for _ in range(_DRAWS):
        drawn = np.concatenate([rows[at] for at in chance.integers(0, len(rows), len(rows))])
        values.append(measure(one[drawn], two[drawn]))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Figure(round(measure(one, two), 3), round(float(low), 3), round(float(high), 3))


def best_threshold(columns: Sequence[tuple[Numbers, Numbers]]) -> float:
    """The threshold with the best mean balanced accuracy over several (labels, scores); a score at it is right."""
    every = np.unique(np.concatenate([scores for _, scores in columns]))
    tried = np.unique(np.quantile(every, np.linspace(0, 1, 201)))
    means = [np.mean([balanced_accuracy(labels, scores >= at) for labels, scores in columns]) for at in tried]
    return float(tried[int(np.argmax(means))])


def _ranks(values: Numbers) -> Numbers:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Numbers = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks
