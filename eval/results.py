"""Saved answers: `results.jsonl` in the run's folder, appended a row at a time and never rewritten.

A row is keyed by (case id, config); of several rows with one key the last counts. A run that was killed may
leave half a line at the end of the file: it is cut off before the next row is written.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from eval.cases import Case
from eval.errors import ResultsError

ErrorKind = Literal["connection", "timeout", "http", "answer"]


class Call(msgspec.Struct, kw_only=True):
    """One successful request: its body, and the milliseconds of the attempt that succeeded."""

    body: Any
    ms: float
    attempts: int = 1


class Failure(msgspec.Struct, kw_only=True):
    """Why a case has no answer; `status` is the HTTP status where there was one."""

    kind: ErrorKind
    detail: str
    status: int | None = None


class Row(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One case asked once: either both calls it needs, or an error."""

    id: str
    config: str
    asked_at: str
    ask: Call | None = None
    search: Call | None = None
    error: Failure | None = None


class RunInfo(msgspec.Struct, kw_only=True):
    """`run.json`: what was asked of whom, so that `report` can score the folder again."""

    harness: str
    target: str
    snapshot: str | None
    cases_file: str
    cases_hash: str
    catalog: list[str]
    ids: list[str]


class Folder:
    """A run's folder and the files in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.results = path / "results.jsonl"
        self.cases = path / "cases.jsonl"
        self.run = path / "run.json"
        self.scores = path / "scores.jsonl"
        self.report = path / "report.json"
        self.markdown = path / "report.md"

    def start(self, info: RunInfo, cases: list[Case]) -> None:
        """Write what the run asks; answers that are there already stay, scores of an earlier run do not."""
        self.path.mkdir(parents=True, exist_ok=True)
        for stale in (self.scores, self.report, self.markdown):
            stale.unlink(missing_ok=True)
        self.cases.write_bytes(b"".join(msgspec.json.encode(case) + b"\n" for case in cases))
        self.run.write_bytes(msgspec.json.format(msgspec.json.encode(info)) + b"\n")
        cut_torn_line(self.results)

    def append(self, row: Row) -> None:
        """Add one row as one write."""
        with self.results.open("ab") as file:
            file.write(msgspec.json.encode(row) + b"\n")

    def rows(self) -> dict[tuple[str, str], Row]:
        """The last row of each (case id, config).

        Raises:
            ResultsError: a line that is not the torn last one is no row.
        """
        return {(row.id, row.config): row for row in _read_rows(self.results)}

    def info(self) -> RunInfo:
        """What the folder's run asked.

        Raises:
            ResultsError: the folder holds no run.
        """
        try:
            return msgspec.json.decode(self.run.read_bytes(), type=RunInfo)
        except (OSError, msgspec.MsgspecError) as error:
            raise ResultsError(f"{self.run}: no run is saved here: {error}") from error


def cut_torn_line(path: Path) -> None:
    """Take a half-written last line off the file."""
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as file:
            file.truncate(whole)


def _read_rows(path: Path) -> Iterator[Row]:
    if not path.exists():
        return
    decoder = msgspec.json.Decoder(Row)
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            yield decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise ResultsError(f"{path}:{number}: not a saved answer: {error}") from error
