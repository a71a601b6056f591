"""Every step by which the index changes the disk; what replaces a file is either the old or the new, never half.

Pattern of a replacement: write a temporary file in the same folder, fsync it, rename it over the target, fsync the
folder. A crash before the rename leaves the old file and a stray `.tmp`; a crash after it leaves the new file. Builds,
switches and rollbacks write through these functions alone, so a crash test can count the steps and stop at each.
"""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt


def write_text(path: Path, text: str) -> None:
    """Replace the file's content in one step."""
    temporary = path.with_name(path.name + ".tmp")
    write_bytes(temporary, text.encode())
    sync_file(temporary)
    rename(temporary, path)
    sync_folder(path.parent)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that nobody reads before it is synced and renamed."""
    path.write_bytes(content)


def save_array(path: Path, array: npt.NDArray[np.generic]) -> None:
    """Write a `.npy` file that nobody reads before it is synced and renamed."""
    with path.open("wb") as handle:
        # Given a file (or a path) numpy would write past Python, and not notice that the disk is full.
        np.save(SimpleNamespace(write=handle.write), array, allow_pickle=False)


def save_arrays(path: Path, **arrays: npt.NDArray[np.generic]) -> None:
    """Write a `.npz` file that nobody reads before it is synced and renamed."""
    with path.open("wb") as handle:
        np.savez(handle, allow_pickle=False, **arrays)


def append_line(path: Path, line: str) -> None:
    """Add a line to a log and force it to the disk; the half line of a crashed writer is closed first."""
    with path.open("a+b") as handle:
        if size := handle.seek(0, os.SEEK_END):
            handle.seek(size - 1)
            torn = handle.read(1) != b"\n"
        else:
            torn = False
        handle.write((b"\n" if torn else b"") + line.encode() + b"\n")  # one write: lines of two writers do not mix
        handle.flush()
        os.fsync(handle.fileno())


def make_folder(path: Path) -> None:
    """Create a folder and those above it; one that is there is fine."""
    path.mkdir(parents=True, exist_ok=True)


def rename(old: Path, new: Path) -> None:
    """Give a file or folder its name; a file of that name is replaced."""
    old.replace(new)


def remove_file(path: Path) -> None:
    """Take a file away if it is there."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Take a folder away with everything in it; what cannot be removed stays."""
    shutil.rmtree(path, ignore_errors=True)


def touch(path: Path) -> None:
    """Set the time of the last change to now."""
    os.utime(path)


def sync_file(path: Path) -> None:
    """Force a written file to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Force renames within the folder to the disk."""
    sync_file(path)
