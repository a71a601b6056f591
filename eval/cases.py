"""A case: one question with everything that is needed to judge an answer to it.

A case file is JSONL, one case a line. Unknown fields are refused, so that a misspelt key never weakens a test.
`eval/cases.schema.json` is the same definition as JSON Schema, for editors and other languages.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from eval.errors import CaseError
from eval.files import replaced

Outcome = Literal[
    "answered", "nearest_match", "needs_clarification", "no_match", "unanswerable", "out_of_scope", "refused"
]
ABSTAINED: frozenset[str] = frozenset({"no_match", "unanswerable", "out_of_scope", "refused"})


class Turn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One earlier message; `product_ids` are the products an assistant turn showed, in order."""

    role: Literal["user", "assistant"]
    content: str
    product_ids: list[str] = []


class PriceBounds(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Inclusive bounds in minor units of `currency`."""

    currency: str
    min: int | None = None
    max: int | None = None


class Bounds(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Inclusive bounds on a measured attribute; without `unit` the record's own unit is meant."""

    min: float | None = None
    max: float | None = None
    unit: str | None = None


AttributeFilter = dict[str, list[str | bool | int | float] | Bounds]


class Filter(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The wire's filter object: what every shown product has to satisfy."""

    price: PriceBounds | None = None
    brand: list[str] = []
    not_brand: list[str] = []
    category: list[str] = []
    in_stock: bool | None = None
    rating_min: float | None = None
    attributes: AttributeFilter = {}
    not_attributes: AttributeFilter = {}
    ids: list[str] = []


class Case(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question with its gold.

    `history`, `product_ids`, `filters` and `language` are sent with the question. `relevant` grades records for
    retrieval; the grade is the gain. Each entry of `must` is a text, or a list of texts of which one suffices.
    `constraints` is what every product card has to satisfy. `clock` (ISO 8601) is the time at which promotions
    are judged. Without `outcome`, answered and nearest_match are right for an answerable case, and any
    abstention for another. With `graded` false nobody knows what a right answer is: the question is asked and
    measured by what needs no gold, and counts neither as right nor as wrong.
    """

    id: str
    question: str
    language: str | None = None
    history: list[Turn] = []
    product_ids: list[str] = []
    filters: dict[str, Any] = {}
    relevant: dict[str, float] = {}
    references: list[str] = []
    answerable: bool = True
    outcome: Outcome | list[Outcome] | None = None
    must: list[str | list[str]] = []
    must_not: list[str] = []
    forbidden_ids: list[str] = []
    constraints: Filter | None = None
    clock: str | None = None
    graded: bool = True
    tags: list[str] = []

    @property
    def accepted(self) -> frozenset[str]:
        """The outcomes that are right for this case."""
        if isinstance(self.outcome, str):
            return frozenset({self.outcome})
        if self.outcome:
            return frozenset(self.outcome)
        return frozenset({"answered", "nearest_match"}) if self.answerable else ABSTAINED


class CaseFile(msgspec.Struct, frozen=True):
    """The cases of one file and the hash of what they say (order and spacing do not change it)."""

    name: str
    hash: str
    cases: list[Case]


_decoder = msgspec.json.Decoder(Case)


def load(path: Path) -> CaseFile:
    """Read a case file.

    Raises:
        CaseError: it cannot be read, holds no case, repeats an id or has a wrong line; all problems are listed.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CaseError([f"{path}: cannot be read: {error.strerror or error}"]) from error
    cases: list[Case] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = _decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            problems.append(f"{path}:{number}: {error}")
            continue
        problems += [f"{path}:{number}: {problem}" for problem in faults(case, seen)]
        seen.setdefault(case.id, number)
        cases.append(case)
    if not cases and not problems:
        problems.append(f"{path}: holds no case")
    if problems:
        raise CaseError(problems)
    return CaseFile(path.name, content_hash(cases), cases)


def content_hash(cases: list[Case]) -> str:
    """SHA-256 of the cases in canonical form, sorted by id."""
    encoder = msgspec.json.Encoder(order="deterministic")
    digest = hashlib.sha256()
    for case in sorted(cases, key=lambda case: case.id):
        digest.update(encoder.encode(case) + b"\n")
    return digest.hexdigest()


def draw(cases: list[Case], limit: int | None) -> list[Case]:
    """The `limit` cases whose ids hash lowest, in file order: the same draw in every run and on every machine."""
    if limit is None or limit >= len(cases):
        return cases
    lowest = sorted(cases, key=lambda case: hashlib.sha256(case.id.encode()).digest())[:limit]
    chosen = {case.id for case in lowest}
    return [case for case in cases if case.id in chosen]


def write(path: Path, cases: Iterable[Case]) -> None:
    """Write a case file; what stood there is replaced only when all is written."""
    with replaced(path) as file:
        file.writelines(msgspec.json.encode(case) + b"\n" for case in cases)


def faults(case: Case, seen: Mapping[str, int]) -> list[str]:
    """What the types alone cannot refuse; `seen` are the ids that stand on earlier lines."""
    faults = []
    if not case.id.strip():
        faults.append("id is empty")
    if not case.question.strip():
        faults.append("question is empty")
    if case.id in seen:
        faults.append(f"id {case.id!r} already stands on line {seen[case.id]}")
    if any(grade < 0 for grade in case.relevant.values()):
        faults.append("a grade in `relevant` is below 0")
    if any(not entry for entry in case.must) or "" in case.must_not:
        faults.append("`must` and `must_not` take no empty entry")
    if case.outcome == []:
        faults.append("`outcome` is an empty list")
    if not case.graded and (case.must or case.must_not or case.outcome or not case.answerable):
        faults.append("`graded` is false beside `must`, `must_not`, `outcome` or `answerable`: they say what is right")
    return faults
