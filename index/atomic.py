"""Files that are either the old or the new, never half.

Pattern: write a temporary file in the same folder, fsync it, rename it over the target, fsync the folder. A crash
before the rename leaves the old file and a stray `.tmp`; a crash after it leaves the new file.
"""

import os
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Replace the file's content in one step."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


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
