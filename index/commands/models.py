"""`guide-index models`."""

import json

import click

from catalog.cli import fail_clearly
from index.commands.common import JSON


@click.group(name="models")
def models_group() -> None:
    """Encoder weights on this machine."""


@models_group.command(name="fetch")
@click.argument("names", nargs=-1)
@fail_clearly
def fetch(names: tuple[str, ...]) -> None:
    """Download, check and prepare encoder weights (default: e5-small); quick when they are there."""
    from index import models

    for name in names or (models.DEFAULT,):
        folder = models.fetch(name, lambda line, name=name: click.echo(f"{name}: {line}", err=True))
        click.echo(f"{name}: ready in {folder}")


@models_group.command(name="list")
@JSON
@fail_clearly
def list_models(as_json: bool) -> None:
    """List known models and whether their weights are here."""
    from index import models

    rows = {name: models.fetched(name) for name in models.KNOWN}
    if as_json:
        click.echo(json.dumps(rows))
    else:
        for name, here in rows.items():
            click.echo(f"{name}: {'ready' if here else 'not fetched'}{' (default)' if name == models.DEFAULT else ''}")
