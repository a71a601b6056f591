"""Switching the live snapshot, and forgetting the oldest ones."""

import json
import shutil
import time
from datetime import UTC, datetime

from index.atomic import write_text
from index.layout import Layout

_SPARED_SECONDS = 600
"""A snapshot that was live so recently may still be read by a worker."""


def activate(layout: Layout, name: str, *, by: str, damaged: bool = False) -> None:
    """Make `name` the live snapshot, write that down, remove snapshots that nobody needs.

    Two stay: the live one and the one to go back to, which is the one that was live before unless it is `damaged`.
    """
    before = layout.live()
    write_text(layout.current, name + "\n")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    line = {"at": now, "event": "activate", "from": before, "to": name, "by": by}
    with layout.audit.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(line) + "\n")
    if before and before != name and layout.snapshot(before).is_dir():
        layout.snapshot(before).touch()  # its time of retirement
    _retire(layout, {name, _previous(layout, name, None if damaged else before, before)})


def _previous(layout: Layout, live: str, sound: str | None, before: str | None) -> str | None:
    if sound not in {None, live}:
        return sound
    others = [name for name in layout.names() if name not in {live, before}]
    return others[-1] if others else None


def _retire(layout: Layout, kept: set[str | None]) -> None:
    for name in layout.names():
        folder = layout.snapshot(name)
        if name not in kept and time.time() - folder.stat().st_mtime > _SPARED_SECONDS:
            doomed = folder.with_name(name + ".tmp")  # a half-removed snapshot must not look like one
            folder.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
