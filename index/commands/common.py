"""What several commands of `guide-index` share: options, and how they open and print. Heavy imports wait for use."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from catalog.formats import FORMATS

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SHOPGUIDE_DATA",
    required=True,
    help="Data directory ($SHOPGUIDE_DATA).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_BUILDING = (
    click.option("--mapping", type=click.Path(exists=True, dir_okay=False), help="TOML: how columns map to fields."),
    click.option("--source", help="Stable name of the feed (default: the file name or the address's path)."),
    click.option("--format", "form", type=click.Choice(FORMATS), help="Format of the feed (default: seen by content)."),
    click.option("--mode", type=click.Choice(["replace", "upsert"]), default="replace", show_default=True),
    click.option("--encoder", default="e5-small", show_default=True, help="Model id, hub:ORG/NAME, a folder, or none."),
    click.option("--allow-shrink", is_flag=True, help="Let a feed take more than a fifth of its source away."),
    click.option("--allow-private", is_flag=True, help="Let an address lie in your own network."),
    click.option("--gate", "cases", type=_FILE, help="Evaluation cases that a new snapshot has to pass to go live."),
    click.option("--gate-rules", "rules", type=_FILE, help="Rules of --gate (TOML), as `guide-eval gate` takes them."),
)
Command = TypeVar("Command", bound=Callable[..., Any])


def building(command: Command) -> Command:
    """The options of every command that builds from feeds: how they are read, encoded, guarded and gated."""
    for option in reversed(_BUILDING):
        command = option(command)
    return command


def gate(cases: Path | None, rules: Path | None) -> Any:
    """The gate that the options name, or None.

    Raises:
        click.UsageError: rules without cases.
    """
    from index.gate import Canary

    if rules and not cases:
        raise click.UsageError("--gate-rules rules nothing without --gate CASES")
    return Canary(cases, rules) if cases else None


def open_view(data: Path) -> Any:
    """The live data now, the encoder warm; an older snapshot that stands in is named on stderr."""
    from datetime import UTC, datetime

    from index import api

    store = api.open(data)
    store.warm(os.cpu_count() or 1)
    if store.refused:
        click.echo(f"serving an older snapshot: {store.refused}", err=True)
    return store.view(datetime.now(UTC))


def parse_filter(text: str) -> Any:
    """A wire filter from its JSON.

    Raises:
        FilterError: it is no JSON, or names an unknown field.
    """
    import msgspec

    from index.errors import FilterError
    from index.filters import Filter

    try:
        return msgspec.json.decode(text, type=Filter)
    except msgspec.DecodeError as error:
        raise FilterError(f"--filter: {error} (known fields: {', '.join(Filter.__struct_fields__)})") from error


def dump(value: Any) -> str:
    """JSON of a struct or of plain values."""
    import msgspec

    return msgspec.json.encode(value).decode()


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
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


SHOWN = 5
"""Issues of one code that a build prints; `guide-catalog check` shows all."""


def read_feeds(
    paths: list[str],
    mapping: str | None,
    source: str | None,
    *,
    form: Any = None,
    mode: Any = None,
    allow_private: bool = False,
) -> tuple[list[Any], int]:
    """The records of the feeds, and how many rows have errors.

    The first errors and warnings of each code are told on stderr; notes are only counted.

    Raises:
        FeedError: a feed cannot be read to its end.
        MappingError: the mapping file is wrong.
    """
    from collections import Counter

    from catalog import feeds
    from catalog.issues import Issue

    records, errors = [], 0
    codes, notes = Counter[str](), Counter[str]()
    for item in feeds.read(paths, mapping, source, form=form, mode=mode, allow_private=allow_private):
        if isinstance(item, Issue):
            errors += item.severity == "error"
            (notes if item.severity == "note" else codes)[item.code] += 1
            if 0 < codes[item.code] <= SHOWN:
                click.echo(str(item), err=True)
        else:
            records.append(item)
    for code, count in codes.items():
        if count > SHOWN:
            click.echo(f"{count - SHOWN} more {code}: `guide-catalog check` lists them", err=True)
    if notes:
        told = ", ".join(f"{count} {code}" for code, count in notes.items())
        click.echo(f"notes: {told}: `guide-catalog check` says what to do", err=True)
    return records, errors


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
