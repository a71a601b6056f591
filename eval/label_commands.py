"""`guide-eval label`: a page to label statements on, and how far two people agree."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval.cli_errors import errors

if TYPE_CHECKING:
    from eval.label.statements import Statement

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("source", metavar="[RUN_OR_FILE]", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--labeller", metavar="NAME", help="Who labels.")
@click.option("--n", "count", default=100, show_default=True, type=click.IntRange(1), help="Statements to label.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port on 127.0.0.1.  [default: a free one]")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File for the labels.  [default: beside the source]"
)
@click.option("--agreement", nargs=2, type=_FILE, help="Compare two label files, and serve nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print {url, out, statements}, or the agreement, as JSON.")
def label(source: Path | None, agreement: tuple[Path, Path] | None, as_json: bool, **rest: Any) -> None:
    """Label statements of a saved run, or of a file of {id, evidence, response}, on a local page.

    Everybody gets the same N statements in the same order, without the judge's verdicts and without others' labels.
    Each label is saved as it is given; the same command again goes on. Ctrl-C ends it.

    \b
    guide-eval label runs/a --labeller ann
    guide-eval label answers.jsonl --labeller bo --n 200 --port 8300
    guide-eval label --agreement runs/a/labels-ann.jsonl runs/a/labels-bo.jsonl
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        if agreement:
            _agree(agreement, as_json=as_json)
        elif source is None or not rest["labeller"]:
            raise click.UsageError("name a RUN or a FILE and --labeller, or two files after --agreement")
        else:
            _serve(source, **rest, as_json=as_json)


def _serve(source: Path, labeller: str, count: int, port: int, out: Path | None, *, as_json: bool) -> None:
    import msgspec

    from eval.label.server import LabelServer
    from eval.label.session import Session
    from eval.label.statements import draw

    name = f"labels-{labeller}.jsonl"
    beside = source / name if source.is_dir() else source.with_name(f"{source.stem}.{name}")
    file = out or beside
    statements = draw(_statements(source), count)
    with LabelServer(Session(statements, labeller, source.stem, file), port) as server:
        made = {"url": server.url, "out": str(file), "statements": len(statements)}
        words = f"{len(statements)} statements: {server.url}\nlabels: {file}"
        click.echo(msgspec.json.encode(made).decode() if as_json else words)
        server.serve_forever()


def _statements(source: Path) -> "list[Statement]":
    from eval.label.statements import of_file, of_run

    if source.is_file():
        return list(of_file(source))
    from eval.commands import answers

    return list(of_run(answers(source)))


def _agree(files: tuple[Path, Path], *, as_json: bool) -> None:
    import msgspec

    from eval.judges.words import agreement as words
    from eval.label.compare import compare

    found = compare(*files)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    click.echo(words(found.agreement))
    for one in found.disagreements:
        click.echo(f"{one.id} {one.claim}: {found.agreement.a} {one.a}, {found.agreement.b} {one.b}: {one.text}")
