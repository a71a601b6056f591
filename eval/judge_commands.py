"""`guide-eval calibrate`: what it is asked and what it prints."""

from pathlib import Path

import click

from eval.cli_errors import errors

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("labels", type=_FILE, nargs=-1, required=True)
@click.option(
    "--scores", type=_FILE, multiple=True, required=True,
    help="What the judge said of the same answers: the file of `claims`, or a run's scores.jsonl.",
)  # fmt: skip
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File for the card.")
@click.option("--judge", help="NAME@VERSION of the judge, if the scores are not this harness's own.")
@click.option("--json", "as_json", is_flag=True, help="Print the card, without the single labels, as JSON on stdout.")
def calibrate(labels: tuple[Path, ...], scores: tuple[Path, ...], out: Path, judge: str | None, as_json: bool) -> None:
    """Measure the judge against human LABELS and write its card.

    \b
    guide-eval label runs/a --labeller ann
    guide-eval calibrate runs/a/labels-ann.jsonl runs/a/labels-bo.jsonl --scores runs/a/scores.jsonl --out card.json
    guide-eval report runs/a --judge-card card.json --min faithfulness_offline=0.95
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        import msgspec

        from eval.judges.calibrate import calibrate as measure
        from eval.judges.card import MIN_LABELS, save
        from eval.judges.version import NAME, version
        from eval.judges.words import lines

        name, _, number = (judge or NAME).partition("@")
        if judge and not number:
            raise click.BadParameter("write it as NAME@VERSION", param_hint="--judge")
        card = measure(labels, scores, name, number or version())
        save(card, out)
        if as_json:
            click.echo(msgspec.json.encode(card.face).decode())
            return
        click.echo("\n".join([*lines(card), f"card: {out}"]))
        if card.n < MIN_LABELS:
            click.echo(f"{card.n} labels are too few to gate on: it takes {MIN_LABELS}", err=True)
