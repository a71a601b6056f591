"""A comparison and a verdict in words: for a terminal, and as Markdown for a pull request."""

from collections.abc import Iterable, Iterator

from eval.compare import Comparison, Moved
from eval.gate import GateVerdict, Judgement
from eval.ruled import RuleCheck
from eval.rules import RELATIVE

_SHOWN = 10
"""Cases named a line; JSON holds them all."""
_SIGNS = {"ok": "✅", "missed": "❌", "unscored": "❌", "inconclusive": "❔"}


def plain(judgement: Judgement) -> str:
    """For a terminal."""
    verdict, comparison = judgement.verdict, judgement.comparison
    return "\n".join([*(_compared(comparison) if comparison else ()), *(_judged(verdict) if verdict else ())])


def markdown(judgement: Judgement) -> str:
    """For a pull request: the verdict, its bounds, the cases behind a miss, and the comparison folded away."""
    verdict, comparison = judgement.verdict, judgement.comparison
    lines = list(_verdict_table(verdict)) if verdict else []
    if comparison:
        open_ = ["<details><summary>Every metric compared</summary>", ""] if verdict else []
        lines += [*open_, *_comparison_table(comparison), *(["", "</details>"] if verdict else [])]
    return "\n".join(lines) + "\n"


def _compared(comparison: Comparison) -> Iterator[str]:
    yield f"{comparison.n_cases} cases (sha256 {comparison.cases_hash[:12]})"
    for side, one in (("A", comparison.a), ("B", comparison.b)):
        yield f"  {side}: {one.folder}, snapshot {one.snapshot or 'not named'}, {one.n_errors} errors"
    head = "".join(f"{name:>10}" for name in ("A", "B", "B - A"))
    yield f"{'metric':24}{head}{'95 %':>20}{'p (Holm)':>10}{'tells':>8}{'paired':>8}{'moved':>7}"
    for name, change in comparison.metrics.items():
        figures = f"{number(change.a):>10}{number(change.b):>10}{number(change.difference, '+.4f'):>10}"
        sure = f"{_ends(change.interval):>20}{number(change.p, '.3f'):>10}{number(change.detectable, '.3f'):>8}"
        yield f"{name:24}{figures}{sure}{change.n_paired:>8}{len(change.moved):>7}"
        yield from (f"  {_moved(case)}" for case in change.moved[:_SHOWN])
        if len(change.moved) > _SHOWN:
            yield f"  and {len(change.moved) - _SHOWN} more"


def _judged(verdict: GateVerdict) -> Iterator[str]:
    yield f"{'pass' if verdict.passed else 'FAIL'}: {verdict.says}"
    for check in verdict.checks:
        where = f" of {check.slice}" if check.slice else ""
        cases = f": {some(check.cases)}" if check.cases else ""
        yield f"  {check.state:15}{check.metric}{where} {change_of(check)} ({bound_of(check)}){cases}"


def _verdict_table(verdict: GateVerdict) -> Iterator[str]:
    yield f"### {'✅ Gate passed' if verdict.passed else '❌ Gate failed'}: {_cell(verdict.says)}"
    yield from ("", "| | rule | value | 95 % | p | tells | cases |", "|---|---|---|---|---|---|---|")
    for check in verdict.checks:
        sign = _SIGNS.get(check.state, "➖")
        signed = "+" if check.kind in RELATIVE else ""
        figures = f"{_ends(check.interval, signed)} | {number(check.p, '.3f')} | {number(check.detectable, '.3f')}"
        yield f"| {sign} {check.state} | {_cell(check.rule)} | {change_of(check)} | {figures} | {check.n} |"
    behind = [check for check in verdict.checks if check.cases]
    if behind:
        yield from ("", "Cases behind a miss:", "")
        yield from (f"- {_cell(check.rule)}: {_cell(some(check.cases))}" for check in behind)
    yield from (
        "",
        "*tells*: the smallest true loss (or distance beyond a bound) that such a sample finds 8 times in 10. "
        f"Exit code {verdict.exit_code}.",
        "",
    )


def _comparison_table(comparison: Comparison) -> Iterator[str]:
    sides = (
        f"{name}: {_cell(one.folder)} ({one.n_errors} errors)"
        for name, one in (("A", comparison.a), ("B", comparison.b))
    )
    yield f"{comparison.n_cases} cases; {', '.join(sides)}"
    yield from ("", "| metric | A | B | B - A | 95 % | p (Holm) | tells | moved |", "|---|---|---|---|---|---|---|---|")
    for name, change in comparison.metrics.items():
        figures = f"{number(change.a)} | {number(change.b)} | {number(change.difference, '+.4f')}"
        sure = f"{_ends(change.interval)} | {number(change.p, '.3f')} | {number(change.detectable, '.3f')}"
        yield f"| {name} | {figures} | {sure} | {len(change.moved)} |"


def change_of(check: RuleCheck) -> str:
    """`0.9800 -> 0.9600`, or the value alone without a baseline."""
    was = f"{number(check.baseline)} -> " if check.baseline is not None else ""
    return f"{was}{number(check.value)}"


def bound_of(check: RuleCheck) -> str:
    """`tolerance 0.05, tells 0.034`: what is demanded, and how sure these cases can be of it."""
    p = f", p {check.p:.3f}" if check.p is not None else ""
    tells = f", tells {check.detectable:.3f}" if check.detectable is not None else ""
    return f"{check.kind} {check.bound:g}{p}{tells}"


def some(ids: Iterable[str]) -> str:
    """The first ids, and how many more there are."""
    named = list(ids)
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return ", ".join(named[:_SHOWN]) + more


def number(value: float | None, form: str = ".4f") -> str:
    """A figure, `-` where there is none."""
    return "-" if value is None else format(value, form)


def _moved(case: Moved) -> str:
    why = f" ({', '.join(case.wrong)})" if case.wrong else ""
    return f"{case.id}: {number(case.before)} -> {number(case.after)}{why}"


def _ends(ends: tuple[float, float] | None, sign: str = "+") -> str:
    return "-" if ends is None else f"{ends[0]:{sign}.4f} {ends[1]:{sign}.4f}"


def _cell(text: str) -> str:
    """Text of a case file in a Markdown table: it opens no cell, no tag and no line of its own."""
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " "), ("`", "\\`")):
        text = text.replace(sign, written)
    return text
