"""`guide-index`: build, look into and search snapshots."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly

_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SHOPGUIDE_DATA",
    required=True,
    help="Data directory ($SHOPGUIDE_DATA).",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shopguide")
def main() -> None:
    """From catalog to searchable snapshot, and searching it.

    \b
    Examples:
      guide-index models fetch
      guide-index build sample --data data/shop
      guide-index search "无线耳机 五百以内" --data data/shop --k 5
      guide-index why audio-007 --query "降噪耳机" --data data/shop
    """


@main.command()
@click.argument("feeds", nargs=-1, required=True)
@_DATA
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False), help="TOML file: how columns map to fields.")
@click.option("--source", help="Stable name of the feed (default: the file name).")
@click.option("--mode", type=click.Choice(["replace", "upsert"]), default="replace", show_default=True)
@click.option("--encoder", default="e5-small", show_default=True, help="Model id, hub:ORG/NAME, a folder, or none.")
@click.option("--allow-shrink", is_flag=True, help="Let a feed take more than a fifth of its source away.")
@_JSON
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

    encoder = _model_name(options["encoder"])
    records, errors = [], 0
    for item in catalog_feeds.read(list(feeds), options["mapping"], options["source"]):
        if isinstance(item, Issue):
            errors += item.severity == "error"
            click.echo(str(item), err=True)
        else:
            records.append(item)
    settings = BuildOptions(mode=options["mode"], encoder=encoder, allow_shrink=options["allow_shrink"])
    with _progress() as progress:
        report = run(data, records, settings, progress, errors)
    if as_json:
        click.echo(_dump(report))
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


def _model_name(name: str) -> str | None:
    """The encoder's name, None for `none`; a misspelt one must not be looked for on the network."""
    from index import models
    from index.errors import ModelError

    if name == "none":
        return None
    if name not in models.KNOWN and not name.startswith("hub:") and not Path(name).is_dir():
        known = ", ".join(models.KNOWN)
        raise ModelError(f"unknown encoder {name!r}: use {known}, hub:ORG/NAME, a model folder, or none")
    return name


@main.command()
@_DATA
@_JSON
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


@main.command()
@_DATA
@_JSON
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


@main.command()
@click.argument("text")
@_DATA
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 100), help="How many hits.")
@click.option(
    "--type",
    "types",
    multiple=True,
    default=("product",),
    type=click.Choice(["product", "faq", "policy", "review", "qa"]),
)
@click.option("--filter", "filter_json", default="{}", help='Wire filter, e.g. \'{"brand":["苹果"]}\'.')
@_JSON
@fail_clearly
def search(text: str, data: Path, k: int, types: tuple[Any, ...], filter_json: str, as_json: bool) -> None:
    """Search the live snapshot; every hit with its score per retriever.

    \b
    Examples:
      guide-index search "quiet vacuum" --data data/shop
      guide-index search "退货 运费" --type faq --type policy --data data/shop
    """
    from index.results import Query

    view = _view(data)
    results = view.search(Query(text=text, types=types, k=k, filter=_filter(filter_json)))
    if as_json:
        click.echo(_dump(results))
        return
    for rank, hit in enumerate(results.hits, 1):
        parts = "  ".join(f"{name} {score:.3f}" for name, score in hit.scores.items())
        click.echo(f"{rank:3}. {hit.score:.3f}  {hit.id}  [{parts}]\n     {hit.passage.text[:110]}")
    if not results.hits:
        click.echo("nothing found", err=True)
    if results.degraded:
        click.echo(f"degraded: {', '.join(results.degraded)}", err=True)


@main.command()
@click.argument("record_id")
@_DATA
@click.option("--query", help="Also say where the record stands for this query.")
@click.option("--filter", "filter_json", default="{}", help="Wire filter; says which constraint drops the record.")
@_JSON
@fail_clearly
def why(record_id: str, data: Path, query: str | None, filter_json: str, as_json: bool) -> None:
    """Say what is indexed of RECORD_ID, and why a query finds it or not."""
    from index.why import explain

    explained = explain(_view(data), record_id, query, _filter(filter_json))
    if as_json:
        click.echo(_dump(explained))
        return
    for name, value in explained.items():
        if isinstance(value, list):
            click.echo(f"{name}:")
            for item in value:
                click.echo(f"  {item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)}")
        else:
            click.echo(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")


@main.group(name="models")
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
@_JSON
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


def _view(data: Path) -> Any:
    from datetime import UTC, datetime

    from index import api

    store = api.open(data)
    store.warm(os.cpu_count() or 1)
    if store.refused:
        click.echo(f"serving an older snapshot: {store.refused}", err=True)
    return store.view(datetime.now(UTC))


def _filter(text: str) -> Any:
    import msgspec

    from index.errors import FilterError
    from index.filters import Filter

    try:
        return msgspec.json.decode(text, type=Filter)
    except msgspec.DecodeError as error:
        raise FilterError(f"--filter: {error} (known fields: {', '.join(Filter.__struct_fields__)})") from error


def _dump(value: Any) -> str:
    import msgspec

    return msgspec.json.encode(value).decode()


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr, or silence when nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield advance
