from pathlib import Path

import msgspec
import pytest

from catalog.model import Record
from index import manifest
from index.errors import SnapshotCorruptError, SnapshotMissingError
from index.layout import Layout


@pytest.fixture
def live(sample_copy: Path) -> Path:
    layout = Layout(sample_copy)
    return layout.snapshot(layout.live() or "")


def test_a_fresh_snapshot_is_sound_and_counts_its_records(live: Path, sample_records: list[Record]) -> None:
    found = manifest.verify(live)
    assert found.name == live.name
    assert sum(found.counts.values()) == found.records == len(sample_records)
    assert {"records.jsonl", "passages.jsonl", "ids.json", "columns/price.npy"} <= found.files.keys()


def test_any_changed_byte_of_any_file_is_found(live: Path) -> None:
    names = sorted(manifest.load(live).files)
    for name in names:
        path = live / name
        content = path.read_bytes()
        if not content:
            continue
        at = len(content) // 2
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(SnapshotCorruptError, match="checksum") as raised:
            manifest.verify(live)
        assert name in str(raised.value)
        path.write_bytes(content)
    manifest.verify(live)


def test_a_cut_a_missing_and_an_added_file_are_found(live: Path) -> None:
    path = live / "passages.jsonl"
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    with pytest.raises(SnapshotCorruptError, match=r"passages\.jsonl"):
        manifest.verify(live)
    path.unlink()
    with pytest.raises(SnapshotCorruptError, match=r"passages\.jsonl is missing"):
        manifest.verify(live)
    path.write_bytes(content)
    (live / "extra").write_text("x")
    with pytest.raises(SnapshotCorruptError, match="extra is not listed"):
        manifest.verify(live)


def test_one_file_can_be_checked_alone(live: Path) -> None:
    (live / "passages.jsonl").write_bytes(b"")
    assert manifest.verify(live, only="records.jsonl").name == live.name
    with pytest.raises(SnapshotCorruptError):
        manifest.verify(live, only="passages.jsonl")
    (live / "records.jsonl").unlink()
    with pytest.raises(SnapshotCorruptError, match="cannot be read"):
        manifest.verify(live, only="records.jsonl")


def test_a_missing_a_damaged_and_a_foreign_manifest(live: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="guide-index status"):
        manifest.load(live.parent / "absent")
    path = live / manifest.NAME
    newer = msgspec.json.decode(path.read_bytes()) | {"schema": manifest.SCHEMA + 1}
    path.write_bytes(msgspec.json.encode(newer))
    with pytest.raises(SnapshotCorruptError, match="build again"):
        manifest.load(live)
    for content in (b'{"name": ', b'{"name": "\xff"}', b"\xff", b""):
        path.write_bytes(content)
        with pytest.raises(SnapshotCorruptError, match="damaged"):
            manifest.load(live)


def test_a_changed_manifest_is_found_though_every_file_matches(live: Path) -> None:
    path = live / manifest.NAME
    content = path.read_text("utf-8")
    for told, other in (('"overlay_seq": 0', '"overlay_seq": 7'), ('"records": ', '"records": 1'), ("\n}", "\n }")):
        assert told in content
        path.write_text(content.replace(told, other), "utf-8")
        with pytest.raises(SnapshotCorruptError, match="its own checksum"):
            manifest.verify(live)
    path.write_text(content.replace('"seal"', '"sea1"'), "utf-8")
    with pytest.raises(SnapshotCorruptError, match="its own checksum"):
        manifest.verify(live)


def test_a_snapshot_older_than_seals_is_served(live: Path) -> None:
    path = live / manifest.NAME
    older = {key: value for key, value in msgspec.json.decode(path.read_bytes()).items() if key != "seal"}
    path.write_bytes(msgspec.json.encode(older | {"schema": 1}))
    assert manifest.verify(live).name == live.name
