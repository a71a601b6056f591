"""How well a judge agrees with people: figures over weighted votes, with intervals over resampled answers.

A statement that k people labelled is k votes of 1/k each: what they disagree on is neither dropped nor decided.
Intervals: 2.5th to 97.5th percentile of 2,000 draws of whole answers, whose statements are no independent trials.
Where all draws are perfect, the low end is that of Clopper and Pearson with each answer as one trial.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from eval.judges.card import LABELS, Estimate, Label
from eval.judges.labels import Unit
from eval.statistics.estimate import Array
from eval.statistics.resample import drawn, numbered

_SUPPORTED, _UNSUPPORTED, _CHECKABLE = [0], [1, 2], [0, 1, 2]
"""Places in LABELS."""
_BLOCK = 100
"""Draws at once, where each holds a number for every vote: 20,000 votes take 16 MB."""
_TAIL = 0.025
"""Of a 95 % interval, on either side."""


class Votes(NamedTuple):
    """Votes as columns: what a person (or rater a) said, what the judge (or b) said, the judge's score, the weight."""

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    score: Array
    weight: Array
    answer: npt.NDArray[np.int64]
    """Which answer a vote belongs to, 0 up."""


def against_judge(units: Sequence[Unit], labeller: str | None = None) -> Votes:
    """What people (or one of them) said beside what the judge said."""
    rows = [
        (LABELS.index(label), LABELS.index(unit.verdict), unit.score, 1 if labeller else 1 / len(unit.votes), unit.id)
        for unit in units
        for name, label in unit.votes.items()
        if labeller in (None, name)
    ]
    return _votes(rows)


def between(units: Sequence[Unit], one: str, other: str) -> Votes:
    """What two people said of the statements both have labelled."""
    both = [unit for unit in units if one in unit.votes and other in unit.votes]
    return _votes([(LABELS.index(u.votes[one]), LABELS.index(u.votes[other]), 0.0, 1.0, u.id) for u in both])


def balanced_accuracy(votes: Votes) -> Estimate:
    """Mean of the hit rates on supported and unsupported, over what both called checkable."""
    return _over_cells(votes, _balanced)


def raw_agreement(votes: Votes) -> Estimate:
    """Share of equal labels."""
    return _over_cells(votes, lambda cells: _divide(_trace(cells), cells.sum((1, 2))))


def kappa(votes: Votes) -> Estimate:
    """Cohen's kappa over the four labels; no value where chance alone would agree always."""
    return _over_cells(votes, _kappa)


def coverage(votes: Votes) -> Estimate:
    """Of what people called checkable, the share the judge did too."""
    return _over_cells(
        votes, lambda cells: _divide(_block(cells, _CHECKABLE, _CHECKABLE), cells[:, _CHECKABLE].sum((1, 2)))
    )


def auc(votes: Votes) -> Estimate:
    """The chance that a supported statement scores above an unsupported one, ties half, over what both could check."""
    read = (votes.a < len(_CHECKABLE)) & (votes.b < len(_CHECKABLE))
    order = np.argsort(votes.score[read], kind="stable")
    score, weight = votes.score[read][order], votes.weight[read][order]
    good = (votes.a[read][order] == 0).astype(np.float64)
    starts = np.flatnonzero(np.r_[True, score[1:] != score[:-1]]) if len(score) else np.array([], dtype=np.int64)
    answers = votes.answer[read][order]

    def area(counts: Array) -> Array:
        if not len(starts):
            return np.full(len(counts), np.nan)
        return np.concatenate([some(block) for block in np.array_split(counts, -(-len(counts) // _BLOCK))])

    def some(counts: Array) -> Array:
        each = counts[:, answers] * weight
        above = np.add.reduceat(each * good, starts, axis=1)
        below = np.add.reduceat(each * (1 - good), starts, axis=1)
        beaten = np.cumsum(below, axis=1) - below / 2
        return _divide((above * beaten).sum(1), above.sum(1) * below.sum(1))

    return _estimate(votes, area)


def confusion(votes: Votes) -> dict[Label, dict[Label, float]]:
    """What people said -> what the judge said -> votes; rows and columns without any are left out."""
    cells = _cells(votes)(np.ones((1, _answers(votes))))[0]
    return {
        said: {judged: round(float(cells[i, j]), 4) for j, judged in enumerate(LABELS) if cells[i, j]}
        for i, said in enumerate(LABELS)
        if cells[i].any()
    }


def _votes(rows: Sequence[tuple[int, int, float, float, str]]) -> Votes:
    return Votes(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
        np.array([row[3] for row in rows], dtype=np.float64),
        numbered([row[4] for row in rows]),
    )


def _answers(votes: Votes) -> int:
    return int(votes.answer.max()) + 1 if len(votes.answer) else 0


def _cells(votes: Votes) -> Callable[[Array], Array]:
    """From how often each answer is drawn (draws x answers) to the 4 x 4 tables (draws x a x b)."""
    size = len(LABELS)
    per_answer = np.zeros((_answers(votes), size * size))
    np.add.at(per_answer, (votes.answer, votes.a * size + votes.b), votes.weight)
    return lambda counts: (counts @ per_answer).reshape(-1, size, size)


def _over_cells(votes: Votes, figure: Callable[[Array], Array]) -> Estimate:
    cells = _cells(votes)
    return _estimate(votes, lambda counts: figure(cells(counts)))


def _estimate(votes: Votes, figure: Callable[[Array], Array]) -> Estimate:
    """The figure over all answers, and its interval over draws of them."""
    count = _answers(votes)
    value = float(figure(np.ones((1, count)))[0]) if count else float("nan")
    if np.isnan(value):
        return Estimate(value=None, low=None, high=None)
    low, high = np.nanpercentile(figure(drawn(count)), [2.5, 97.5])
    if low == high == 1:
        low = _TAIL ** (1 / count)
    return Estimate(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))


def _balanced(cells: Array) -> Array:
    hits = [
        _divide(_block(cells, group, group), _block(cells, group, _CHECKABLE)) for group in (_SUPPORTED, _UNSUPPORTED)
    ]
    return (hits[0] + hits[1]) / 2


def _kappa(cells: Array) -> Array:
    total = cells.sum((1, 2))
    chance = _divide((cells.sum(2) * cells.sum(1)).sum(1), total**2)
    return _divide(_divide(_trace(cells), total) - chance, 1 - chance)


def _trace(cells: Array) -> Array:
    trace: Array = np.einsum("dii->d", cells)
    return trace


def _block(cells: Array, rows: list[int], columns: list[int]) -> Array:
    block: Array = cells[:, rows][:, :, columns].sum((1, 2))
    return block


def _divide(part: Array, whole: Array) -> Array:
    quotient: Array = np.divide(part, whole, out=np.full_like(part, np.nan), where=np.abs(whole) > 1e-12)
    return quotient
