"""`guide-index status` and `verify`: what snapshots there are, and whether they are whole."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, dump


@click.command()
@DATA
@JSON
@fail_clearly
def status(data: Path, as_json: bool) -> None:
    """List the snapshots with age, size, records by source and damage.

    `*` marks the live one, `<` the one that a rollback goes to. Only names and sizes of files are looked at; `verify`
    compares their contents.
    """
    from datetime import UTC, datetime

    from index.status import status as look

    found = look(data, datetime.now(UTC))
    if as_json:
        click.echo(dump(found))
        return
    for row in found.snapshots:
        click.echo("\n".join(_told(row)))
    if found.damage:
        click.echo(f"damaged: {found.damage}", err=True)
    if not found.snapshots:
        click.echo(f"no snapshot in {data}: run `guide-index build FEED --data {data}`", err=True)


_MARKS = {"live": "*", "previous": "<"}


def _told(row: Any) -> list[str]:
    """One line a snapshot, one for its sources."""
    mark = _MARKS.get(row.role, " ")
    if not row.created_at:
        return [f"{mark} {row.name}  damaged: {row.damage}"]
    parts = [
        f"{row.records} records", f"{row.passages} passages", ", ".join(row.encoders) or "words only",
        f"{row.bytes / 1e6:.1f} MB", f"{_age(row.age_seconds)} old",
        *([f"live changes up to {row.overlay_seq}"] if row.overlay_seq else []),
        *([f"damaged: {row.damage}"] if row.damage else []),
    ]  # fmt: skip
    sources = ", ".join(f"{name or '(none)'} {count}" for name, count in sorted(row.sources.items()))
    return [f"{mark} {row.name}  {', '.join(parts)}", *([f"    sources: {sources}"] if sources else [])]


def _age(seconds: int) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{max(seconds, 0)} s"


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
