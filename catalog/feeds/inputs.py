"""From what a person names to plain UTF-8 files: a file, a folder, `-`, an http(s) address, each perhaps packed."""

import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from functools import partial
from math import inf
from pathlib import Path

import msgspec

from catalog.errors import FeedError
from catalog.feeds.bounds import BOUNDS, CHUNK, Bounds, Intake, disk
from catalog.feeds.encoding import as_utf8
from catalog.feeds.names import COMPANION, is_feed_name, source_name
from catalog.feeds.reader import FeedFile
from catalog.feeds.unpack import unpacked

STDIN = "-"
"""The word that stands for standard input."""


def plain_files(name: str, *, allow_private: bool = False, bounds: Bounds = BOUNDS) -> Generator[FeedFile, None, None]:
    """Every feed under one name, one at a time: what was written for it is gone when the next is asked for.

    Raises:
        FeedError: nothing is there, or it is refused or damaged.
    """
    with disk("the temporary folder"), tempfile.TemporaryDirectory(prefix="shopguide-feed-") as place:
        folder = Path(place)
        for given in _given(name, folder, bounds, allow_private):
            _bring_companion(given.path.parent, folder)
            for file in unpacked(given, folder, bounds):
                yield as_utf8(file, folder, bounds)


def _bring_companion(beside: Path, folder: Path) -> None:
    """What a feed's description says must stand beside the feed, also where that is an unpacked copy."""
    companion = beside / COMPANION
    if beside != folder and companion.is_file() and companion.stat().st_size <= CHUNK:
        shutil.copyfile(companion, folder / COMPANION)


def _given(name: str, folder: Path, bounds: Bounds, allow_private: bool) -> Iterator[FeedFile]:
    if name == STDIN:
        yield _piped(folder / "stdin", bounds)
    elif "://" in name:
        from catalog.feeds.fetch import fetched

        yield fetched(name, folder, bounds, allow_private=allow_private)
    else:
        yield from (FeedFile(path, path.name, source_name(path.name)) for path in _files(Path(name)))


def _piped(path: Path, bounds: Bounds) -> FeedFile:
    # Who pipes a feed in may take as long as its making takes.
    patient = msgspec.structs.replace(bounds, seconds=inf)
    Intake("stdin", patient).write(iter(partial(sys.stdin.buffer.read, CHUNK), b""), path)
    return FeedFile(path, "stdin", "stdin")


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.is_file() and is_feed_name(Path(file.name)))
        if not files:
            raise FeedError(
                f"{path} holds no feed: no .jsonl, .json, .csv, .tsv, .txt, .xml, .html, .parquet, .gz, .zip"
            )
        return files
    if not path.exists():
        raise FeedError(f"{path} does not exist: give a file, a folder, an http(s) address, - for stdin, or `sample`")
    if not path.is_file():
        raise FeedError(f"{path} is no file: pipe it in with -")
    return [path]
