"""`guide-index watch`."""

import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, building, dump, encoder_name, gate, read_feeds


@click.command()
@click.argument("feed")
@DATA
@click.option("--every", default=60.0, show_default=True, type=click.FloatRange(0.1), help="Seconds between two looks.")
@click.option("--rounds", type=click.IntRange(1), help="Stop after so many looks; exit 1 if the last one failed.")
@building
@JSON
@fail_clearly
def watch(feed: str, data: Path, every: float, rounds: int | None, as_json: bool, **options: Any) -> None:
    """Follow FEED, a file, a folder or an http(s) address, and build whenever its content changed.

    Prints a line a look. The first look always reads the feed. A feed that cannot be read and a build that is refused
    (by --gate, too) are told, change nothing, and are tried again at the next look. After `rollback` the feed is not
    built again until its content changes. SIGTERM ends it with exit code 0, Ctrl-C with 130; a build at work is given
    up.

    \b
    Examples:
      guide-index watch exports/ --data data/shop --every 300
      guide-index watch https://shop.example/feed.xml --source web --data data/shop --json
    """
    from index.build import BuildOptions, BuildReport, build
    from index.watch import Follower

    settings = BuildOptions(
        mode=options["mode"], encoder=encoder_name(options["encoder"]), allow_shrink=options["allow_shrink"]
    )
    canary = gate(options["cases"], options["rules"])

    def built(path: str, source: str | None) -> BuildReport:
        reading = {name: options[name] for name in ("mapping", "form", "mode")}
        records, errors = read_feeds([path], source=options["source"] or source, **reading)
        return build(data, records, settings, lambda _stage, _done, _total: None, errors, canary)

    signal.signal(signal.SIGTERM, _stop)
    follower = Follower(feed, built, allow_private=options["allow_private"])
    looked = 0
    while True:
        found = follower.look()
        looked += 1
        click.echo(dump(found) if as_json else _told(found), err=found.outcome == "failed" and not as_json)
        if looked == rounds:
            sys.exit(found.outcome == "failed")
        time.sleep(every)


def _stop(_signal: int, _frame: Any) -> NoReturn:
    sys.exit(0)


def _told(found: Any) -> str:
    if found.build is None:
        return f"{found.at} {found.outcome}{f': {found.reason}' if found.reason else ''}"
    report = found.build
    counts = f"{report.records} records, {report.encoded} passages encoded, {report.seconds:.1f} s"
    return f"{found.at} {found.outcome} {report.snapshot}: {counts}"
