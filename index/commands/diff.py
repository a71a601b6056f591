"""`guide-index diff`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, dump

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command()
@click.argument("before", default="previous")
@click.argument("after", default="live")
@DATA
@click.option("--rows", default=20, show_default=True, type=click.IntRange(0), help="Records to show field by field.")
@click.option(
    "--cases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Evaluation cases: ask both snapshots and say which cases moved.",
)
@JSON
@fail_clearly
def diff(before: str, after: str, data: Path, rows: int, cases: Path | None, as_json: bool) -> None:
    """Say which records and fields differ between two snapshots.

    BEFORE and AFTER are each a snapshot's name, `live`, or `previous`, the one that a rollback goes to. A summary by
    type and field comes first, then the first records with the old and the new value of every field that differs.

    \b
    Examples:
      guide-index diff --data data/shop
      guide-index diff 20261111T080000000000-1a2b3c4d live --rows 100 --json --data data/shop
      guide-index diff --cases cases.jsonl --data data/shop
    """
    from index.diff import compare

    found = compare(data, before, after, rows)
    asked = _ask(data, found, cases) if cases else None
    if as_json:
        click.echo(_json(found, asked))
        return
    differ = {0: "no records differ", 1: "1 record differs"}.get(found.total, f"{found.total} records differ")
    click.echo(f"{found.before} -> {found.after}: {differ}")
    for line in _summary(found):
        click.echo(line)
    for change in found.rows:
        click.echo("\n".join(_told(change)))
    if left := found.total - found.stamps - len(found.rows):
        click.echo(f"{left} more: --rows {found.total - found.stamps} shows all", err=True)
    if found.stamps:
        click.echo(f"{found.stamps} differ only in where and when they came from (source, updated_at)")
    for line in _moves(asked) if asked else ():
        click.echo(line)


def _ask(data: Path, found: Any, cases: Path) -> Any:
    from index.gate import moved

    return moved(data, found.before, found.after, cases)


def _json(found: Any, asked: Any) -> str:
    import msgspec

    return dump(msgspec.to_builtins(found) | ({"cases": msgspec.to_builtins(asked)} if asked else {}))


def _moves(asked: Any) -> Iterator[str]:
    yield f"{asked.n_cases} cases asked of both:"
    for name, change in asked.metrics.items():
        yield f"  {name} {_figure(change.a)} -> {_figure(change.b)}, {len(change.moved)} cases moved"
        for case in change.moved:
            why = f" ({', '.join(case.wrong)})" if case.wrong else ""
            yield f"      {case.id}: {_figure(case.before)} -> {_figure(case.after)}{why}"


def _figure(value: float | None) -> str:
    return "nothing scored" if value is None else f"{value:.4f}"


def _summary(found: Any) -> Iterator[str]:
    for kind, counts in found.records.items():
        told = (f"{counts[what]} {what}" for what in _SIGNS if what in counts)
        yield f"{kind}: {', '.join(told)}"
        for path, count in found.fields.get(kind, {}).items():
            yield f"{count:8} {path}"


def _told(change: Any) -> Iterator[str]:
    yield f"{_SIGNS[change.what]} {change.type} {change.id} {change.title}".rstrip()
    whole = {field.variant: "-" if field.new is None else "+" for field in change.fields if field.path == "variants.id"}
    yield from (f"    {sign} variant {variant}" for variant, sign in whole.items())
    for field in change.fields:
        if field.variant not in whole and field.path != "updated_at":
            variant = f" of {field.variant}" if field.variant else ""
            yield f"    {field.path}{variant}: {_value(field.old)} -> {_value(field.new)}"


def _value(value: Any) -> str:
    """JSON of a value, shortened; nothing where there was none."""
    text = "(none)" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:97]}..."
