"""Switching the live snapshot, and forgetting the oldest ones."""

import json
import shutil
import time
from datetime import UTC, datetime

from index.atomic import write_text
from index.layout import Layout

KEPT = 2
"""Snapshots that stay: the live one and the one to go back to."""
_SPARED_SECONDS = 600
"""A snapshot that was live so recently may still be read by a worker."""


def activate(layout: Layout, name: str, *, by: str) -> None:
    """Make `name` the live snapshot, write that down, remove snapshots that nobody needs."""
    before = layout.live()
    write_text(layout.current, name + "\n")
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": "activate", "from": before, "to": name, "by": by}
    with layout.audit.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(line) + "\n")
    if before and before != name and layout.snapshot(before).is_dir():
        layout.snapshot(before).touch()  # its time of retirement
    _retire(layout, name, before)


def _retire(layout: Layout, live: str, before: str | None) -> None:
    keep = {live, before}
    others = [name for name in reversed(layout.names()) if name not in keep]
    for name in others[max(0, KEPT - len(keep - {None})) :]:
        folder = layout.snapshot(name)
        if time.time() - folder.stat().st_mtime > _SPARED_SECONDS:
            shutil.rmtree(folder)
