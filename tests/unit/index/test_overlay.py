"""The overlay file: numbers rise for ever, batches are whole or absent, damage is a clear error and never a guess."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.changes import Change, OfferChange
from index.errors import StorageError
from index.overlay import Overlay

AT = "2026-11-11T12:00:00.000+00:00"


def change(id_: str = "a", **fields: object) -> Change:
    return OfferChange(**{"id": id_, "price": "1.00", "currency": "CNY", "as_of": AT, **fields})  # type: ignore[arg-type]


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    return Overlay(tmp_path / "overlay.db")


def test_a_file_that_is_not_there_holds_nothing_and_is_not_made_by_looking(overlay: Overlay, tmp_path: Path) -> None:
    assert (overlay.seq(), overlay.after(0), overlay.rows_of("a")) == (0, [], [])
    overlay.prune(10)
    assert list(tmp_path.iterdir()) == []


def test_rows_keep_their_order_their_sender_and_their_time(overlay: Overlay) -> None:
    assert overlay.append([change("a"), change("b", variant_id="b1")], "erp", AT) == (1, 2)
    assert overlay.append([change("a", price="2.00")], "cli", AT) == (3, 3)
    rows = overlay.after(1)
    assert [(row.seq, row.change.id, row.by, row.received_at) for row in rows] == [
        (2, "b", "erp", AT),
        (3, "a", "cli", AT),
    ]
    assert [row.seq for row in overlay.rows_of("a")] == [1, 3]
    assert rows[0].change == change("b", variant_id="b1")


def test_a_number_is_never_given_twice(overlay: Overlay, tmp_path: Path) -> None:
    overlay.append([change()] * 3, "erp", AT)
    overlay.prune(3)
    assert (overlay.seq(), overlay.after(0)) == (3, [])
    assert overlay.append([change()], "erp", AT) == (4, 4)
    for file in tmp_path.iterdir():
        file.unlink()
    assert overlay.append([change()], "erp", AT, above=4) == (5, 5)


def test_another_process_sees_a_row_as_soon_as_it_is_acknowledged(overlay: Overlay, tmp_path: Path) -> None:
    overlay.append([change()], "erp", AT)
    reader = """if True:
        import sys
        from pathlib import Path
        from index.overlay import Overlay
        print(Overlay(Path(sys.argv[1])).seq())
    """
    command = [sys.executable, "-c", reader, str(tmp_path / "overlay.db")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"


@pytest.mark.parametrize(
    "content", [b"this is no database, but long enough to have a header" * 40, b"SQLite format 3\0" + b"\1" * 5000]
)
def test_a_damaged_file_is_an_error_for_readers_and_writers(overlay: Overlay, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "overlay.db").write_bytes(content)
    for use in (overlay.seq, lambda: overlay.after(0), lambda: overlay.append([change()], "erp", AT)):
        with pytest.raises(StorageError, match="the offers are what they were"):
            use()
    assert (tmp_path / "overlay.db").read_bytes() == content


def test_a_row_nobody_can_read_is_an_error_not_a_gap(overlay: Overlay, tmp_path: Path) -> None:
    overlay.append([change()], "erp", AT)
    with sqlite3.connect(tmp_path / "overlay.db") as connection:
        connection.execute("UPDATE change SET body = '{'")
    connection.close()
    with pytest.raises(StorageError):
        overlay.after(0)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE change SET body = replace(body, '1.00', '9.00') WHERE seq = 2",
        "UPDATE change SET received_at = '2000-01-01' WHERE seq = 2",
        "DELETE FROM change WHERE seq = 2",
        "DELETE FROM change WHERE seq = 3",
    ],
)
def test_another_price_or_a_missing_row_is_an_error(overlay: Overlay, tmp_path: Path, damage: str) -> None:
    overlay.append([change()] * 3, "erp", AT)
    with sqlite3.connect(tmp_path / "overlay.db") as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(StorageError, match=r"checksum|missing"):
        overlay.after(0)


def test_tables_that_are_gone_are_an_error_and_not_made_anew(overlay: Overlay, tmp_path: Path) -> None:
    overlay.append([change()], "erp", AT)
    overlay.close()
    path = tmp_path / "overlay.db"
    content = bytearray(path.read_bytes())
    content[103:105] = b"\0\0"  # cells of the page that lists the tables
    path.write_bytes(content)
    for use in (lambda: overlay.after(0), lambda: overlay.append([change()], "erp", AT)):
        with pytest.raises(StorageError, match="tables are gone"):
            use()


def test_a_schema_that_is_no_text_is_an_error_too(overlay: Overlay, tmp_path: Path) -> None:
    overlay.append([change()], "erp", AT)
    overlay.close()
    path = tmp_path / "overlay.db"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE change", b"CREATE T\xe1BLE change"))
    with pytest.raises(StorageError):
        overlay.after(0)


def test_a_batch_that_does_not_fit_on_the_disk_leaves_no_row(overlay: Overlay, tmp_path: Path) -> None:
    overlay.append([change()], "erp", AT)
    overlay.close()
    code = """if True:
        import resource, signal, sys
        from pathlib import Path
        from index.changes import OfferChange
        from index.errors import StorageError
        from index.overlay import Overlay
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails as it does on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        overlay = Overlay(Path(sys.argv[1]))
        try:
            overlay.append([OfferChange(id="x" * 500, stock=1)] * 500, "erp", "now")
        except StorageError as error:
            print("refused", overlay.seq())
    """
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "overlay.db")], capture_output=True, text=True, check=True
    )
    assert found.stdout == "refused 1\n"
    assert overlay.append([change()], "erp", AT) == (2, 2)


def test_writers_in_several_processes_wait_for_each_other(overlay: Overlay, tmp_path: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from index.changes import OfferChange
        from index.overlay import Overlay
        overlay = Overlay(Path(sys.argv[1]))
        for _ in range(20):
            first, last = overlay.append([OfferChange(id=sys.argv[2], stock=1)] * 5, sys.argv[2], "now")
            assert last == first + 4
    """
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "overlay.db"), name])
        for name in ("one", "two", "three")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    rows = overlay.after(0)
    assert [row.seq for row in rows] == list(range(1, 301))
    batches = [{row.by for row in rows[at : at + 5]} for at in range(0, 300, 5)]
    assert all(len(batch) == 1 for batch in batches)


def test_who_looks_while_the_file_is_made_neither_locks_nor_is_locked_out(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from index.overlay import Overlay
        print("looking", flush=True)
        for folder in sys.argv[1:]:
            overlay = Overlay(Path(folder) / "overlay.db")
            while not overlay.seq():
                pass
    """
    folders = [tmp_path / str(n) for n in range(100)]
    for folder in folders:
        folder.mkdir()
    command = [sys.executable, "-c", code, *map(str, folders)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        for folder in folders:
            assert Overlay(folder / "overlay.db").append([change()], "erp", AT) == (1, 1)
        assert reader.wait(60) == 0
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_writer_that_is_killed_leaves_whole_batches(overlay: Overlay, tmp_path: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from index.changes import OfferChange
        from index.overlay import Overlay
        overlay = Overlay(Path(sys.argv[1]))
        while True:
            print(overlay.append([OfferChange(id="a", stock=1)] * 7, "erp", "now")[1], flush=True)
    """
    command = [sys.executable, "-c", code, str(tmp_path / "overlay.db")]
    acknowledged = 0
    for _ in range(3):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(5):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        acknowledged = int((writer.communicate()[0].split() or [acknowledged])[-1])
        assert overlay.seq() >= acknowledged
        assert len(overlay.after(0)) % 7 == 0
