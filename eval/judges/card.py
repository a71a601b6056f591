"""The judge card: how well a judge agrees with people, on which labels, and when it was measured.

`guide-eval calibrate` writes one; `--judge-card FILE` shows it in a report and lets a faithfulness threshold gate.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from eval.errors import CardError
from eval.judges.version import NAME, version

MIN_LABELS = 50
"""Statements a card has to rest on: with 50 a balanced accuracy of .9 is known to about 9 points either way."""

Label = Literal["supported", "contradicted", "not_enough_evidence", "not_checkable"]
"""What a person, or the judge, says of one statement."""
LABELS: tuple[Label, ...] = ("supported", "contradicted", "not_enough_evidence", "not_checkable")


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its 95 % interval (bootstrap over answers); all None where there is nothing to compute it from."""

    value: float | None
    low: float | None
    high: float | None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How often two raters give one statement the same of the four labels; `b` may be the judge."""

    a: str
    b: str
    n: int
    """Statements both have labelled."""
    raw: Estimate
    """Share of equal labels."""
    kappa: Estimate
    """Cohen's kappa: the same beyond what chance gives."""


class SetCard(msgspec.Struct, frozen=True, kw_only=True):
    """One set of labelled statements. One that people disagree on counts in parts, a part for each of them."""

    name: str
    n: int
    """Labelled statements (or whole answers, where a set is labelled that way)."""
    n_answers: int
    labellers: list[str]
    balanced_accuracy: Estimate
    """Mean of the judge's hit rates on supported and on unsupported, over what both could check; .5 is chance."""
    auc: Estimate
    """How often the judge's score ranks a supported statement above an unsupported one; .5 is chance."""
    coverage: Estimate
    """Share of the statements people could check that the judge checked too."""
    confusion: dict[Label, dict[Label, float]]
    """What people said -> what the judge said -> statements."""
    people: list[Agreement]
    """Each two labellers with each other."""
    judge: list[Agreement]
    """Each labeller with the judge."""


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled statement, so that a run of the same answers can be corrected by its labels."""

    set: str
    id: str
    claim: int
    """Its place among the answer's statements, from 0."""
    digest: str
    """SHA-256 (16 hex digits) of its words: another answer to the same case is another statement."""
    votes: dict[Label, int]
    """Label -> how many people gave it."""


class JudgeCard(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of a judge's agreement with people."""

    judge: str
    version: str
    date: str
    """ISO date of the calibration."""
    labels_sha256: str
    """Hash of the labels, whatever their order."""
    n: int
    """Labelled statements of all sets."""
    sets: list[SetCard]
    labelled: list[Labelled] = []

    @property
    def face(self) -> "JudgeCard":
        """The card as a report shows it: without the single labels."""
        return msgspec.structs.replace(self, labelled=[])


def save(card: JudgeCard, path: Path) -> None:
    """Write the card as indented JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(card)) + b"\n")


def load(path: Path, judge: str = NAME, judge_version: str | None = None) -> JudgeCard:
    """A card that may vouch for the judge as it is now (or for another judge named here).

    Raises:
        CardError: it cannot be read, is another judge's or another version's, or rests on too few labels.
    """
    try:
        card = msgspec.json.decode(path.read_bytes(), type=JudgeCard)
    except (OSError, msgspec.MsgspecError) as error:
        raise CardError(f"{path}: no judge card: {error}") from error
    wanted = judge_version or version()
    if card.judge != judge:
        raise CardError(f"{path}: a card of {card.judge}, not of {judge}")
    if card.version != wanted:
        raise CardError(
            f"{path}: the card is of {judge} {card.version}, and this is {wanted}: its verdicts may be others. "
            "Score the labelled answers again and run `guide-eval calibrate` with the same labels"
        )
    if card.n < MIN_LABELS:
        raise CardError(f"{path}: rests on {card.n} labels, and takes at least {MIN_LABELS}")
    return card


def vouch(card: JudgeCard, versions: Iterable[str], folder: Path) -> None:
    """Pass if all of a run's scores are of the judge the card speaks of; scores without statements name none.

    Raises:
        CardError: some are of another version: they were scored before the judge changed.
    """
    if others := {version for version in versions if version} - {card.version}:
        raise CardError(
            f"{folder}: its statements were judged by {card.judge} {min(others)}, and the card is of {card.version}: "
            f"score it again with `guide-eval report {folder}`"
        )
