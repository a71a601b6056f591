"""The gate before a switch: a new snapshot answers the shop's evaluation cases before shoppers ask it.

A process boundary: `guide serve` serves the candidate, then the live snapshot, `guide-eval run` asks each the same
cases, `guide-eval gate` decides, and its exit code is obeyed.
"""

from pathlib import Path
from typing import Protocol

from index.errors import GateError, GateRefusedError
from index.harness import Check, Comparison, Verdict, harness
from index.layout import Layout

_SHOWN = 10
"""Cases named in a refusal; the folder it names holds them all."""


class Gate(Protocol):
    """Decides whether a candidate may go live."""

    def __call__(self, layout: Layout, candidate: str, live: str | None) -> str:
        """What was found, in a sentence; `live` is None where there is no sound snapshot to compare with.

        Raises:
            GateRefusedError: the candidate may not go live.
            GateError: nothing could be found out; it may not go live either.
        """
        ...


class Canary:
    """The gate of `build --gate CASES`."""

    def __init__(self, cases: Path, rules: Path | None = None) -> None:
        """Check both files before anything is built for them.

        Raises:
            GateError: a file is wrong, or the programs are not installed.
        """
        self._cases = cases
        self._rules = ["--rules", str(rules)] if rules else []
        with harness() as programs:
            programs.validate(cases, self._rules)

    def __call__(self, layout: Layout, candidate: str, live: str | None) -> str:
        """Ask the candidate, and the live snapshot where there is one; obey the verdict."""
        with harness() as programs:
            run = programs.ask(layout, candidate, self._cases)
            baseline = ["--baseline", str(programs.ask(layout, live, self._cases))] if live else []
            code, judgement = programs.judge("gate", str(run), *baseline, *self._rules)
            if judgement.verdict is None:
                raise GateError("`guide-eval gate` gave no verdict")
            if code != 0:
                raise GateRefusedError(_refusal(candidate, judgement.verdict))
            return judgement.verdict.says


def moved(data: Path, a: str, b: str, cases: Path) -> Comparison:
    """Ask two snapshots the same cases and lay the answers side by side.

    Raises:
        GateError: a snapshot cannot be served, or the cases cannot be asked.
    """
    layout = Layout(data)
    with harness() as programs:
        programs.validate(cases, [])
        runs = [str(programs.ask(layout, name, cases)) for name in (a, b)]
        _, judgement = programs.judge("compare", *runs)
        if judgement.comparison is None:
            raise GateError("`guide-eval compare` gave no comparison")
        return judgement.comparison


def _refusal(candidate: str, verdict: Verdict) -> str:
    failed = [_told(check) for check in verdict.checks if check.state in {"missed", "unscored"}]
    return "\n  ".join([f"the gate refused {candidate}, which is kept and not live: {verdict.says}", *failed])


def _told(check: Check) -> str:
    was = "" if check.baseline is None else f"{check.baseline:.4f} -> "
    now = "nothing scored" if check.value is None else f"{check.value:.4f}"
    more = f" and {len(check.cases) - _SHOWN} more" if len(check.cases) > _SHOWN else ""
    cases = f": {', '.join(check.cases[:_SHOWN])}{more}" if check.cases else ""
    where = f" of {check.slice}" if check.slice else ""
    return f"{check.metric}{where} {was}{now} ({check.kind} {check.bound:g}){cases}"
