"""Would chance alone make two equally good runs differ like these?

If they are equally good, which of the two answers of a case is called A is chance: the test exchanges them, a cluster
at a time. For yes/no values that is McNemar's exact test; for a mean it flips the signs of the differences; for a
ratio (wrong amounts of all amounts) it exchanges part and whole together, so that five wrong amounts in one answer are
one event and not five.
"""

from collections.abc import Sequence
from itertools import product
from math import comb
from typing import Literal, NamedTuple

import numpy as np

from eval.statistics.estimate import Array
from eval.statistics.paired import Pairs
from eval.statistics.resample import SEED

Side = Literal["lower", "higher", "either"]
"""Which difference B - A would speak against "equally good"."""
TestName = Literal["mcnemar", "sign-flip"]

EXACT_CLUSTERS = 12
"""Up to so many clusters that changed, every exchange is counted (4,096); above, `EXCHANGES` of them are drawn."""
EXCHANGES = 9999
_CHUNK = 1000
_SAME = 1e-12
"""Differences nearer than this are one: sums of the same numbers in another order."""


class Tested(NamedTuple):
    """How often chance alone would give a difference like this one."""

    name: TestName
    p: float


def significance(pair: Pairs, side: Side) -> Tested:
    """How often equally good runs differ as much as these, to the one side or to either."""
    if pair.statistic == "mean" and pair.one_by_one and set(np.unique([*pair.a, *pair.b])) <= {0.0, 1.0}:
        # Every changed case scored in both runs, so the sums differ by those won minus those lost.
        net, moved = round(float(pair.b.sum() - pair.a.sum())), len(pair.changed)
        return Tested("mcnemar", mcnemar((moved - net) // 2, (moved + net) // 2, side))
    return Tested("sign-flip", _sign_flip(pair, side))


def mcnemar(lost: int, won: int, side: Side) -> float:
    """The exact test on `lost` cases that only A has right and `won` that only B has: a fair coin's tail."""
    if side == "either":
        return min(1.0, 2 * _tail(max(lost, won), lost + won))
    return _tail(lost if side == "lower" else won, lost + won)


def beyond(pair: Pairs, margin: float, side: Literal["lower", "higher"]) -> float:
    """How often the bootstrap finds B no worse than by `margin`: small when the loss is surely larger."""
    loss = -pair.draws if side == "lower" else pair.draws
    return float((1 + np.count_nonzero(loss <= margin + _SAME)) / (1 + len(loss)))


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values of several tests, adjusted so that under no difference at all one in twenty families errs at .05."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, p_values[at] * (len(p_values) - rank)))
        adjusted[at] = highest
    return adjusted


def _tail(least: int, tosses: int) -> float:
    return float(sum(comb(tosses, heads) for heads in range(least, tosses + 1)) / 2**tosses)


def _sign_flip(pair: Pairs, side: Side) -> float:
    seen = pair.difference
    if seen is None or not len(pair.changed):
        return 1.0
    exact = len(pair.changed) <= EXACT_CLUSTERS
    if exact:
        flips = np.array(list(product((0.0, 1.0), repeat=len(pair.changed))))
    else:
        flips = np.random.default_rng(SEED).integers(0, 2, (EXCHANGES, len(pair.changed))).astype(np.float64)
    hits = sum(_as_far(pair, flips[at : at + _CHUNK], seen, side) for at in range(0, len(flips), _CHUNK))
    # Of drawn exchanges the runs as they are count as one.
    return hits / len(flips) if exact else (hits + 1) / (len(flips) + 1)


def _as_far(pair: Pairs, flips: Array, seen: float, side: Side) -> int:
    """How many exchanges differ as much as what was seen; one without a value counts against the finding."""
    swap = np.zeros((len(flips), pair.clusters))
    swap[:, pair.changed] = flips
    found = pair.exchanged(swap)
    if side == "either":
        near = np.abs(found) < abs(seen) - _SAME
    else:
        near = found > seen + _SAME if side == "lower" else found < seen - _SAME
    return len(flips) - int(np.count_nonzero(near))
