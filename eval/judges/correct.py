"""A run's faithfulness, corrected by the human labels of some of its statements.

Prediction-powered inference (Angelopoulos et al., Science 382, 2023): what the judge says of all statements, plus the
mean of (label - judge) on the labelled ones. Faithfulness is a ratio of two means, supported / checkable; each is
corrected, and the interval is that of the linearised ratio. The labelled statements are some of all of them, and those
of one answer or topic depend on each other: the variance is that of the topics' summed influences, which knows both.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from eval.faithfulness.model import Checked
from eval.judges.card import MIN_LABELS, JudgeCard, Label, Labelled
from eval.judges.draw import Place, order
from eval.judges.labels import digest_of
from eval.metrics.model import Judged
from eval.slices import topic_of
from eval.statistics.estimate import Array
from eval.statistics.resample import Clusters, numbered


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Faithfulness as people would have judged it; `refused` says why there is no value."""

    value: float | None = None
    interval: tuple[float, float] | None = None
    """95 %."""
    raw: float | None = None
    """What the judge says alone."""
    n_statements: int = 0
    n_labelled: int = 0
    set: str | None = None
    """The set of the card that the labels come from."""
    refused: str | None = None


class Answered(NamedTuple):
    """An answer that faithfulness counts: its case's id and topic, and its checked statements."""

    id: str
    topic: str
    claims: Sequence[Checked]


def of_run(card: JudgeCard, cases: Sequence[Judged]) -> Correction:
    """The correction of a run's faithfulness."""
    counted = (one for one in cases if one.answer is not None and not one.abstained)
    return corrected(card, [Answered(one.case.id, topic_of(one.case), one.checked) for one in counted])


def corrected(card: JudgeCard, answers: Sequence[Answered]) -> Correction:
    """The same of any answers."""
    said = {(one.id, at): claim for one in answers for at, claim in enumerate(one.claims)}
    name, labelled = _own(card, said)
    if name is None:
        return Correction(refused="the card's labels are of other answers than this run's")
    missing = sum(not _is_of(one, said) for one in labelled.values())
    if missing:
        return Correction(refused=f"{missing} of the {len(labelled)} labelled statements are not in this run")
    if len(labelled) < MIN_LABELS:
        return Correction(refused=f"{len(labelled)} statements are labelled, and it takes {MIN_LABELS}")
    if set(order(said)[: len(labelled)]) != labelled.keys():
        return Correction(refused="the labelled statements are not the draw of `guide-eval label`: they were chosen")
    predicted = np.array([_supported(claim.verdict) for claim in said.values()])
    places = {place: row for row, place in enumerate(said)}
    value, interval = ratio(
        predicted=predicted,
        topic=numbered([one.topic for one in answers for _ in one.claims]),
        at=np.array([places[place] for place in labelled]),
        labels=np.array([_voted(one) for one in labelled.values()]),
    )
    totals = predicted.sum(0)
    return Correction(
        value=value,
        interval=interval,
        raw=round(float(totals[0] / totals[1]), 4) if totals[1] else None,
        n_statements=len(said),
        n_labelled=len(labelled),
        set=name,
        refused=None if value is not None else "nothing can be checked, by the labels",
    )


def ratio(
    predicted: Array, topic: Clusters, at: npt.NDArray[np.int64], labels: Array
) -> tuple[float | None, tuple[float, float] | None]:
    """The corrected ratio and its 95 % interval; None where its whole is not above 0.

    `predicted`: statements x (part, whole) as the judge has it; `topic`: the cluster of each; `at`: the labelled
    statements' rows, a simple random sample; `labels`: labelled x (part, whole) as people have it.
    """
    error = labels - predicted[at]
    part, whole = predicted.mean(0) + error.mean(0)
    if whole <= 0:
        return None, None
    value = part / whole
    linear = np.array([1.0, -value]) / whole
    influence = (predicted - predicted.mean(0)) @ linear / len(predicted)
    influence[at] += (error - error.mean(0)) @ linear / len(at)
    sums = np.bincount(topic, influence)
    count = len(sums)
    spread = float(np.sqrt((sums**2).sum() * count / max(count - 1, 1)))
    reach = _t(len(np.unique(topic[at])) - 1) * spread
    low, high = (float(np.clip(value + side * reach, 0, 1)) for side in (-1, 1))
    return round(float(np.clip(value, 0, 1)), 4), (round(low, 4), round(high, 4))


def _own(card: JudgeCard, said: dict[Place, Checked]) -> tuple[str | None, dict[Place, Labelled]]:
    """The card's set that shares most statements with the run."""
    shared = {
        name: {(one.id, one.claim): one for one in card.labelled if one.set == name}
        for name in {one.set for one in card.labelled if _is_of(one, said)}
    }
    if not shared:
        return None, {}
    best = max(shared, key=lambda name: (sum(_is_of(one, said) for one in shared[name].values()), name))
    return best, shared[best]


def _is_of(one: Labelled, said: dict[Place, Checked]) -> bool:
    claim = said.get((one.id, one.claim))
    return claim is not None and digest_of(claim.text) == one.digest


def _supported(verdict: Label) -> tuple[float, float]:
    """(supported, checkable)."""
    return float(verdict == "supported"), float(verdict != "not_checkable")


def _voted(one: Labelled) -> tuple[float, float]:
    """The same of people, each a part of it."""
    votes = sum(one.votes.values())
    parts = np.array([_supported(label) for label in one.votes]) * np.array(list(one.votes.values()))[:, None]
    supported, checkable = parts.sum(0) / votes
    return float(supported), float(checkable)


def _t(freedom: int) -> float:
    """The 97.5 % point of Student's t (Abramowitz & Stegun 26.7.5; within .01 from 5 degrees of freedom up)."""
    z = NormalDist().inv_cdf(0.975)
    terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
    degrees = max(freedom, 1)
    return float(z + sum(term / degrees**power for power, term in enumerate(terms, start=1)))
