"""`guide-index status` and `verify`: what snapshots there are, and whether they are whole."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON


@click.command()
@DATA
@JSON
@fail_clearly
def status(data: Path, as_json: bool) -> None:
    """List the snapshots; the live one is marked."""
    from index.layout import Layout

    layout = Layout(data)
    live = layout.live()
    rows = [_status_row(layout, name) | {"live": name == live} for name in layout.names()]
    if as_json:
        click.echo(json.dumps({"live": live, "snapshots": rows}))
        return
    for row in rows:
        mark = "*" if row["live"] else " "
        told = row.get("error") or _told(row)
        click.echo(f"{mark} {row['name']}  {told}")
    if not rows:
        click.echo(f"no snapshot in {data}: run `guide-index build FEED --data {data}`", err=True)


def _told(row: dict[str, Any]) -> str:
    encoders = ", ".join(row["encoders"]) or "words only"
    return f"{row['records']} records, {row['passages']} passages, {encoders}"


def _status_row(layout: Any, name: str) -> dict[str, Any]:
    from index import manifest
    from index.errors import SnapshotError

    try:
        found = manifest.load(layout.snapshot(name))
    except SnapshotError as error:
        return {"name": name, "error": str(error)}
    encoders = [entry.id for entry in found.encoders]
    counts = {"records": found.records, "passages": found.passages}
    return {"name": name, "created_at": found.created_at, **counts, "encoders": encoders}


@click.command()
@DATA
@JSON
@fail_clearly
def verify(data: Path, as_json: bool) -> None:
    """Compare every file of every snapshot with its checksum; exit 1 if one differs."""
    from index import manifest
    from index.errors import SnapshotError, SnapshotMissingError
    from index.layout import Layout

    layout = Layout(data)
    if not layout.names():
        raise SnapshotMissingError(f"no snapshot in {data}: run `guide-index build FEED --data {data}`")
    results: dict[str, str] = {}
    for name in layout.names():
        try:
            manifest.verify(layout.snapshot(name))
            results[name] = "ok"
        except SnapshotError as error:
            results[name] = str(error)
    if as_json:
        click.echo(json.dumps(results))
    else:
        for name, result in results.items():
            click.echo(f"{name}: {result}")
    sys.exit(any(result != "ok" for result in results.values()))
