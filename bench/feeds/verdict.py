"""What one `guide-catalog check` made of one feed, and whether it kept its promises."""

import json
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import msgspec
from click.testing import CliRunner

from catalog.cli import main
from catalog.issues import RULES

SECONDS = 5.0
"""Processor time that one feed may take: the clock on the wall also counts what else the machine does."""


class Verdict(msgspec.Struct, omit_defaults=True):
    """What became of one feed."""

    outcome: str
    """read, refused, crash or hang."""
    seconds: float = 0.0
    records: int = 0
    rejected: int = 0
    """Issues that cost a row."""
    doubtful: int = 0
    """Warnings and notes."""
    unplaced: list[str] = []
    """Issues without a file, a known code, a message or a line of the feed."""
    message: str = ""
    """The refusal, or the trace of a crash."""


class _Hang(BaseException):
    """The time is over; no `except Exception` may swallow it."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def judge(feed: Path, lines: int, mapping: Path | None = None, seconds: float = SECONDS) -> Verdict:
    """Check a feed of at most so many lines as the command line does; files are written beside it."""
    report = feed.with_name("report")
    arguments = ["check", str(feed), "--report", str(report), "--json"]
    began = time.process_time()
    try:
        with _limited(seconds):
            result = CliRunner().invoke(main, [*arguments, *(["--mapping", str(mapping)] if mapping else [])])
    except _Hang:
        return Verdict("hang", seconds=time.process_time() - began, message=traceback.format_exc()[-2000:])
    spent = time.process_time() - began
    if result.exit_code == 3 and feed.name in result.stderr and len(result.stderr.splitlines()) == 1:
        return Verdict("refused", spent, message=result.stderr.strip()[:300])
    if result.exit_code not in {0, 1} or not (result.exception is None or isinstance(result.exception, SystemExit)):
        trace = "".join(traceback.format_exception(*result.exc_info)) if result.exc_info else ""
        return Verdict("crash", spent, message=f"{result.stderr[:500]}{trace[-2000:]}")
    return _read(json.loads(result.stdout), report, feed.name, lines, spent)


def _read(summary: dict[str, dict[str, int]], report: Path, name: str, lines: int, spent: float) -> Verdict:
    verdict = Verdict("read", spent, records=sum(summary["records"].values()))
    with report.open(encoding="utf-8") as handle:
        for row in handle:
            issue = json.loads(row)
            verdict.rejected += issue["severity"] == "error"
            verdict.doubtful += issue["severity"] != "error"
            of_feed = issue["file"] == name or issue["file"].startswith(f"{name}/")
            if not (of_feed and 1 <= issue["line"] <= lines and issue["code"] in RULES and issue["message"]):
                verdict.unplaced.append(row[:300])
    return verdict


def line_count(content: bytes) -> int:
    """The most lines that the content can have, whatever a reader takes for the end of one."""
    return content.count(b"\n") + content.count(b"\r") + 1
