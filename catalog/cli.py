"""`guide-catalog`: look at a feed before it is indexed."""

import functools
import json
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import click

from catalog.errors import InputError, ShopguideError

_P = ParamSpec("_P")
_R = TypeVar("_R")
REFUSED, UNUSABLE = 1, 3


def fail_clearly(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn our errors into one line on stderr and an exit code: 3 for unusable input, 1 for anything refused."""

    @functools.wraps(command)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except ShopguideError as error:
            click.echo(f"error: {error}", err=True)
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
      guide-catalog convert export.csv --mapping shop.toml > products.jsonl
    """


_FEEDS = click.argument("feeds", nargs=-1, required=True)
_MAPPING = click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False), help="TOML file: how columns map to fields."
)
_SOURCE = click.option("--source", help="Stable name of the feed (default: the file name).")


@main.command()
@_FEEDS
@_MAPPING
@_SOURCE
@click.option("--report", type=click.Path(dir_okay=False, writable=True), help="Write every issue as a JSON line.")
@click.option("--max-errors", default=0, show_default=True, help="Exit 1 above so many rows with errors.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@fail_clearly
def check(
    feeds: tuple[str, ...], mapping: str | None, source: str | None, report: str | None, max_errors: int, as_json: bool
) -> None:
    """Say what of FEEDS would be indexed and what is wrong with the rest.

    \b
    Examples:
      guide-catalog check sample
      guide-catalog check products.csv --mapping shop.toml --max-errors 10
    """
    from collections import Counter

    from catalog import feeds as catalog_feeds
    from catalog.issues import RULES, Issue
    from catalog.model import type_name

    records: Counter[str] = Counter()
    issues: list[Issue] = []
    for item in catalog_feeds.read(list(feeds), mapping, source):
        if isinstance(item, Issue):
            issues.append(item)
        else:
            records[type_name(item)] += 1
    if report:
        _write_report(report, issues)
    codes = Counter(issue.code for issue in issues)
    errors = sum(issue.severity == "error" for issue in issues)
    if as_json:
        click.echo(json.dumps({"records": records, "issues": codes, "errors": errors}))
    else:
        for name, count in records.most_common():
            click.echo(f"{count:8} {name}")
        for issue in issues[:20]:
            click.echo(f"{issue.severity}: {issue}", err=True)
        for code, count in codes.most_common():
            click.echo(f"{count:8} {RULES[code].severity} {code}: {RULES[code].fix}")
    sys.exit(REFUSED if errors > max_errors else 0)


def _write_report(path: str, issues: list[Any]) -> None:
    import msgspec

    from catalog.issues import RULES

    rows = (msgspec.to_builtins(i) | {"severity": i.severity, "fix": RULES[i.code].fix} for i in issues)
    try:
        with click.open_file(path, "w", encoding="utf-8") as handle:
            handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise InputError(f"cannot write the report {path}: {error.strerror}") from error


@main.command()
@_FEEDS
@_MAPPING
@_SOURCE
@fail_clearly
def convert(feeds: tuple[str, ...], mapping: str | None, source: str | None) -> None:
    """Print FEEDS as canonical JSONL; issues go to stderr.

    \b
    Example:
      guide-catalog convert export.csv --mapping shop.toml > products.jsonl
    """
    from catalog import feeds as catalog_feeds
    from catalog.issues import Issue
    from catalog.model import encode

    for item in catalog_feeds.read(list(feeds), mapping, source):
        if isinstance(item, Issue):
            click.echo(str(item), err=True)
        else:
            click.echo(encode(item))
