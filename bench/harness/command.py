"""`guide-eval` as a process: watched by the rows it saves, measured by the kernel, killed when it is told to be."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

_LOOK = 0.05
"""Seconds between two looks at the saved rows."""
_CALL = "import sys; sys.argv[0] = 'guide-eval'; from eval.cli import main; main()"


class Command(NamedTuple):
    """The words after `guide-eval`, and the folder of the run; `run` is told of it with --out."""

    words: list[str]
    out: Path


class Ended(NamedTuple):
    """A finished process. `asking` are the seconds from its start to its last row, start-up included."""

    seconds: float
    asking: float
    rows: int
    peak_mib: float


def guide_eval(*words: str) -> None:
    """Run `guide-eval` and raise if it fails."""
    subprocess.run([sys.executable, "-c", _CALL, *words], check=True, stdout=subprocess.DEVNULL)


def rows(out: Path) -> list[dict[str, Any]]:
    """The whole rows that are saved."""
    file = out / "results.jsonl"
    lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    return [json.loads(line) for line in lines]


def finished(command: Command) -> Ended:
    """Run it to its end.

    Raises:
        RuntimeError: it ends with another code than 0 (or 1, a missed threshold).
    """
    began = time.monotonic()
    saved = _Rows(command.out)
    before = seen = saved.look()
    last = began
    process = _start(command)
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        now = time.monotonic()
        if saved.look() > seen:
            last, seen = now, saved.count
        if ended:
            break
        time.sleep(_LOOK)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"guide-eval {' '.join(command.words)} ended with {process.returncode}")
    return Ended(now - began, last - began if seen > before else 0.0, seen - before, round(used.ru_maxrss / 1024, 1))


def killed_at(command: Command, count: int) -> int:
    """Run it, SIGKILL it when so many rows are saved; the rows that are whole then.

    Raises:
        RuntimeError: it ended by itself before.
    """
    saved = _Rows(command.out)
    process = _start(command)
    while saved.look() < count:
        if process.poll() is not None:
            raise RuntimeError(f"guide-eval ended with {process.returncode} before it was killed")
        time.sleep(_LOOK)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(rows(command.out))


def _start(command: Command) -> subprocess.Popen[bytes]:
    more = ["--out", str(command.out)] if command.words[0] == "run" else []
    return subprocess.Popen([sys.executable, "-c", _CALL, *command.words, *more], stdout=subprocess.DEVNULL)


class _Rows:
    """How many rows are saved; each look reads only what is new."""

    def __init__(self, out: Path) -> None:
        self._file = out / "results.jsonl"
        self._read = 0
        self.count = 0

    def look(self) -> int:
        """The number of whole rows now."""
        if self._file.exists():
            with self._file.open("rb") as file:
                file.seek(self._read)
                new = file.read()
            self._read += len(new)
            self.count += new.count(b"\n")
        return self.count
