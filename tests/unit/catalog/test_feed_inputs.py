"""Whatever a person names becomes plain UTF-8 files, within bounds, and nothing stays behind."""

import gzip
import io
import json
import random
import stat
import struct
import tempfile
import zipfile
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import feeds
from catalog.errors import FeedError
from catalog.feeds.bounds import Bounds
from catalog.feeds.inputs import plain_files
from catalog.issues import Issue
from catalog.model import Product

ROW = b'{"type":"product","id":"a","title":"Lamp"}\n'
SMALL = Bounds(size=8 << 20, entries=5)


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def put(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def taken(name: str, bounds: Bounds = SMALL) -> list[tuple[str, str, bytes]]:
    return [(file.name, file.source, file.path.read_bytes()) for file in plain_files(name, bounds=bounds)]


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> object:
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def test_a_file_is_read_where_it_lies(tmp_path: Path) -> None:
    path = put(tmp_path, "my shop.jsonl", ROW)
    (file,) = plain_files(path)
    assert (file.path, file.name, file.source) == (Path(path), "my shop.jsonl", "my-shop")


@pytest.mark.parametrize("name", ["shop.jsonl.gz", "shop.jsonl"])
def test_gzip_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    assert taken(put(tmp_path, name, gzip.compress(ROW) + gzip.compress(ROW))) == [(name, "shop", ROW + ROW)]


def test_a_zip_of_one_feed_has_the_name_of_the_archive(tmp_path: Path) -> None:
    path = put(tmp_path, "shop.zip", zipped(export_2026__jsonl=ROW, logo__png=b"\x89PNG"))
    assert taken(path) == [("shop.zip/export_2026.jsonl", "shop", ROW)]


def test_a_zip_of_many_feeds_has_a_source_for_each(tmp_path: Path) -> None:
    path = put(tmp_path, "shop.zip", zipped(a__jsonl=ROW, b__csv=b"id\n1\n"))
    assert [row[:2] for row in taken(path)] == [("shop.zip/a.jsonl", "shop-a"), ("shop.zip/b.csv", "shop-b")]


def test_a_folder_gives_its_feeds_and_leaves_the_rest(tmp_path: Path) -> None:
    for name in ("b.csv", "a.jsonl.gz", ".hidden.csv", "readme.md", "metadata.json"):
        put(tmp_path, name, gzip.compress(ROW) if name.endswith("gz") else b"id\n1\n")
    (tmp_path / "inner.csv").mkdir()
    assert [row[:2] for row in taken(str(tmp_path))] == [("a.jsonl.gz", "a"), ("b.csv", "b")]


def test_standard_input_is_a_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(ROW))))
    (record,) = feeds.read(["-"])
    assert isinstance(record, Product)
    assert record.source == "stdin"


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(a__jsonl=content), lambda content: content])
def test_lines_are_those_of_the_feed_itself(tmp_path: Path, pack: object) -> None:
    content = ROW + b"\n" + b'{"type":"product","id":"b"}\n' + ROW
    path = put(tmp_path, "shop.bin", pack(content))  # type: ignore[operator]
    assert [(i.line, i.code) for i in feeds.read([path]) if isinstance(i, Issue)] == [
        (3, "missing_field"), (4, "duplicate_id"),
    ]  # fmt: skip


def encrypted() -> bytes:
    content = bytearray(zipped(a__jsonl=ROW))
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def linked() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("a.jsonl")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return packed.getvalue()


def crowded() -> bytes:
    return zipped(**{f"a{number}__jsonl": ROW for number in range(6)})


def long_directory() -> bytes:
    content = bytearray(zipped(a__jsonl=ROW))
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 1 << 30)
    return bytes(content)


WIDE = ROW.strip() + b" " * (3 << 20) + b"\n"
NOISE = random.Random(7).randbytes(9 << 20)
BAD = {
    "gzip bomb": (gzip.compress(bytes(7 << 20)), "100 times its size"),
    "zip bomb": (zipped(a__jsonl=bytes(7 << 20)), "100 times its size"),
    "bomb in parts": (zipped(a__jsonl=WIDE, b__jsonl=WIDE), "100 times its size"),
    "too large": (gzip.compress(NOISE, 1), "larger than 8 MiB"),
    "cut gzip": (gzip.compress(ROW * 9)[:-9], "damaged"),
    "broken gzip": (gzip.compress(ROW)[:-6] + b"\0" * 6, "damaged"),
    "zip of a zip": (zipped(a__zip=zipped(a__jsonl=ROW)), "archive in an archive"),
    "hidden zip of a gzip": (zipped(a__jsonl=gzip.compress(ROW)), "archive in an archive"),
    "gzip of a zip": (gzip.compress(zipped(a__jsonl=ROW)), "archive in an archive"),
    "gzip of a gzip": (gzip.compress(gzip.compress(ROW)), "archive in an archive"),
    "slip": (zipped(**{"../../a__jsonl": ROW}), "outside itself"),
    "windows slip": (zipped(**{"..\\a__jsonl": ROW}), "outside itself"),
    "absolute": (zipped(**{"/etc/a__jsonl": ROW}), "outside itself"),
    "drive": (zipped(**{"C:/a__jsonl": ROW}), "outside itself"),
    "link": (linked(), "holds a link"),
    "encrypted": (encrypted(), "encrypted"),
    "crowded": (crowded(), "more than 5 files"),
    "long directory": (long_directory(), "more than 5 files"),
    "cut zip": (zipped(a__jsonl=ROW)[:-30], "damaged"),
    "empty zip": (zipped(), "holds no feed"),
    "Excel": (zipped(**{"xl/workbook__xml": b"<w/>", "[Content_Types]__xml": b"<t/>"}), "save the sheet as CSV"),
    "no feeds": (zipped(logo__png=b"x"), "holds no feed: it has logo.png"),
    "PDF": (b"%PDF-1.7\n", "a PDF"),
    "image": (b"\x89PNG\r\n", "an image"),
    "UTF-16 without a mark": ("id,name\n1,灯\n".encode("utf-16-le"), "no text"),
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \n\n", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_is_damaged_or_dangerous_is_one_clear_error(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, message = BAD[kind]
    monkeypatch.setattr("catalog.feeds.plain_files", partial(plain_files, bounds=SMALL))
    with pytest.raises(FeedError, match=message):
        list(feeds.read([put(tmp_path, "shop.bin", content)]))


PACKED = [gzip.compress(ROW * 50), zipped(a__jsonl=ROW * 50, b__csv=b"id\n1")]


@given(st.data())
def test_a_damaged_archive_never_crashes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(PACKED)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = put(tmp_path_factory.mktemp("feed"), "shop", bytes(content[: data.draw(st.integers(1, len(content)))]))
    with suppress(FeedError):
        assert len(list(feeds.read([path]))) <= 51


@pytest.mark.parametrize(
    ("content", "encoding"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030"), ("gbk", "gbk")],
)
def test_a_table_is_read_in_the_encodings_that_exports_have(tmp_path: Path, content: str, encoding: str) -> None:
    text = "sku,name\nL1,台灯 小弧\nL2,护眼落地灯，三档调光\n"
    path = put(tmp_path, f"{content}.csv", text.encode(encoding))
    mapping = put(tmp_path, "m.toml", b'[fields]\nid = "sku"\ntitle = "name"\n')
    titles = [item.title for item in feeds.read([path], mapping) if isinstance(item, Product)]
    assert titles == ["台灯 小弧", "护眼落地灯，三档调光"]


def test_the_lines_of_an_old_macintosh_are_lines(tmp_path: Path) -> None:
    path = put(tmp_path, "t.csv", "sku,name\rL1,灯\rL2\r".encode())
    mapping = put(tmp_path, "m.toml", b'[fields]\nid = "sku"\ntitle = "name"\n')
    record, issue = feeds.read([path], mapping)
    assert isinstance(record, Product)
    assert isinstance(issue, Issue)
    assert issue.line == 3


def test_a_few_broken_rows_make_no_other_encoding(tmp_path: Path) -> None:
    rows = ["台灯".encode(), b"\xc5\xcc\xb5\xc6", "吊灯".encode(), b"Caf\xe9 lamp"]
    path = put(tmp_path, "t.csv", b"sku,name\n" + b"".join(b"L%d,%s\n" % row for row in enumerate(rows)))
    mapping = put(tmp_path, "m.toml", b'[fields]\nid = "sku"\ntitle = "name"\n')
    shown = [(item.code, item.line) if isinstance(item, Issue) else item.id for item in feeds.read([path], mapping)]
    assert shown == ["L0", ("bad_row", 3), "L2", ("bad_row", 5)]


def test_latin_text_is_not_taken_for_chinese(tmp_path: Path) -> None:
    path = put(tmp_path, "t.csv", "sku,name\nL1,Lampe de décor\nL2,Fünf Gläser\n".encode("latin-1"))
    mapping = put(tmp_path, "m.toml", b'[fields]\nid = "sku"\ntitle = "name"\n')
    assert [item.code for item in feeds.read([path], mapping) if isinstance(item, Issue)] == ["bad_row", "bad_row"]


def test_json_lines_in_utf_16_are_read(tmp_path: Path) -> None:
    (record,) = feeds.read([put(tmp_path, "t.jsonl", json.dumps({**json.loads(ROW), "title": "灯"}).encode("utf-16"))])
    assert isinstance(record, Product)
    assert record.title == "灯"
