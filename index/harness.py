"""The evaluation harness as another program: snapshots are served, asked and judged, and only files come back.

Each snapshot is served from a data directory of its own that holds nothing but a link to it. So neither a price that
changes meanwhile, nor a key, nor a switch reaches the answers: what is judged is the snapshot.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from index import processes
from index.base import RECORDS
from index.errors import GateError, GateRefusedError
from index.layout import Layout

_RUN_SECONDS = 3600
_JUDGE_SECONDS = 300
_JUDGED = frozenset({0, 1, 3, 4})
"""Exit codes of `gate` and `compare` that come with their JSON; with any other they could not judge at all."""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose value of a metric changed; None where it had none. `wrong` is what is wrong with its answer now."""

    id: str
    before: float | None = msgspec.field(name="from")
    after: float | None = msgspec.field(name="to")
    wrong: list[str]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A metric of two runs: its value in each, and the cases that moved."""

    a: float | None
    b: float | None
    moved: list[Moved]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two runs over the same cases; metric -> change."""

    n_cases: int
    metrics: dict[str, Change]


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One bound of a rule: what was found, and the cases behind a miss; `slice` is None for all cases."""

    slice: str | None = None
    metric: str
    kind: str
    bound: float
    baseline: float | None
    value: float | None
    state: str
    cases: list[str]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a run may take over, in a sentence and bound by bound."""

    says: str
    checks: list[Check]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What `gate` and `compare` print, as far as it is read here."""

    verdict: Verdict | None
    comparison: Comparison | None


class Harness:
    """The commands of `guide-eval`; all that they leave lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "eval.log"

    def validate(self, cases: Path, rules: list[str]) -> None:
        """See that the cases, and the rules of a gate, can be used.

        Raises:
            GateError: they cannot.
        """
        self._finish(["validate", str(cases), *rules])
        _clock(cases)

    def ask(self, layout: Layout, snapshot: str, cases: Path) -> Path:
        """Serve a snapshot, ask it the cases and score the answers by its records; the folder of the run.

        Raises:
            GateError: it cannot be served or asked.
        """
        place = Path(tempfile.mkdtemp(prefix=f"{snapshot}-", dir=self._folder))
        shop, run = place / "shop", place / "run"
        (shop / "snapshots").mkdir(parents=True)
        folder = layout.snapshot(snapshot).resolve()
        (shop / "snapshots" / snapshot).symlink_to(folder)
        with processes.serving(shop, snapshot, _clock(cases), place / "serve.log") as address:
            words = ["run", str(cases), "--target", address, "--out", str(run), "--catalog", str(folder / RECORDS)]
            self._finish(words, done=run / "scores.jsonl")
        return run

    def judge(self, *words: str) -> tuple[int, Judgement]:
        """The exit code and the JSON of a command over saved runs.

        Raises:
            GateError: it could not judge them.
        """
        output = self._folder / "judgement.json"
        command = [processes.program("guide-eval"), *words, "--json"]
        code = processes.finish(command, self._log, _JUDGE_SECONDS, output=output)
        if code not in _JUDGED:
            raise GateError(f"`guide-eval {words[0]}`: {processes.last_line(self._log)}")
        return code, msgspec.json.decode(output.read_bytes(), type=Judgement)

    def _finish(self, words: list[str], done: Path | None = None) -> None:
        """A run in which cases failed ends with an error and is done all the same: its scores are there."""
        code = processes.finish([processes.program("guide-eval"), *words], self._log, _RUN_SECONDS)
        if code != 0 and not (done and done.is_file()):
            raise GateError(f"`guide-eval {words[0]}`: {processes.last_line(self._log)}")


@contextmanager
def harness() -> Iterator[Harness]:
    """A harness with a temporary folder, which is kept, and named, when a gate refuses or cannot be held.

    Raises:
        GateError: the programs are not installed.
    """
    for name in ("guide", "guide-eval"):
        processes.program(name)
    folder = Path(tempfile.mkdtemp(prefix="shopguide-gate-"))
    try:
        with processes.ended_too():
            yield Harness(folder)
    except GateRefusedError as refused:
        raise GateRefusedError(f"{refused}\n  answers and logs: {folder}") from refused
    except GateError as error:
        raise GateError(f"{error} (logs: {folder})") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _clock(cases: Path) -> str | None:
    """The time at which the cases are to be asked, None for now."""
    rows = (json.loads(line) for line in cases.read_bytes().splitlines() if line.strip())
    clocks = {row.get("clock") for row in rows}
    if len(clocks) > 1:
        raise GateError(f"{cases}: the cases name different clocks, and a server has one: split the file by clock")
    return next(iter(clocks), None)
