"""`guide-index activate` and `rollback`."""

from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, dump


@click.command()
@click.argument("name")
@DATA
@JSON
@fail_clearly
def activate(name: str, data: Path, as_json: bool) -> None:
    """Make the snapshot NAME live, once every file of it matches its checksum.

    A damaged or unknown snapshot is refused and nothing changes. `rollback` undoes the switch.

    \b
    Example:
      guide-index activate 20261111T080000000000-1a2b3c4d --data data/shop
    """
    from index.switch import switch_on

    _tell(switch_on(data, name), as_json)


@click.command()
@DATA
@JSON
@fail_clearly
def rollback(data: Path, as_json: bool) -> None:
    """Undo the last switch: go back to the sound snapshot that was live before.

    Every rollback goes one step further back and none returns to what was rolled back, so running it twice undoes two
    builds. When nothing earlier is left it refuses, changes nothing and exits 1. A damaged snapshot is passed over.
    What was rolled back stays on the disk for at least ten minutes; `activate NAME` puts it back.

    The next build merges its feed into the records that are live then: a feed that still holds the mistake brings it
    back. Prices and stock changed through the live overlay stay as they are.

    \b
    Example:
      guide-index diff --data data/shop        # what did the last build change?
      guide-index rollback --data data/shop
    """
    from index.switch import roll_back

    _tell(roll_back(data), as_json)


def _tell(done: Any, as_json: bool) -> None:
    if as_json:
        click.echo(dump(done))
        return
    for reason in done.skipped:
        click.echo(f"passed over: {reason}", err=True)
    click.echo(f"live: {done.live} (was {done.before})" if done.changed else f"{done.live} is live already")
