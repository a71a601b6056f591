"""`guide-index search` and `why`."""

import json
from pathlib import Path
from typing import Any

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, dump, open_view, parse_filter


@click.command()
@click.argument("text")
@DATA
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 100), help="How many hits.")
@click.option(
    "--type",
    "types",
    multiple=True,
    default=("product",),
    type=click.Choice(["product", "faq", "policy", "review", "qa"]),
)
@click.option("--filter", "filter_json", default="{}", help='Wire filter, e.g. \'{"brand":["苹果"]}\'.')
@JSON
@fail_clearly
def search(text: str, data: Path, k: int, types: tuple[Any, ...], filter_json: str, as_json: bool) -> None:
    """Search the live snapshot; every hit with its score per retriever.

    \b
    Examples:
      guide-index search "quiet vacuum" --data data/shop
      guide-index search "退货 运费" --type faq --type policy --data data/shop
    """
    from index.results import Query

    view = open_view(data)
    results = view.search(Query(text=text, types=types, k=k, filter=parse_filter(filter_json)))
    if as_json:
        click.echo(dump(results))
        return
    for rank, hit in enumerate(results.hits, 1):
        parts = "  ".join(f"{name} {score:.3f}" for name, score in hit.scores.items())
        click.echo(f"{rank:3}. {hit.score:.3f}  {hit.id}  [{parts}]\n     {hit.passage.text[:110]}")
    if not results.hits:
        click.echo("nothing found", err=True)
    if results.degraded:
        click.echo(f"degraded: {', '.join(results.degraded)}", err=True)


@click.command()
@click.argument("record_id")
@DATA
@click.option("--query", help="Also say where the record stands for this query.")
@click.option("--filter", "filter_json", default="{}", help="Wire filter; says which constraint drops the record.")
@JSON
@fail_clearly
def why(record_id: str, data: Path, query: str | None, filter_json: str, as_json: bool) -> None:
    """Say what is indexed of RECORD_ID, and why a query finds it or not.

    Names the feed it came from and when, which fields are indexed and which are not, its passages, the values that
    filters see, live changes with their time and key, its rank with each retriever, and the filter that drops it.

    \b
    Example:
      guide-index why audio-007 --query "降噪耳机" --filter '{"in_stock": true}' --data data/shop
    """
    from index.layout import Layout
    from index.overlay import Overlay
    from index.why import explain

    view, filter_ = open_view(data), parse_filter(filter_json)
    explained = explain(view, record_id, query, filter_, Overlay(Layout(data).overlay).rows_of(record_id))
    if as_json:
        click.echo(dump(explained))
        return
    for name, value in explained.items():
        click.echo("\n".join(_told(name, value)))


def _told(name: str, value: Any) -> list[str]:
    """A field and its value; what a list or an object holds stands in lines of its own."""
    if isinstance(value, list):
        return [f"{name}:", *(f"  {_plain(item)}" for item in value)] if value else [f"{name}: none"]
    if isinstance(value, dict):
        return [f"{name}:", *(f"  {key}: {_plain(item)}" for key, item in value.items())]
    return [f"{name}: {_plain(value)}"]


def _plain(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value.replace("\n", " / ") if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
