"""From human labels and the judge's scores to a judge card."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.errors import CardError
from eval.judges import agreement
from eval.judges.card import Agreement, JudgeCard, Labelled, SetCard
from eval.judges.labels import Unit, digest_of, hash_of, join, read_labels, read_scores


def calibrate(labels: Sequence[Path], scores: Sequence[Path], judge: str, version: str) -> JudgeCard:
    """The card of the judge that gave the scores, over the labelled statements, a part for each set.

    Raises:
        CardError: a file cannot be read, the scores are of another version, or the labels of other answers.
    """
    rows, scored = read_labels(labels), read_scores(scores)
    if others := {one.judge for one in scored.values() if one.judge} - {version}:
        raise CardError(
            f"{', '.join(map(str, scores))}: scored by {judge} {min(others)}, and this is {version}: "
            "score the answers again with `guide-eval report`"
        )
    units = join(rows, scored)
    sets = [
        _card(name, [unit for unit in units if unit.set == name], judge)
        for name in dict.fromkeys(unit.set for unit in units)
    ]
    return JudgeCard(
        judge=judge,
        version=version,
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        labels_sha256=hash_of(rows),
        n=len(units),
        sets=sets,
        labelled=[_labelled(unit, unit.claim) for unit in units if unit.claim is not None],
    )


def compare(a: str, b: str, votes: agreement.Votes) -> Agreement:
    """Two raters' agreement on the statements both have labelled."""
    return Agreement(a=a, b=b, n=len(votes.a), raw=agreement.raw_agreement(votes), kappa=agreement.kappa(votes))


def _card(name: str, units: Sequence[Unit], judge: str) -> SetCard:
    votes = agreement.against_judge(units)
    people = list(dict.fromkeys(labeller for unit in units for labeller in unit.votes))
    pairs = [(one, other, agreement.between(units, one, other)) for one, other in itertools.combinations(people, 2)]
    return SetCard(
        name=name,
        n=len(units),
        n_answers=len({unit.id for unit in units}),
        labellers=people,
        balanced_accuracy=agreement.balanced_accuracy(votes),
        auc=agreement.auc(votes),
        coverage=agreement.coverage(votes),
        confusion=agreement.confusion(votes),
        people=[compare(one, other, both) for one, other, both in pairs if len(both.a)],
        judge=[compare(person, judge, agreement.against_judge(units, person)) for person in people],
    )


def _labelled(unit: Unit, claim: int) -> Labelled:
    votes = Counter(unit.votes.values())
    return Labelled(set=unit.set, id=unit.id, claim=claim, digest=digest_of(unit.text), votes=dict(votes))
