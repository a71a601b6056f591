"""`guide-catalog`: look at a feed before it is indexed."""

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, ParamSpec, TypeVar

import click

from catalog.errors import FeedError, ShopguideError
from catalog.formats import FORMATS
from catalog.text import one_line

_P = ParamSpec("_P")
_R = TypeVar("_R")
REFUSED, UNUSABLE = 1, 3
_STEP = 5000
"""Rows between two signs of progress."""


def fail_clearly(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn our errors into one line on stderr and an exit code: 3 for unusable input, 1 for anything refused."""

    @functools.wraps(command)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except ShopguideError as error:
            first, *more = f"error: {error}".split("\n")
            # What follows is indented, so that no line of it can be taken for another message.
            click.echo("\n  ".join([one_line(first), *(one_line(line.strip()) for line in more)]), err=True)
            sys.exit(UNUSABLE if error.unusable else REFUSED)
        except KeyboardInterrupt:
            click.echo("stopped; nothing was changed", err=True)
            sys.exit(130)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shopguide")
def main() -> None:
    """Look at a feed before it is indexed.

    \b
    Examples:
      guide-catalog check products.jsonl
      guide-catalog check export.csv --mapping shop.toml --report issues.jsonl
      guide-catalog map export.csv > shop.toml
      guide-catalog check https://shop.example/feed.xml
      guide-catalog convert export.csv --mapping shop.toml > products.jsonl
    """


_FEEDS = click.argument("feeds", nargs=-1, required=True)
_PRIVATE = click.option("--allow-private", is_flag=True, help="Let an address lie in your own network.")
_OPTIONS = [
    click.option("--mapping", type=click.Path(exists=True, dir_okay=False), help="TOML: how columns map to fields."),
    click.option("--source", help="Stable name of the feed (default: the file name or the address's path)."),
    click.option("--format", "form", type=click.Choice(FORMATS), help="Format of FEEDS (default: seen by content)."),
    _PRIVATE,
]


def feed_options(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """How FEEDS are read: the options that every command with feeds has; they are the arguments of `feeds.read`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@main.command()
@_FEEDS
@feed_options
@click.option("--report", type=click.Path(dir_okay=False, writable=True), help="Write every issue as a JSON line.")
@click.option("--max-errors", default=0, show_default=True, help="Exit 1 above so many errors.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@fail_clearly
def check(feeds: tuple[str, ...], report: str | None, max_errors: int, as_json: bool, **reading: Any) -> None:
    """Say what of FEEDS would be indexed and what is wrong with the rest.

    FEEDS are files, folders, http(s) addresses, - for standard input, or the word `sample`; each may be .gz or .zip.

    \b
    Examples:
      guide-catalog check sample
      guide-catalog check products.csv --mapping shop.toml --max-errors 10
      guide-catalog check https://shop.example/feed.xml --report issues.jsonl
      zcat feed.xml.gz | guide-catalog check -
    """
    from datetime import UTC, datetime

    from catalog import feeds as catalog_feeds
    from catalog.checks import checked
    from catalog.issues import Issue
    from catalog.report import Found, report_file

    found = Found()
    with (
        report_file(report) as write,
        _rows() as row,
        closing(catalog_feeds.placed(list(feeds), **reading)) as rows,
        closing(checked(rows, datetime.now(UTC))) as items,
    ):
        for item in items:
            row()
            if isinstance(item, Issue):
                found.issue(item)
                write(item)
            else:
                found.record(item)
    if as_json:
        click.echo(json.dumps(found.summary()))
    else:
        for issue in found.shown:
            click.echo(f"{issue.severity}: {issue}", err=True)
        for line in found.lines():
            click.echo(line)
    sys.exit(REFUSED if found.errors > max_errors else 0)


@contextmanager
def _rows() -> Iterator[Callable[[], None]]:
    """Counts rows on stderr, at a terminal only."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    count = 0

    def row() -> None:
        nonlocal count
        count += 1
        if count % _STEP == 0:
            click.echo(f"\r{count:,} rows", nl=False, err=True)

    try:
        yield row
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


@main.command("map")
@click.argument("feed")
@_PRIVATE
@fail_clearly
def propose(feed: str, allow_private: bool) -> None:
    """Propose a mapping file for FEED from the columns it has, for a person to finish.

    \b
    Example:
      guide-catalog map export.csv > shop.toml
    """
    from catalog.feeds.inputs import plain_files
    from catalog.feeds.propose import propose as proposal

    with closing(plain_files(feed, allow_private=allow_private)) as files:
        for file in files:
            click.echo(proposal(file), nl=False)
            return
    raise FeedError(f"{feed} holds no feed")


@main.command()
@_FEEDS
@feed_options
@fail_clearly
def convert(feeds: tuple[str, ...], **reading: Any) -> None:
    """Print FEEDS as canonical JSONL; issues go to stderr.

    \b
    Example:
      guide-catalog convert export.csv --mapping shop.toml > products.jsonl
    """
    from catalog import feeds as catalog_feeds
    from catalog.issues import Issue
    from catalog.model import encode

    with closing(catalog_feeds.read(list(feeds), **reading)) as items:
        for item in items:
            if isinstance(item, Issue):
                click.echo(str(item), err=True)
            else:
                click.echo(encode(item))
