"""Human labels, and what the judge said of the same statements.

A line of a label file is `{id, claim, label, labeller}`: the answer's id, the statement's place in it from 0 (or
`start` and `end`, code points of the answer's text), one of the four labels, and who gave it. With neither place
nor span the label is of the whole answer. Of several lines of one labeller for one statement the last counts;
`label: null` takes one back.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from eval.errors import CardError
from eval.judges.card import Label

_Row = TypeVar("_Row", bound=msgspec.Struct)


class LabelRow(msgspec.Struct, kw_only=True, omit_defaults=True, frozen=True):
    """One line of a label file. `text` are the statement's words: they have to be those that were scored."""

    id: str
    label: Label | None
    labeller: str
    claim: int | None = None
    start: int | None = None
    end: int | None = None
    set: str = "labels"
    text: str | None = None
    at: str | None = None


class ScoredClaim(msgspec.Struct, frozen=True):
    """A statement as `guide-eval claims` or a run's `scores.jsonl` holds it."""

    text: str
    start: int
    end: int
    verdict: Label
    support: float


class ScoredAnswer(msgspec.Struct, kw_only=True, frozen=True):
    """A line of such a file; `score` and `verdict` of the whole answer are there only in the one from `claims`."""

    id: str
    claims: list[ScoredClaim] = []
    score: float | None = None
    verdict: Label | None = None
    judge: str | None = None
    """Version of the judge, where the file tells."""


class Unit(NamedTuple):
    """One statement (or a whole answer, `claim` None) with the label of each labeller, and the judge's."""

    set: str
    id: str
    claim: int | None
    text: str
    votes: dict[str, Label]
    verdict: Label
    score: float


def read_labels(paths: Sequence[Path]) -> list[LabelRow]:
    """The labels that stand, in the order they were given last.

    Raises:
        CardError: a file cannot be read, or a line is no label.
    """
    standing: dict[tuple[str, str, int | None, int | None, int | None, str], LabelRow] = {}
    for row in _lines(paths, LabelRow):
        key = (row.set, row.id, row.claim, row.start, row.end, row.labeller)
        standing.pop(key, None)
        if row.label is not None:
            standing[key] = row
    return list(standing.values())


def read_scores(paths: Sequence[Path]) -> dict[str, ScoredAnswer]:
    """The scored answers by id.

    Raises:
        CardError: a file cannot be read, a line is no scored answer, or an id is there twice.
    """
    scores: dict[str, ScoredAnswer] = {}
    for row in _lines(paths, ScoredAnswer):
        if row.id in scores:
            raise CardError(f"the scores of {row.id!r} are there twice")
        scores[row.id] = row
    return scores


def join(labels: Sequence[LabelRow], scores: dict[str, ScoredAnswer]) -> list[Unit]:
    """Each labelled statement once, with everybody's label.

    Raises:
        CardError: a label is of an answer or a statement that was not scored, or of other words; or there is none.
    """
    if not labels:
        raise CardError("nothing is labelled")
    units: dict[tuple[str, str, int | None], Unit] = {}
    for row in labels:
        label = row.label
        answer = scores.get(row.id)
        if answer is None or label is None:
            raise CardError(f"{row.id!r} is labelled, but not among the scores: they are of other answers")
        claim = _place(row, answer)
        key = (row.set, row.id, claim)
        unit = units.setdefault(key, _unit(row, answer, claim))
        unit.votes[row.labeller] = label
    return list(units.values())


def digest_of(text: str) -> str:
    """A statement's words as 16 hex digits of SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def hash_of(labels: Sequence[LabelRow]) -> str:
    """SHA-256 of the labels that stand, whatever their order and time."""
    encoder = msgspec.json.Encoder(order="deterministic")
    lines = sorted(encoder.encode(msgspec.structs.replace(row, at=None)) for row in labels)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def _unit(row: LabelRow, answer: ScoredAnswer, claim: int | None) -> Unit:
    if claim is None:
        if answer.score is None or answer.verdict is None:
            raise CardError(f"{row.id!r} is labelled as a whole, and its scores hold only statements")
        return Unit(row.set, row.id, None, "", {}, answer.verdict, answer.score)
    scored = answer.claims[claim]
    if row.text is not None and row.text != scored.text:
        raise CardError(f"{row.id!r}, statement {claim}: other words are labelled than were scored")
    return Unit(row.set, row.id, claim, scored.text, {}, scored.verdict, scored.support)


def _place(row: LabelRow, answer: ScoredAnswer) -> int | None:
    """The labelled statement's place; of a span the statement it shares most with."""
    if row.claim is not None:
        if not 0 <= row.claim < len(answer.claims):
            raise CardError(f"{row.id!r} has {len(answer.claims)} statements, and number {row.claim} is labelled")
        return row.claim
    if row.start is None or row.end is None:
        return None
    shared = [min(row.end, claim.end) - max(row.start, claim.start) for claim in answer.claims]
    if max(shared, default=0) <= 0:
        raise CardError(f"{row.id!r}: no statement stands at {row.start}-{row.end}")
    return shared.index(max(shared))


def _lines(paths: Sequence[Path], kind: type[_Row]) -> Iterator[_Row]:
    decoder = msgspec.json.Decoder(kind)
    for path in paths:
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise CardError(f"{path}: cannot be read: {error.strerror or error}") from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise CardError(f"{path}:{number}: {error}") from error
