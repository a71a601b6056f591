"""`.gz` and `.zip` as plain files, known by their first bytes; what an archive may hold is bounded."""

import gzip
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO

from catalog.errors import FeedError
from catalog.feeds.bounds import CHUNK, Bounds, Intake
from catalog.feeds.names import COMPANION, is_feed_name, source_name
from catalog.feeds.reader import FeedFile

_GZIP, _ZIP, _ZIP_EMPTY = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
_DIRECTORY_ENTRY = 1 << 10
"""Bytes that one entry may take in a zip's directory: 46 and its name, with room."""
_TAIL = 22 + (1 << 16)
"""A zip ends with 22 bytes and a comment of at most 65,535."""
# What the standard library raises at damaged, encrypted or exotic archives.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError)


def unpacked(file: FeedFile, folder: Path, bounds: Bounds) -> Iterator[FeedFile]:
    """The file itself, or the feeds inside it, each written to `folder` and removed when the next is asked for.

    Raises:
        FeedError: damaged, encrypted, over the bounds, an archive in an archive, or a name that leaves the folder.
    """
    kind = _kind(file)
    if kind is None:
        yield file
        return
    for inner in _gunzip(file, folder, bounds) if kind == _GZIP else _unzip(file, folder, bounds):
        if _kind(inner):
            raise FeedError(f"{inner.name} is an archive in an archive: unpack it first")
        yield inner
        inner.path.unlink(missing_ok=True)


def _kind(file: FeedFile) -> bytes | None:
    try:
        with file.path.open("rb") as handle:
            head = handle.read(4)
    except OSError as error:
        raise FeedError(f"{file.name} cannot be read: {error.strerror}") from error
    if head.startswith(_GZIP):
        return _GZIP
    return _ZIP if head in {_ZIP, _ZIP_EMPTY} else None


def _chunks(handle: IO[bytes] | gzip.GzipFile, name: str) -> Iterator[bytes]:
    try:
        while chunk := handle.read(CHUNK):
            yield chunk
    except (gzip.BadGzipFile, *_DAMAGE) as error:
        raise FeedError(f"{name} is damaged: {error}") from error


def _gunzip(file: FeedFile, folder: Path, bounds: Bounds) -> Iterator[FeedFile]:
    target = folder / "unpacked"
    with gzip.open(file.path) as handle:
        intake = Intake(file.name, bounds, file.path.stat().st_size)
        intake.write(_chunks(handle, file.name), target)
    yield FeedFile(target, file.name, file.source)


def _unzip(file: FeedFile, folder: Path, bounds: Bounds) -> Iterator[FeedFile]:
    _check_directory(file, bounds)
    try:
        archive = zipfile.ZipFile(file.path)
    except _DAMAGE as error:
        raise FeedError(f"{file.name} is damaged: {error}") from error
    with archive:
        entries = archive.infolist()
        if len(entries) > bounds.entries:
            raise FeedError(f"{file.name} holds more than {bounds.entries} files: split it")
        if any(entry.filename == "xl/workbook.xml" for entry in entries):
            raise FeedError(f"{file.name} is an Excel workbook: save the sheet as CSV UTF-8")
        feeds = [entry for entry in entries if _checked(entry, file.name)]
        if not feeds:
            held = ", ".join(entry.filename for entry in entries[:5])[:200]
            raise FeedError(f"{file.name} holds no feed: it has {held or 'no file'}")
        intake = Intake(file.name, bounds, file.path.stat().st_size)
        for companion in (entry for entry in entries if PurePosixPath(entry.filename).name == COMPANION):
            _write(intake, _member(archive, companion, companion.filename), folder / COMPANION)
        for number, entry in enumerate(feeds):
            name = f"{file.name}/{entry.filename}"
            target = folder / f"unpacked-{number}"
            _write(intake, _member(archive, entry, name), target)
            inner = source_name(PurePosixPath(entry.filename).name)
            yield FeedFile(target, name, file.source if len(feeds) == 1 else f"{file.source}-{inner}")


def _write(intake: Intake, chunks: Generator[bytes, None, None], target: Path) -> None:
    with closing(chunks):  # an open member would keep the archive open after its refusal
        intake.write(chunks, target)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Generator[bytes, None, None]:
    try:
        handle = archive.open(entry)
    except _DAMAGE as error:
        raise FeedError(f"{name} cannot be unpacked: {error}") from error
    with handle:
        yield from _chunks(handle, name)


def _check_directory(file: FeedFile, bounds: Bounds) -> None:
    """Refuse a directory that is too long before it is read: its length stands in the archive's last bytes."""
    size = file.path.stat().st_size
    with file.path.open("rb") as handle:
        handle.seek(max(0, size - _TAIL))
        tail = handle.read(_TAIL)
    at = tail.rfind(_ZIP_EMPTY)
    if at < 0 or len(tail) < at + 22:
        raise FeedError(f"{file.name} is damaged: its directory is missing")
    (length,) = struct.unpack_from("<I", tail, at + 12)
    if length > bounds.entries * _DIRECTORY_ENTRY:
        raise FeedError(f"{file.name} holds more than {bounds.entries} files: split it")


def _checked(entry: zipfile.ZipInfo, archive: str) -> bool:
    """Whether the entry is a feed; a name or kind that no honest archive has refuses the whole of it."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.orig_filename:
        raise FeedError(f"{archive} names a file outside itself: {entry.filename[:80]!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FeedError(f"{archive} holds a link: {entry.filename[:80]!r}")
    if entry.flag_bits & 1:
        raise FeedError(f"{archive} is encrypted: send it without a password")
    return not entry.is_dir() and is_feed_name(path)
