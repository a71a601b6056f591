"""What every importer shares: the Protocol, its options, and the problems it finds line by line."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias

import msgspec

from catalog.model import Record
from eval.cases import Case

Half: TypeAlias = Literal["tune", "report"]
Code: TypeAlias = Literal[
    "bad_json", "bad_cells", "bad_field", "no_question", "bad_case", "duplicate_id", "bad_judgement",
    "unknown_query", "no_gold", "unknown_record",
]  # fmt: skip
WARNINGS: frozenset[Code] = frozenset({"unknown_query", "no_gold", "unknown_record"})
"""Codes of rows that are used all the same; a row with any other code is left out."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one line of a source."""

    file: str
    line: int
    code: Code
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.message}"


class Found(NamedTuple):
    """A case and where it was read; a case that is not graded is counted as one without gold."""

    file: str
    line: int
    case: Case


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a source may need to be told; an importer leaves alone what does not concern it."""

    columns: Mapping[str, str] = {}
    """Field of a case -> column of the table, where the column's name does not say it."""
    qrels: Path | None = None
    """The judgements, where they do not lie beside the queries."""
    language: str | None = None
    """Language of every question; by default each is looked at."""


class Importer(Protocol):
    """One format, or one shared set."""

    name: str
    source: str
    """What the source is, in words for the command's help."""

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """What the source holds, in its order, with a problem for every line that cannot be used as it is.

        Raises:
            SourceError: the source as a whole is not of this format.
        """

    def records(self, source: Path) -> Iterator[Record]:
        """The texts and products the questions are about, where the source brings them (same error)."""

    def half(self, case: Case) -> Half:
        """The half a case belongs to: what is tuned on the one is claimed on the other."""


class Plain:
    """An importer's usual answers: no records, and halves by the hash of the case's id."""

    def records(self, source: Path) -> Iterator[Record]:
        """None."""
        del source
        yield from ()

    def half(self, case: Case) -> Half:
        """By the hash of the case's id."""
        return "tune" if hashlib.sha256(case.id.encode()).digest()[0] % 2 else "report"


def content_id(prefix: str, *parts: str) -> str:
    """A stable id for a row without one: the hash of what it says."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{prefix}-{digest[:12]}"
