"""Where two people's labels of the same statements agree."""

from pathlib import Path

import msgspec

from eval.errors import CardError
from eval.judges.agreement import between
from eval.judges.calibrate import compare as agreement_of
from eval.judges.card import Agreement, Label
from eval.judges.labels import LabelRow, Unit, read_labels

_Key = tuple[str, str, int | None, int | None, int | None]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with the two labels it got."""

    id: str
    claim: int | None
    text: str
    a: Label
    b: Label


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Their agreement, and every statement they disagree on."""

    agreement: Agreement
    disagreements: list[Disagreement]


def compare(a: Path, b: Path) -> Comparison:
    """Lay two label files, of one labeller each, side by side.

    Raises:
        CardError: a file cannot be read, holds several labellers, or the two have no statement in common.
    """
    (one, first), (other, second) = _of(a), _of(b)
    both = [(row, second[key]) for key, row in first.items() if key in second]
    if not both:
        raise CardError(f"{a} and {b} label no statement in common")
    units = [
        Unit(row.set, row.id, row.claim, row.text or "", {"a": row.label, "b": twin.label}, "not_checkable", 0.0)
        for row, twin in both
        if row.label and twin.label
    ]
    return Comparison(
        agreement=agreement_of(one, other, between(units, "a", "b")),
        disagreements=[
            Disagreement(id=unit.id, claim=unit.claim, text=unit.text, a=unit.votes["a"], b=unit.votes["b"])
            for unit in units
            if unit.votes["a"] != unit.votes["b"]
        ],
    )


def _of(path: Path) -> tuple[str, dict[_Key, LabelRow]]:
    """Whose labels a file holds, and the labels by statement."""
    rows = read_labels([path])
    names = {row.labeller for row in rows}
    if len(names) != 1:
        raise CardError(f"{path}: holds the labels of {', '.join(sorted(names)) or 'nobody'}; it takes one labeller")
    return names.pop(), {(row.set, row.id, row.claim, row.start, row.end): row for row in rows}
