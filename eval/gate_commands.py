"""`guide-eval compare` and `gate`: two commands over saved runs, what they write and their exit codes."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from eval.cli_errors import errors

if TYPE_CHECKING:
    from eval.gate import Judgement

_RUN = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_shared = (
    click.option("--judge-card", "card", type=_FILE, help="Lets rules name the metrics of the judge it vouches for."),
    click.option("--relative-only", "only", flag_value="relative", help="Only `tolerance` and `significant` count."),
    click.option("--absolute-only", "only", flag_value="absolute", help="Only `min` and `max` count."),
    click.option("--strict", is_flag=True, help="A tolerance smaller than these cases can tell is no pass: exit 5."),
    click.option("--junit", type=_OUT, help="Write the verdict as JUnit XML too."),
    click.option("--markdown", type=_OUT, help="Write it as Markdown for a pull request too."),
    click.option("--json", "as_json", is_flag=True, help="Print {verdict, comparison} as JSON on stdout."),
)


def _judging(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `compare` and `gate` share; the command gets them as one."""

    @wraps(command)
    def gathered(**given: Any) -> None:
        how = How(**{name: given.pop(name) for name in How._fields})
        command(**given, how=how)

    for option in reversed(_shared):
        gathered = option(gathered)
    return gathered


class How(NamedTuple):
    """How rules are applied and where the verdict is written too."""

    card: Path | None
    only: str | None
    strict: bool
    junit: Path | None
    markdown: Path | None
    as_json: bool

    @property
    def needs_rules(self) -> bool:
        """Whether something was asked for that only a verdict has."""
        return bool(self.card or self.only or self.strict or self.junit)


@click.command()
@click.argument("a", type=_RUN)
@click.argument("b", type=_RUN)
@click.option(
    "--gate", "rules", type=_FILE, help="Hold B against the rules of this file (TOML) too, with A as baseline."
)
@_judging
def compare(a: Path, b: Path, rules: Path | None, how: How) -> None:
    """Lay the saved run B beside A: each metric, how sure the difference is, and the cases that moved.

    Both must have asked the same cases.

    \b
    guide-eval compare runs/before runs/after
    guide-eval compare runs/before runs/after --gate gates.toml --json
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        if rules:
            _finish(_judge(b, a, rules, how), how)
        if how.needs_rules:
            raise click.UsageError("--judge-card, --relative-only, --absolute-only, --strict and --junit need --gate")
        from eval import compare as comparing
        from eval.gate import Judgement
        from eval.runs import read_run

        _finish(Judgement(verdict=None, comparison=comparing.compare(read_run(a), read_run(b))), how)


@click.command()
@click.argument("run", type=_RUN)
@click.option("--baseline", type=_RUN, help="The run to be no worse than; without it no relative rule is checked.")
@click.option("--rules", type=_FILE, help="Rules (TOML).  [default: the gates_default.toml that comes with Shopguide]")
@_judging
def gate(run: Path, baseline: Path | None, rules: Path | None, how: How) -> None:
    """Pass or fail the saved RUN by rules; what cannot be measured fails.

    \b
    guide-eval gate runs/after --baseline runs/before
    guide-eval gate runs/after --baseline runs/before --junit gate.xml --markdown gate.md --strict
    guide-eval gate runs/first --rules gates.toml --absolute-only --json

    Exit codes: 0 pass, 1 a rule is missed, 2 usage, 3 too many cases without an answer, 4 too little was scored,
    5 too few cases to tell (--strict).
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        if how.only == "relative" and not baseline:
            raise click.UsageError("--relative-only needs --baseline")
        _finish(_judge(run, baseline, rules, how), how)


def _judge(run: Path, baseline: Path | None, rules: Path | None, how: How) -> "Judgement":
    from eval.gate import Applied, judge
    from eval.judges import card
    from eval.rules import ABSOLUTE, RELATIVE, load
    from eval.runs import read_run

    kinds = {"relative": RELATIVE, "absolute": ABSOLUTE}.get(how.only or "", ABSOLUTE | RELATIVE)
    vouched = how.card is not None
    ruled, before = load(rules, judge_card=vouched), read_run(baseline) if baseline else None
    now = read_run(run)
    if how.card:
        known = card.load(how.card)
        for one in (now, before) if before else (now,):
            card.vouch(known, (case.judge for case in one.scores.values()), one.folder)
    return judge(now, before, ruled, Applied(kinds, how.strict, vouched))


def _finish(judgement: "Judgement", how: How) -> None:
    """Write and print, and leave with the verdict's exit code; without rules nothing can fail."""
    import msgspec

    from eval.gate_words import markdown, plain
    from eval.junit import junit

    if how.junit and judgement.verdict:
        how.junit.write_bytes(junit(judgement.verdict))
    if how.markdown:
        how.markdown.write_text(markdown(judgement), "utf-8")
    click.echo(msgspec.json.encode(judgement).decode() if how.as_json else plain(judgement))
    raise SystemExit(judgement.verdict.exit_code if judgement.verdict else 0)
