"""Feeds in: whatever a merchant has becomes canonical records and row-level issues, in one pass and constant memory."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from catalog import sample
from catalog.feeds import canonical
from catalog.feeds.inputs import plain_files
from catalog.feeds.mapping import load_mapping
from catalog.feeds.reader import FeedFile, FeedReader
from catalog.feeds.readers import open_feed
from catalog.feeds.spill import Spill
from catalog.formats import Format, Mode
from catalog.issues import Issue
from catalog.model import Record

Item: TypeAlias = Record | Issue
SAMPLE = "sample"
"""The feed word that stands for the shop that comes with Shopguide."""


class Located(NamedTuple):
    """A record or issue with the file and line it comes from."""

    file: str
    line: int
    item: Item


def read(
    paths: list[str],
    mapping: str | None = None,
    source: str | None = None,
    *,
    form: Format | None = None,
    mode: Mode | None = None,
    allow_private: bool = False,
) -> Generator[Item, None, None]:
    """All records and issues of the feeds, in order; a second record with a used id becomes an issue.

    Args:
        paths: files, folders of files, http(s) addresses, `-` for standard input, or the word `sample`.
        mapping: TOML file that says how columns map to fields; formats that name their own fields need none.
        source: stable name of the feed; by default the file name without its suffix, or the address's path.
        form: the format of every feed; by default what its content shows.
        mode: that of the build; a feed that states another is told of. A check has none.
        allow_private: whether an address may lie in one's own network.

    Raises:
        FeedError: a path or address is no feed, or cannot be read to its end.
        MappingError: the mapping file is wrong.
    """
    with closing(placed(paths, mapping, source, form=form, mode=mode, allow_private=allow_private)) as found:
        for row in found:
            yield row.item


def placed(
    paths: list[str],
    mapping: str | None = None,
    source: str | None = None,
    *,
    form: Format | None = None,
    mode: Mode | None = None,
    allow_private: bool = False,
) -> Generator[Located, None, None]:
    """The same as `read`, each item with its place."""
    opened = partial(open_feed, mapping=load_mapping(Path(mapping)) if mapping else None, form=form, mode=mode)
    with Spill() as spill:
        for path in paths:
            # Closed at once, also after an error: temporary files must not wait for the garbage collector.
            with closing(_readers(path, opened, allow_private)) as readers:
                for feed in readers:
                    yield from _unique(feed, source or feed.source, spill)


def _unique(feed: FeedReader, source: str, spill: Spill) -> Iterator[Located]:
    for line, item in feed.read():
        if isinstance(item, Issue):
            yield Located(feed.file, item.line, item)
        elif first := spill.first(item.id, f"{feed.file}:{line}"):
            message = f"the id was used before, at {first}"
            issue = Issue(code="duplicate_id", file=feed.file, line=line, field="id", value=item.id, message=message)
            yield Located(feed.file, line, issue)
        else:
            item.source = item.source or source
            yield Located(feed.file, line, item)


def _readers(
    path: str, opened: Callable[[FeedFile], FeedReader], allow_private: bool
) -> Generator[FeedReader, None, None]:
    if path == SAMPLE:
        now = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        yield from (canonical.LinesReader(name, lines, SAMPLE) for name, lines in sample.files(now))
    else:
        with closing(plain_files(path, allow_private=allow_private)) as files:
            for file in files:
                yield opened(file)
