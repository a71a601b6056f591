"""`guide-eval calibrate`: what it is asked and what it prints."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval.cli_errors import errors

if TYPE_CHECKING:
    from eval.judges.card import Agreement, Estimate, JudgeCard

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


def lines(card: "JudgeCard") -> Iterator[str]:
    """A card in words."""
    yield f"{card.judge} {card.version} against {card.n} labels, {card.date} (labels sha256 {card.labels_sha256[:12]})"
    for one in card.sets:
        unit = f"{one.n} labelled in {one.n_answers} answers by {', '.join(one.labellers)}"
        yield f"{one.name}: {unit}"
        yield f"  balanced accuracy {estimate(one.balanced_accuracy)}, AUC {estimate(one.auc)}"
        yield f"  coverage {estimate(one.coverage)}"
        for both in (*one.people, *one.judge):
            yield f"  {agreement(both)}"
        for said, row in one.confusion.items():
            yield f"  people {said}: " + ", ".join(f"judge {judged} {count:g}" for judged, count in row.items())


def agreement(both: "Agreement") -> str:
    """Two raters in words."""
    return f"{both.a} and {both.b}: kappa {estimate(both.kappa)}, equal {estimate(both.raw)} of {both.n}"


def estimate(one: "Estimate") -> str:
    """A figure with its interval."""
    return "-" if one.value is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
