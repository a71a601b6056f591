"""Random damage to the files of a snapshot and to the overlay: told, never served.

A snapshot is damaged in one way at a time and mended again, so ten thousand ways take minutes. Each must be refused
before a file is loaded; of some the whole shop is opened, which must then serve the older snapshot and say why.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import msgspec

from bench.crash.shop import FIRST_RUG, RUGS
from bench.crash.works import Bench
from index import manifest
from index.api import open as open_store
from index.errors import SnapshotCorruptError, SnapshotError, SnapshotMissingError, StorageError
from index.layout import Layout
from index.overlay import Overlay


class Damaged(msgspec.Struct):
    """What became of so many ways of damage."""

    tried: int = 0
    refused: int = 0
    opened: int = 0
    """Tries after which the shop was opened too."""
    harmless: int = 0
    """Of the overlay: tries after which all that was read was true."""
    ways: Counter[str] = msgspec.field(default_factory=Counter)
    wrong: list[str] = []


def flip(path: Path, dice: random.Random) -> None:
    """Turn one bit."""
    content = bytearray(path.read_bytes())
    at = dice.randrange(len(content))
    content[at] ^= 1 << dice.randrange(8)
    path.write_bytes(content)


def overwrite(path: Path, dice: random.Random) -> None:
    """Other bytes in the place of some."""
    content = bytearray(path.read_bytes())
    at, size = dice.randrange(len(content)), dice.randint(1, 64)
    content[at : at + size] = dice.randbytes(len(content[at : at + size]))
    path.write_bytes(content)


def blank(path: Path, dice: random.Random) -> None:
    """Zeros from somewhere on, as a file has that was not written to its end."""
    content = path.read_bytes()
    at = dice.randrange(len(content))
    path.write_bytes(content[:at] + bytes(len(content) - at))


def cut(path: Path, dice: random.Random) -> None:
    """Without its end."""
    content = path.read_bytes()
    path.write_bytes(content[: dice.randrange(len(content))])


def grow(path: Path, dice: random.Random) -> None:
    """With something behind its end."""
    path.write_bytes(path.read_bytes() + dice.randbytes(dice.randint(1, 64)))


def splice(path: Path, dice: random.Random) -> None:
    """A piece of it, or of a file beside it, put in elsewhere."""
    other = dice.choice([file for file in path.parent.iterdir() if file.is_file()]).read_bytes() or b"\0"
    content, start, at = path.read_bytes(), dice.randrange(len(other)), dice.randrange(path.stat().st_size)
    path.write_bytes(content[:at] + other[start : start + dice.randint(1, 256)] + content[at:])


def omit(path: Path, dice: random.Random) -> None:
    """Without a piece from its middle."""
    content = path.read_bytes()
    at = dice.randrange(len(content))
    path.write_bytes(content[:at] + content[at + dice.randint(1, 256) :])


def delete(path: Path, _: random.Random) -> None:
    """Gone."""
    path.unlink()


def rename(path: Path, dice: random.Random) -> None:
    """Under another name, sometimes that of a file beside it."""
    others = [file.name for file in path.parent.iterdir() if file.is_file() and file != path]
    path.replace(path.with_name(dice.choice([*others, path.name + ".bak", path.name.upper()])))


def add(path: Path, dice: random.Random) -> None:
    """A file that nobody wrote."""
    path.with_name(f"extra-{dice.randrange(1000)}.npy").write_bytes(dice.randbytes(16))


Way: TypeAlias = Callable[[Path, random.Random], None]
CONTENT: tuple[Way, ...] = (flip, overwrite, blank, cut, grow, splice, omit)
WHOLE: tuple[Way, ...] = (delete, rename, add)


def damage_snapshots(scratch: Path, times: int, opened: int, seed: int = 1) -> Damaged:
    """Damage the live snapshot in `times` ways; `opened` of the tries open the whole shop."""
    bench = Bench(scratch / "damaged", scratch)
    bench.build()
    bench.do(bench.next_offers()[0])
    older = bench.build().snapshot
    live = bench.build().snapshot
    folder, whole = bench.layout.snapshot(live), scratch / "whole"
    shutil.copytree(folder, whole)
    files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
    found, dice = Damaged(), random.Random(seed)
    for at in range(times):
        file, way = dice.choice(files), dice.choice(CONTENT * 2 + WHOLE)
        empty = not (whole / file).stat().st_size
        if empty and way in CONTENT:
            way = grow
        before = _files(folder)
        way(folder / file, dice)
        if _same(folder, whole, file) and _files(folder) == before:
            continue  # random bytes were what had been there
        found.tried += 1
        found.ways[way.__name__] += 1
        _judge(bench.layout, (older, live), found, f"{way.__name__} {file}", open_too=at * opened // times)
        _mend(folder, whole, files)
    manifest.verify(folder)
    return found


def _judge(layout: Layout, names: tuple[str, str], found: Damaged, what: str, *, open_too: int) -> None:
    older, live = names
    try:
        manifest.verify(layout.snapshot(live))
        found.wrong.append(f"{what}: not noticed")
    except (SnapshotCorruptError, SnapshotMissingError):
        found.refused += 1
    except Exception as error:
        found.wrong.append(f"{what}: {error!r}")
    if open_too == found.opened:
        return
    found.opened = open_too
    try:
        store = open_store(layout.root)
        if store.view(_now()).snapshot != older or not store.refused or "older_snapshot" not in store.degraded:
            found.wrong.append(f"{what}: served {store.view(_now()).snapshot}, refused: {store.refused}")
        store.close()
    except SnapshotError as error:
        found.wrong.append(f"{what}: nothing served: {error}")


def _now() -> datetime:
    return datetime.now(UTC)


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _same(folder: Path, whole: Path, file: Path) -> bool:
    return (folder / file).exists() and (folder / file).read_bytes() == (whole / file).read_bytes()


def _mend(folder: Path, whole: Path, files: list[Path]) -> None:
    """Put back what is not as it was; sizes and contents are compared, for damage may touch two files."""
    for path in _files(folder) - {folder / file for file in files}:
        path.unlink()
    for file in files:
        if not _same(folder, whole, file):
            shutil.copyfile(whole / file, folder / file)


def damage_overlay(scratch: Path, times: int, seed: int = 2) -> Damaged:
    """Damage an overlay of many batches: a shop opened on it has the true prices, or the snapshot's and says so."""
    bench = Bench(scratch / "overlaid", scratch)
    bench.build()
    for _ in range(12):
        bench.do(bench.next_offers()[0])
    path = bench.layout.overlay
    whole, rows = path.read_bytes(), _rows(path)
    found, dice = Damaged(), random.Random(seed)
    for _ in range(times):
        _damage_overlay(path, whole, dice, found)
        try:
            if _rows(path) == rows:
                found.harmless += 1
            else:
                found.wrong.append(f"{list(found.ways)}: other rows without an error")
        except StorageError:
            found.refused += 1
            if found.refused % 20 == 1:
                found.opened += 1
                _open_without_overlay(bench, found)
    return found


def _damage_overlay(path: Path, whole: bytes, dice: random.Random, found: Damaged) -> None:
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(whole)
    way = dice.choice(CONTENT)
    way(path, dice)
    found.tried += 1
    found.ways[way.__name__] += 1


def _rows(path: Path) -> list[object]:
    overlay = Overlay(path)
    try:
        return [*overlay.after(0)]
    finally:
        overlay.close()


def _open_without_overlay(bench: Bench, found: Damaged) -> None:
    store = open_store(bench.data)
    view = store.view(_now())
    prices = {int(offer.price.amount) // 100 for id_ in RUGS if (offer := view.offer(id_))}
    if prices != {FIRST_RUG} or "overlay_unreadable" not in store.degraded:
        found.wrong.append(f"overlay unreadable, prices {prices}, degraded {store.degraded}")
    store.close()
