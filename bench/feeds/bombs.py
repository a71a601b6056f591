"""Feeds that are made to harm: each small to send, and large, endless or out of bounds to read.

`bombs(scale)` gives them by name; a scale below 1 makes the costly ones smaller, for tests.
"""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_RSS = b'<?xml version="1.0"?>%b<rss><channel><item><title>%b</title></item></channel></rss>'
_ZEROS = b"id,title\n1,Lamp\n" + b"0" * (1 << 20)


class Bomb(NamedTuple):
    """One hostile feed."""

    name: str
    """The name under which it is stored."""
    write: Callable[[Path], object]
    """Writes it to a path."""
    says: str
    """A part of the refusal, or the code of the issue."""
    mapped: bool = False
    """Whether it is read with a mapping file."""


def bombs(scale: float = 1.0) -> dict[str, Bomb]:
    """What the bomb does -> the bomb."""

    def times(count: int) -> int:
        return max(1, int(count * scale))

    deep = times(200_000) + 1000
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)).encode()
    return {
        "billion laughs": _xml(b'<!DOCTYPE r [<!ENTITY l0 "ha">' + laughs + b"]>", b"&l9;"),
        "quadratic blowup": _xml(b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 100_000 + b'">]>', b"&a;" * 10_000),
        "external entity, a file": _xml(b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b"&x;"),
        "external entity, an address": _xml(b'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', b"&x;"),
        "parameter entity": _xml(b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>', b"a"),
        "XInclude": _text(
            "feed.xml",
            b'<rss><channel><item><title>a</title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
            b'href="file:///etc/passwd" parse="text"/></item></channel></rss>',
            "missing_field",
        ),
        "XML nested 200,000 deep": _xml(b"", b"<a>" * deep + b"</a>" * deep, "nested deeper than 100"),
        "JSON nested 200,000 deep": _text("feed.json", b'{"products":[' + b"[" * deep + b"]" * deep + b"]}", "nested"),
        "JSON line nested 200,000 deep": _text("feed.jsonl", b'{"type":"faq","id":' + b"[" * deep + b"\n", "bad_json"),
        "JSON-LD nested 200,000 deep": _text("feed.jsonld", b'{"@type":' + b'{"a":' * deep + b"\n", "bad_json"),
        "number of a million digits": _text(
            "feed.jsonl", b'{"type":"product","id":"a","title":"a","stock":' + b"9" * 1_000_000 + b"}\n", "bad_"
        ),
        "gzip, 1,000 times its size": Bomb("feed.csv.gz", lambda path: _gzip(path, times(300)), "100 times its size"),
        "zip, 1,000 times its size": Bomb("feed.zip", lambda path: _zip(path, times(300)), "100 times its size"),
        "zip of zips": Bomb("feed.zip", _zip_of_zips, "archive in an archive"),
        "zip that leaves its folder": Bomb("feed.zip", lambda path: _named(path, "../../x.csv"), "outside itself"),
        "zip with an absolute name": Bomb("feed.zip", lambda path: _named(path, "/etc/x.csv"), "outside itself"),
        "link in a zip": Bomb("feed.zip", lambda path: _named(path, "x.csv", 0o120777 << 16), "holds a link"),
        "zip with 100,000 files": Bomb("feed.zip", lambda path: _many(path, times(99_000) + 1001), "more than 1000"),
        "line of 100 MB": Bomb("feed.jsonl", lambda path: _line(path, times(100)), "bad_json"),
        "CSV field of 100 MB": Bomb("feed.csv", lambda path: _field(path, times(100)), "bad_row", mapped=True),
        "HTML with a million scripts": _text(
            "feed.html",
            b"<!doctype html><html>" + b'<script type="application/ld+json">{</script>' * times(1_000_000),
            "bad_json",
        ),
        "HTML with a million open tags": _text(
            "feed.html", b"<!doctype html><html>" + b"<script <a " * times(1_000_000) + b"\n", ""
        ),
        "Parquet with a lying footer": Bomb("feed.parquet", _lying_footer, "cannot be read as Parquet", mapped=True),
        "Parquet, 1,000 times its size": Bomb(
            "feed.parquet", lambda path: _long_parquet(path, times(30_000)), "duplicate_id", mapped=True
        ),
    }  # fmt: skip


def _xml(prologue: bytes, title: bytes, says: str = "declares entities") -> Bomb:
    return _text("feed.xml", _RSS % (prologue, title), says)


def _text(name: str, content: bytes, says: str) -> Bomb:
    return Bomb(name, lambda path: path.write_bytes(content), says)


def _gzip(path: Path, megabytes: int) -> None:
    with gzip.open(path, "wb") as handle:
        for _ in range(megabytes):
            handle.write(_ZEROS)


def _zip(path: Path, megabytes: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("feed.csv", "w") as handle:
        for _ in range(megabytes):
            handle.write(_ZEROS)


def _zip_of_zips(path: Path) -> None:
    content = b"id,title\n1,Lamp\n"
    for depth in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.zip" if depth else "feed.csv", content)
        content = buffer.getvalue()
    path.write_bytes(content)


def _named(path: Path, name: str, attributes: int = 0) -> None:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = attributes
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, b"id,title\n1,Lamp\n")


def _many(path: Path, count: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}.csv"), b"")


def _line(path: Path, megabytes: int) -> None:
    with path.open("wb") as handle:
        handle.write(b'{"type":"product","id":"a","title":"')
        for _ in range(megabytes):
            handle.write(b"a" * (1 << 20))
        handle.write(b'"}\n')


def _field(path: Path, megabytes: int) -> None:
    with path.open("wb") as handle:
        handle.write(b'sku,name\n1,"')
        for _ in range(megabytes):
            handle.write(b"a,\t " * (1 << 18) + b"\n" * 9)
        handle.write(b'"\n')


def _lying_footer(path: Path) -> None:
    """The footer says that it is longer than the file."""
    path.write_bytes(b"PAR1" + b"\0" * 64 + struct.pack("<I", (1 << 31) - 1) + b"PAR1")


def _long_parquet(path: Path, rows: int) -> None:
    """One value, repeated: a dictionary of one entry and runs of millions."""
    import pyarrow as pa
    from pyarrow import parquet

    same = pa.array(["a" * 1000], pa.string()).take(pa.array([0] * 1000, pa.int32()))
    table = pa.table({"sku": pa.chunked_array([same] * max(1, rows // 1000))})
    parquet.write_table(table, path, compression="zstd")
