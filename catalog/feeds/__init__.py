"""Feeds in: any accepted file becomes canonical records and row-level issues, one pass, constant memory a row."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from catalog import sample
from catalog.errors import FeedError
from catalog.feeds import canonical, table
from catalog.feeds.mapping import Mapping, load_mapping
from catalog.feeds.reader import FeedFile, FeedReader
from catalog.issues import Issue
from catalog.model import Record

Item: TypeAlias = Record | Issue
SAMPLE = "sample"
"""The feed word that stands for the shop that comes with Shopguide."""

_UNSAFE = re.compile(r"[^\w.-]+")


def read(paths: list[str], mapping: str | None = None, source: str | None = None) -> Iterator[Item]:
    """All records and issues of the feeds, in order; a second record with a used id becomes an issue.

    Args:
        paths: files, folders of files, or the word `sample`.
        mapping: TOML file that says how columns map to fields; without it JSONL must be canonical.
        source: stable name of the feed; by default the file name without its suffix.

    Raises:
        FeedError: a path does not exist or is no feed.
        MappingError: the mapping file is wrong.
    """
    rules = load_mapping(Path(mapping)) if mapping else None
    seen: dict[str, str] = {}
    for reader in _readers(paths, rules):
        name = source or reader.source
        for line, item in reader.read():
            if isinstance(item, Issue):
                yield item
                continue
            if first := seen.get(item.id):
                message = f"the id was used before, at {first}"
                yield Issue(
                    code="duplicate_id", file=reader.file, line=line, field="id", value=item.id, message=message
                )
                continue
            seen[item.id] = f"{reader.file}:{line}"
            item.source = item.source or name
            yield item


def _readers(paths: list[str], mapping: Mapping | None) -> Iterator[FeedReader]:
    for path in paths:
        if path == SAMPLE:
            now = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            yield from (canonical.LinesReader(name, lines, SAMPLE) for name, lines in sample.files(now))
        else:
            yield from (_reader(file, mapping) for file in _files(Path(path)))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix in {".jsonl", ".csv", ".tsv"})
        if not files:
            raise FeedError(f"{path} holds no .jsonl, .csv or .tsv file")
        return files
    if not path.is_file():
        raise FeedError(f"{path} does not exist: give a .jsonl, .csv or .tsv file, a folder of them, or `sample`")
    return [path]


def _reader(path: Path, mapping: Mapping | None) -> FeedReader:
    file = FeedFile(path, path.name, _UNSAFE.sub("-", path.stem))
    if path.suffix in {".csv", ".tsv"}:
        if mapping is None:
            raise FeedError(f"{path} is a table: say how its columns map to fields with --mapping FILE.toml")
        return table.TableReader(file, mapping)
    if mapping is not None:
        return table.ObjectsReader(file, mapping)
    return canonical.FileReader(file)
