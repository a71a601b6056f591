"""Every feed is read as UTF-8: UTF-16 shows its byte order mark, GB18030 (Chinese exports) its characters."""

import codecs
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from catalog.errors import FeedError
from catalog.feeds.bounds import CHUNK, Bounds, Intake, disk
from catalog.feeds.reader import FeedFile

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = {
    b"PK": "a zip archive cut short", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive", b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"SQLite": "a database",
}  # fmt: skip
_COMMON = 0.9
"""Share of a text's wide characters that are among the 6,763 of GB 2312, if it is Chinese and not Latin-1."""


def as_utf8(file: FeedFile, folder: Path, bounds: Bounds) -> FeedFile:
    """The file itself if it is UTF-8 (or not text that we turn into it), else a copy in UTF-8 with the same lines.

    Raises:
        FeedError: it is no text at all.
    """
    encoding = _encoding(file)
    if encoding is None:
        return file
    target = folder / "utf8"
    Intake(file.name, bounds).write(_recoded(file, encoding), target)
    return FeedFile(target, file.name, file.source)


def _encoding(file: FeedFile) -> str | None:
    """The codec to undo, or None."""
    with disk(file.name), file.path.open("rb") as handle:
        chunks = iter(partial(handle.read, CHUNK), b"")
        head = next(chunks, b"")
        if head.startswith(b"PAR1"):
            return None
        if head.startswith(_UTF32):
            return "utf-32"
        if head.startswith(_UTF16):
            # An XML parser undoes UTF-16 itself, and would trust the declaration in a copy.
            return None if head[2:].replace(b"\0", b"").lstrip().startswith(b"<?xml") else "utf-16"
        kind = next((kind for magic, kind in _BINARY.items() if head.startswith(magic)), None)
        if kind or head[:4096].count(0) * 4 > len(head[:4096]):
            raise FeedError(f"{file.name} is {kind or 'no text'}: send text in UTF-8, .gz, .zip or Parquet")
        if head.lstrip().startswith(b"<?xml"):
            return None
        if b"\r" in head and b"\n" not in head:
            return "utf-8"
        sample = head
        while sample.isascii():
            if not (sample := next(chunks, b"")):
                return None
        return "gb18030" if _is_chinese(sample) else None


def _is_chinese(sample: bytes) -> bool:
    """Whether the lines that are no ASCII are GB18030 rather than UTF-8 with a few broken rows, or Latin-1."""
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    broken = [line for line in lines if not _is_utf8(line)]
    if len(broken) * 2 <= len(lines):
        return False
    wide = [char for line in broken for char in line.decode("gb18030", "replace") if not char.isascii()]
    common = sum(_in_gb2312(char) for char in wide)
    return common >= _COMMON * len(wide)


def _is_utf8(line: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line)  # not final: the sample may end within a character
    except UnicodeDecodeError:
        return False
    return True


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _recoded(file: FeedFile, encoding: str) -> Iterator[bytes]:
    # What cannot be decoded spoils its row: a byte is carried along as it is, half a UTF-16 character is marked.
    errors = "replace" if encoding in {"utf-16", "utf-32"} else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with file.path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            text = decoder.decode(chunk)
            # An old Macintosh ends lines with a carriage return alone.
            yield (text.replace("\r", "\n") if encoding == "utf-8" else text).encode("utf-8", errors)
        yield decoder.decode(b"", final=True).encode("utf-8", errors)
