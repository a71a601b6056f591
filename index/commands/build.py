"""`guide-index build`."""

from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, dump, progress_bar


@click.command()
@click.argument("feeds", nargs=-1, required=True)
@DATA
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False), help="TOML file: how columns map to fields.")
@click.option("--source", help="Stable name of the feed (default: the file name).")
@click.option("--mode", type=click.Choice(["replace", "upsert"]), default="replace", show_default=True)
@click.option("--encoder", default="e5-small", show_default=True, help="Model id, hub:ORG/NAME, a folder, or none.")
@click.option("--allow-shrink", is_flag=True, help="Let a feed take more than a fifth of its source away.")
@JSON
@fail_clearly
def build(feeds: tuple[str, ...], data: Path, as_json: bool, **options: Any) -> None:
    """Build a snapshot from FEEDS (files, folders, or the word `sample`) and switch to it.

    \b
    Examples:
      guide-index build sample --data data/shop
      guide-index build products.csv --mapping shop.toml --source erp --data data/shop
    """
    from catalog import feeds as catalog_feeds
    from catalog.issues import Issue
    from index.build import BuildOptions
    from index.build import build as run

    encoder = encoder_name(options["encoder"])
    records, errors = [], 0
    for item in catalog_feeds.read(list(feeds), options["mapping"], options["source"]):
        if isinstance(item, Issue):
            errors += item.severity == "error"
            click.echo(str(item), err=True)
        else:
            records.append(item)
    settings = BuildOptions(mode=options["mode"], encoder=encoder, allow_shrink=options["allow_shrink"])
    with progress_bar() as progress:
        report = run(data, records, settings, progress, errors)
    if as_json:
        click.echo(dump(report))
        return
    what = "built" if report.changed else "nothing changed since"
    click.echo(
        f"{what} {report.snapshot}: {report.records} records, {report.passages} passages "
        f"({report.encoded} encoded, {report.reused} reused) in {report.seconds:.1f} s"
    )
    left_out = {
        "rows with errors": errors,
        "reviews or promotions of unknown products": report.orphans,
        "records whose id another source uses": report.collisions,
    }
    if any(left_out.values()):
        click.echo("left out: " + ", ".join(f"{count} {name}" for name, count in left_out.items() if count), err=True)
    if report.damage:
        click.echo(f"repaired: {report.damage}", err=True)


def encoder_name(name: str) -> str | None:
    """The encoder's name, None for `none`; a misspelt one must not be looked for on the network."""
    from index import models
    from index.errors import ModelError

    if name == "none":
        return None
    if name not in models.KNOWN and not name.startswith("hub:") and not Path(name).is_dir():
        known = ", ".join(models.KNOWN)
        raise ModelError(f"unknown encoder {name!r}: use {known}, hub:ORG/NAME, a model folder, or none")
    return name
