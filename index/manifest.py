"""The manifest of a snapshot: what it holds and the SHA-256 of every file, checked before any file is loaded.

It seals itself: its first field is the SHA-256 of its own text with that field empty.
"""

import hashlib
from pathlib import Path

import msgspec

from index.errors import SnapshotCorruptError, SnapshotMissingError

SCHEMA = 2
"""Raised when files change their meaning; a snapshot of another schema is rebuilt, never guessed at."""
_UNSEALED = 1
"""The schema before seals, otherwise the same; such a snapshot is served until the next build."""

NAME = "manifest.json"


class EncoderEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Which encoder made the vectors; `name` is what loads it again."""

    id: str
    name: str
    sha256: str
    dim: int
    query_prefix: str
    passage_prefix: str
    normalised: bool
    precision: str


class FileEntry(msgspec.Struct, frozen=True):
    """Size in bytes and SHA-256 of one file."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot holds."""

    seal: str = ""
    """See `sealed`."""
    name: str
    created_at: str
    digest: str
    """SHA-256 over the records: equal digests need no new snapshot."""
    records: int
    passages: int
    counts: dict[str, int]
    """Records a type."""
    sources: dict[str, int] = {}
    """Records a source; empty in snapshots older than this field."""
    encoders: list[EncoderEntry]
    files: dict[str, FileEntry]
    schema: int = SCHEMA
    overlay_seq: int = 0


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def entries(folder: Path) -> dict[str, FileEntry]:
    """Every file below the folder but the manifest, by relative name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): FileEntry(path.stat().st_size, file_sha256(path)) for path in paths}


def sealed(manifest: Manifest) -> str:
    """The text of a manifest with its seal."""
    text = msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(manifest, seal="")), indent=1) + b"\n"
    return text.replace(_seal(""), _seal(hashlib.sha256(text).hexdigest()), 1).decode()


def _seal(value: str) -> bytes:
    return f'"seal": "{value}"'.encode()


def _is_sealed(content: bytes, seal: str) -> bool:
    return hashlib.sha256(content.replace(_seal(seal), _seal(""), 1)).hexdigest() == seal


def load(folder: Path) -> Manifest:
    """Read a manifest without checking the files.

    Raises:
        SnapshotMissingError: there is none.
        SnapshotCorruptError: it is damaged or of another schema.
    """
    try:
        content = (folder / NAME).read_bytes()
        manifest = msgspec.json.decode(content, type=Manifest)
    except FileNotFoundError as error:
        raise SnapshotMissingError(f"no snapshot {folder.name!r}: see `guide-index status`") from error
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise SnapshotCorruptError(f"the manifest of {folder.name!r} is damaged: {error}") from error
    if manifest.schema not in {_UNSEALED, SCHEMA}:
        raise SnapshotCorruptError(
            f"{folder.name!r} has schema {manifest.schema}, this version reads {SCHEMA}: build again"
        )
    if manifest.schema == SCHEMA and not _is_sealed(content, manifest.seal):
        raise SnapshotCorruptError(f"the manifest of {folder.name!r} is damaged: it does not match its own checksum")
    return manifest


def verify(folder: Path, *, only: str | None = None) -> Manifest:
    """Read the manifest and compare every file with it, or `only` the named one.

    Raises:
        SnapshotMissingError: there is no such snapshot.
        SnapshotCorruptError: a file is missing, was added, or differs; the message names it.
    """
    manifest = load(folder)
    if only is not None:
        _compare(folder, only, manifest.files.get(only))
        return manifest
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {NAME}
    if odd := sorted(present ^ manifest.files.keys()):
        raise SnapshotCorruptError(f"{folder.name!r}: {odd[0]} is {'not listed' if odd[0] in present else 'missing'}")
    for name, entry in manifest.files.items():
        _compare(folder, name, entry)
    return manifest


def _compare(folder: Path, name: str, entry: FileEntry | None) -> None:
    path = folder / name
    try:
        same = entry is not None and path.stat().st_size == entry.size and file_sha256(path) == entry.sha256
    except OSError as error:
        raise SnapshotCorruptError(f"{folder.name!r}: {name} cannot be read: {error.strerror}") from error
    if not same:
        raise SnapshotCorruptError(f"{folder.name!r}: {name} does not match its checksum")
