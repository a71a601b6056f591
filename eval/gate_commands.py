"""`guide-eval compare` and `gate`: two commands over saved runs, their words and their exit codes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval.cli_errors import errors

if TYPE_CHECKING:
    from eval.compare import Comparison, Moved
    from eval.gate import GateVerdict, Judgement, RuleCheck

_RUN = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print {verdict, comparison} as JSON on stdout.")
_SHOWN = 10
"""Cases named a line for people; JSON holds them all."""


@click.command()
@click.argument("a", type=_RUN)
@click.argument("b", type=_RUN)
@click.option(
    "--gate", "rules", type=_FILE, help="Hold B against the rules of this file (TOML) too, with A as baseline."
)
@_JSON
def compare(a: Path, b: Path, rules: Path | None, as_json: bool) -> None:
    """Lay the saved run B beside A: each metric, the difference, and the cases that moved.

    Both must have asked the same cases.

    \b
    guide-eval compare runs/before runs/after
    guide-eval compare runs/before runs/after --gate gates.toml --json
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval import compare as comparing
        from eval import gate as gating
        from eval.rules import load

        baseline, run = comparing.read_run(a), comparing.read_run(b)
        if rules:
            _finish(gating.judge(run, baseline, load(rules)), as_json=as_json)
        _finish(gating.Judgement(verdict=None, comparison=comparing.compare(baseline, run)), as_json=as_json)


@click.command()
@click.argument("run", type=_RUN)
@click.option("--baseline", type=_RUN, help="The run to be no worse than; without it `tolerance` is not checked.")
@click.option("--rules", type=_FILE, help="Rules (TOML).  [default: the gates_default.toml that comes with Shopguide]")
@_JSON
def gate(run: Path, baseline: Path | None, rules: Path | None, as_json: bool) -> None:
    """Pass or fail the saved RUN by rules; what cannot be measured fails.

    \b
    guide-eval gate runs/after --baseline runs/before
    guide-eval gate runs/first --rules gates.toml --json
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval.compare import read_run
        from eval.gate import judge
        from eval.rules import load

        _finish(judge(read_run(run), read_run(baseline) if baseline else None, load(rules)), as_json=as_json)


def _finish(judgement: "Judgement", *, as_json: bool) -> None:
    """Print, and leave with the verdict's exit code; without rules nothing can fail."""
    import msgspec

    verdict, comparison = judgement.verdict, judgement.comparison
    if as_json:
        click.echo(msgspec.json.encode(judgement).decode())
    else:
        lines = [*(_compared(comparison) if comparison else ()), *(_judged(verdict) if verdict else ())]
        click.echo("\n".join(lines))
    raise SystemExit(verdict.exit_code if verdict else 0)


def _compared(comparison: "Comparison") -> Iterator[str]:
    yield f"{comparison.n_cases} cases (sha256 {comparison.cases_hash[:12]})"
    for side, one in (("A", comparison.a), ("B", comparison.b)):
        yield f"  {side}: {one.folder}, snapshot {one.snapshot or 'not named'}, {one.n_errors} errors"
    yield f"{'metric':24}{'A':>10}{'B':>10}{'B - A':>10}{'paired':>8}{'moved':>7}"
    for name, change in comparison.metrics.items():
        figures = "".join(f"{_number(value):>10}" for value in (change.a, change.b))
        moved = f"{change.n_paired:>8}{len(change.moved):>7}"
        yield f"{name:24}{figures}{_number(change.difference, '+.4f'):>10}{moved}"
        yield from (f"  {_moved(case)}" for case in change.moved[:_SHOWN])
        if len(change.moved) > _SHOWN:
            yield f"  and {len(change.moved) - _SHOWN} more"


def _moved(case: "Moved") -> str:
    why = f" ({', '.join(case.wrong)})" if case.wrong else ""
    return f"{case.id}: {_number(case.before)} -> {_number(case.after)}{why}"


def _judged(verdict: "GateVerdict") -> Iterator[str]:
    yield f"{'pass' if verdict.passed else 'FAIL'}: {verdict.says}"
    for check in verdict.checks:
        yield f"  {check.state:15}{_check(check)}"


def _check(check: "RuleCheck") -> str:
    was = f"{_number(check.baseline)} -> " if check.baseline is not None else ""
    found = f"{check.metric} {was}{_number(check.value)} ({check.kind} {check.bound:g})"
    return f"{found}: {_some(check.cases)}" if check.cases else found


def _some(ids: Iterable[str]) -> str:
    named = list(ids)
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return ", ".join(named[:_SHOWN]) + more


def _number(value: float | None, form: str = ".4f") -> str:
    return "-" if value is None else format(value, form)
