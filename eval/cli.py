"""The command line `guide-eval`. Only click is imported here; what a command needs is imported when it runs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval import case_commands, gate_commands, judge_commands, judge_options, label_commands, run_options
from eval.cli_errors import errors

if TYPE_CHECKING:
    from eval.report import Report

_RUN = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_shared = (
    click.option("--catalog", multiple=True, metavar="FEED", help="The shop's records: a file, a folder, or `sample`."),
    click.option("--mapping", type=_FILE, help="How the columns of --catalog map to fields (TOML)."),
    click.option("--min", "minimum", multiple=True, metavar="METRIC=VALUE", help="Fail below this value."),
    click.option("--max", "maximum", multiple=True, metavar="METRIC=VALUE", help="Fail above this value."),
    click.option("--judge-card", type=_FILE, help="How well the judge agrees with people; lets faithfulness gate."),
    click.option("--ragas", is_flag=True, help="Compute the ragas metrics that need no model too."),
    click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON on stdout."),
)


def _scoring(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `run` and `report` share."""
    for option in reversed(_shared):
        command = option(command)
    return judge_options.options(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure a shopping guide over HTTP.

    \b
    guide-eval import faq.csv --format csv --out cases.jsonl
    guide-eval generate --catalog sample --out cases.jsonl --n 1000
    guide-eval validate cases.jsonl
    guide-eval run cases.jsonl --target http://127.0.0.1:8000 --out runs/today --catalog sample --min accuracy=0.8
    guide-eval report runs/today --json
    guide-eval gate runs/today --baseline runs/yesterday

    Exit codes: 0 pass, 1 a threshold or rule is missed, 2 usage, 3 no target or source, or too many errors,
    4 too many unscored, 5 too few cases to tell (gate --strict), 130 stopped with Ctrl-C.
    """  # noqa: D301 - click reads the backspace as "do not wrap"


@main.command()
@click.argument("cases", type=_FILE)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the run.")
@click.option("--limit", type=click.IntRange(1), help="Ask only N cases, drawn by the hash of their ids.")
@run_options.options
@_scoring
def run(cases: Path, out: Path, limit: int | None, as_json: bool, **rest: Any) -> None:
    """Ask a guide every case of CASES, save its answers in --out, and score them.

    Run it again with the same --out to go on where it stopped: only errors and new cases are asked.

    \b
    guide-eval run cases.jsonl --target http://127.0.0.1:8000 --out runs/a --catalog sample
    guide-eval run cases.jsonl --target http://127.0.0.1:8000 --out runs/b --min accuracy=0.8 --max wrong_price=0
    guide-eval run cases.jsonl --target http://127.0.0.1:8000 --out runs/c --rate 5 --stream
    guide-eval run cases.jsonl --target http://127.0.0.1:9000 --target-file peer.toml --out runs/peer
    guide-eval run cases.jsonl --target openai:http://127.0.0.1:8099/v1 --model NAME --out runs/model
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval import commands
        from eval.ask_cases import Asking

        asking = Asking(cases, out, limit, *run_options.taken(rest))
        _finish(commands.run(asking, _options(rest)), out / "report.html", as_json=as_json)


@main.command()
@click.argument("folder", metavar="DIR", type=_RUN)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="The page.  [default: DIR/report.html]")
@click.option("--baseline", type=_RUN, help="A saved run of the same cases to show beside this one in the page.")
@_scoring
def report(folder: Path, as_json: bool, **shared: Any) -> None:
    """Score the saved answers of DIR again, without the API, and write its report.

    \b
    guide-eval report runs/a
    guide-eval report runs/a --catalog newer.jsonl --ragas --json
    guide-eval report runs/b --baseline runs/a --html changes.html
    guide-eval report runs/b --judge-url http://127.0.0.1:8099/v1 --judge-model NAME --judge-context 4096
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval import commands

        page = shared["html"] or folder / "report.html"
        _finish(commands.report(folder, _options(shared)), page, as_json=as_json)


@main.command()
@click.argument("source", metavar="IN", type=_FILE)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File for the scores.")
@click.option("--json", "as_json", is_flag=True, help="Print {rows, out} as JSON on stdout.")
def claims(source: Path, out: Path, as_json: bool) -> None:
    """Check the statements of plain texts: rows {id, evidence: [text], response} of IN.

    Writes {id, score 0-1 (higher = better supported), verdict, claims} a row.

    \b
    guide-eval claims answers.jsonl --out scores.jsonl
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval import commands

        rows = commands.claims(source, out)
        _print({"rows": rows, "out": str(out)}, f"{rows} rows checked: {out}", as_json=as_json)


def _options(shared: dict[str, Any]) -> Any:
    from eval.commands import Options

    mapping = shared.pop("mapping")
    judge = judge_options.taken(shared)
    return Options(mapping=str(mapping) if mapping else None, judge=judge, **shared)


def _finish(made: "Report", page: Path, *, as_json: bool) -> None:
    """Print the verdict and leave with its exit code: both come from the report."""
    import msgspec

    verdict = made.verdict
    words = f"{'pass' if verdict.passed else 'FAIL'}: {verdict.says} ({made.n_cases} cases, {made.n_errors} errors)"
    for check in verdict.checks:
        value = "nothing scored" if check.value is None else f"{check.value:.4f}"
        words += f"\n  {'ok    ' if check.ok else 'MISSED'} {check.metric} {check.kind} {check.bound:g}: {value}"
    _print(msgspec.to_builtins(made), f"{words}\nreport: {page}", as_json=as_json)
    raise SystemExit(verdict.exit_code)


def _print(value: Any, words: str, *, as_json: bool) -> None:
    import msgspec

    click.echo(msgspec.json.encode(value).decode() if as_json else words)


main.add_command(case_commands.validate)
main.add_command(case_commands.import_)
main.add_command(case_commands.generate)
main.add_command(gate_commands.compare)
main.add_command(gate_commands.gate)
main.add_command(judge_commands.calibrate)
main.add_command(label_commands.label)
