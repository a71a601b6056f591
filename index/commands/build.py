"""`guide-index build`."""

from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, SHOWN, building, dump, encoder_name, gate, progress_bar, read_feeds


@click.command()
@click.argument("feeds", nargs=-1, required=True)
@DATA
@building
@JSON
@fail_clearly
def build(feeds: tuple[str, ...], data: Path, as_json: bool, **options: Any) -> None:
    """Build a snapshot from FEEDS (files, folders, http(s) addresses, -, `sample`) and switch to it.

    \b
    Examples:
      guide-index build sample --data data/shop
      guide-index build products.csv --mapping shop.toml --source erp --data data/shop
      guide-index build products.jsonl --gate cases.jsonl --data data/shop
    """
    from index.build import BuildOptions
    from index.build import build as run

    canary = gate(options["cases"], options["rules"])
    encoder = encoder_name(options["encoder"])
    reading = {name: options[name] for name in ("mapping", "source", "form", "mode", "allow_private")}
    records, errors = read_feeds(list(feeds), **reading)
    settings = BuildOptions(mode=options["mode"], encoder=encoder, allow_shrink=options["allow_shrink"])
    with progress_bar() as progress:
        report = run(data, records, settings, progress, errors, canary)
    if as_json:
        click.echo(dump(report))
        return
    what = "built" if report.changed else "nothing changed since"
    click.echo(
        f"{what} {report.snapshot}: {report.records} records, {report.passages} passages "
        f"({report.encoded} encoded, {report.reused} reused) in {report.seconds:.1f} s"
    )
    if report.gate:
        click.echo(f"gate: {report.gate}")
    left_out = {
        "rows with errors": errors,
        "reviews or promotions of unknown products": report.orphans,
        "records whose id another source uses": report.collisions,
        "records older than what is indexed of them (by `updated_at`, else by when they came)": report.overtaken,
    }
    if any(left_out.values()):
        click.echo("left out: " + ", ".join(f"{count} {name}" for name, count in left_out.items() if count), err=True)
    for source, count in report.taken.items():
        told = f"{count} records came from source {source!r} before: if this is the same feed, say --source {source}"
        click.echo(f"{told}, so that what is no longer in it goes too", err=True)
    for issue in report.idle_sales[:SHOWN]:
        click.echo(str(issue), err=True)
    if len(report.idle_sales) > SHOWN:
        click.echo(f"{len(report.idle_sales) - SHOWN} more idle_sale", err=True)
    if report.damage:
        click.echo(f"repaired: {report.damage}", err=True)
