"""Saved answers: `results.jsonl` in the run's folder, appended a row at a time and never rewritten.

A row is keyed by (case id, config); of several rows with one key the last counts. A run that was killed may
leave half a line at the end of the file: it is cut off before the next row is written.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from eval.cases import Case
from eval.errors import ResultsError

ErrorKind = Literal["connection", "timeout", "http", "answer"]


class Call(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One successful request.

    `body` is in the shape of the native wire; `raw` is what another kind of target said, as it came. `ms` are the
    milliseconds of the attempt that succeeded, or since the planned start where cases are asked at a rate: `lag_ms`
    of them had passed then before that attempt began. `first_text_ms` (streams only) is counted like `ms`.
    """

    body: Any
    ms: float
    attempts: int = 1
    raw: Any = None
    lag_ms: float | None = None
    first_text_ms: float | None = None


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


class _Settled(msgspec.Struct):
    """What of a row says whether to ask again."""

    id: str
    config: str
    error: Failure | None = None


class Load(msgspec.Struct, kw_only=True):
    """How the cases of the last command were asked: at once, or so many a second whatever the answers take."""

    concurrency: int
    rate: float | None = None


class RunInfo(msgspec.Struct, kw_only=True):
    """`run.json`: what was asked of whom, so that `report` can score the folder again.

    `configs`: case id -> what its answer depends on, hashed. `unsent`: part of a case -> how many cases have it and
    could not send it to this target.
    """

    harness: str
    target: str
    snapshot: str | None
    cases_file: str
    cases_hash: str
    catalog: list[str]
    ids: list[str]
    configs: dict[str, str] = {}
    unsent: dict[str, int] = {}
    load: Load | None = None


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
        self.page = path / "report.html"

    def start(self, info: RunInfo, cases: list[Case]) -> None:
        """Write what the run asks; answers that are there already stay, scores of an earlier run do not."""
        self.path.mkdir(parents=True, exist_ok=True)
        for stale in (self.scores, self.report, self.markdown, self.page):
            stale.unlink(missing_ok=True)
        self.cases.write_bytes(b"".join(msgspec.json.encode(case) + b"\n" for case in cases))
        self.run.write_bytes(msgspec.json.format(msgspec.json.encode(info)) + b"\n")
        cut_torn_line(self.results)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other runs out of the folder; the kernel ends this with the process, however that ends.

        Raises:
            ResultsError: another run writes here.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "run.lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise ResultsError(f"{self.path}: another run writes here; wait for it or use another --out") from error
            yield

    def append(self, row: Row) -> None:
        """Add one row as one write.

        Raises:
            ResultsError: the file cannot be written.
        """
        try:
            with self.results.open("ab") as file:
                file.write(msgspec.json.encode(row) + b"\n")
        except OSError as error:
            raise ResultsError(f"{self.results}: cannot be written: {error.strerror or error}") from error

    def rows(self) -> dict[tuple[str, str], Row]:
        """The last row of each (case id, config).

        Raises:
            ResultsError: a line that is not the torn last one is no row.
        """
        return {(row.id, row.config): row for row in _read_rows(self.results, Row)}

    def saved(self, info: RunInfo) -> dict[str, Row]:
        """The last row of each case of a run, without what other kinds of target said as it came.

        Raises:
            ResultsError: as of `rows`.
        """
        rows: dict[str, Row] = {}
        for row in _read_rows(self.results, Row):
            if not info.configs or info.configs.get(row.id) == row.config:
                for call in (row.ask, row.search):
                    if call:
                        call.raw = None
                rows[row.id] = row
        return rows

    def settled(self) -> dict[tuple[str, str], bool]:
        """Each (case id, config) -> whether its last row is an answer; bodies are passed over, not held.

        Raises:
            ResultsError: as of `rows`.
        """
        return {(row.id, row.config): row.error is None for row in _read_rows(self.results, _Settled)}

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


_Line = TypeVar("_Line")


def _read_rows(path: Path, shape: type[_Line]) -> Iterator[_Line]:
    """The whole lines of the file, one in memory at a time."""
    if not path.exists():
        return
    decoder = msgspec.json.Decoder(shape)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            try:
                yield decoder.decode(line)
            except msgspec.MsgspecError as error:
                raise ResultsError(f"{path}:{number}: not a saved answer: {error}") from error
