"""Switching the live snapshot, and forgetting the oldest ones. Whoever calls holds the lock of the data directory."""

import time

from index import audit, history
from index.atomic import remove_folder, rename, touch, write_text
from index.layout import Layout

_SPARED_SECONDS = 600
"""A snapshot that was live so recently may still be read by a worker."""


def activate(layout: Layout, name: str, *, by: str, damaged: bool = False) -> None:
    """Make `name` the live snapshot, write that down, remove snapshots that nobody needs.

    Two stay: the live one and the one to go back to, which is the one that was live before unless it is `damaged`.
    """
    before = layout.live()
    earlier = [other for other in history.lived(layout) if other != name and not (damaged and other == before)]
    _switch(layout, [*earlier, name], "activate", by)


def go_back(layout: Layout, name: str, *, by: str) -> None:
    """Make an earlier live snapshot live again; what was live after it is taken back and no longer gone back to."""
    stack = history.lived(layout)
    _switch(layout, stack[: stack.index(name) + 1], "rollback", by)


def refuse(layout: Layout, name: str, *, by: str, why: str) -> None:
    """Write down that a new snapshot is not switched to. It stays to be looked at, until another is refused."""
    audit.record(layout.audit, "refuse", by=by, snapshot=name, why=why)
    live = layout.live()
    _retire(layout, {name, live, _previous(layout, live, None)})


def _switch(layout: Layout, stack: list[str], event: str, by: str) -> None:
    """Make the stack's top the live snapshot. CURRENT goes first: what follows is repaired by the next switch."""
    if found := history.interrupted(layout):
        audit.record(layout.audit, "found", by="a switch that was cut off", **{"from": found[0], "to": found[1]})
    before, name = layout.live(), stack[-1]
    if before != name:
        write_text(layout.current, name + "\n")
        audit.record(layout.audit, event, by=by, **{"from": before, "to": name})
    history.write(layout, stack)
    if before and before != name and layout.snapshot(before).is_dir():
        touch(layout.snapshot(before))  # its time of retirement
    _retire(layout, {name, _previous(layout, name, before)})


def _previous(layout: Layout, live: str | None, before: str | None) -> str | None:
    """The snapshot to keep beside the live one: the one to go back to, else the newest that was not live."""
    others = [name for name in layout.names() if name not in {live, before}]
    return next(iter([*history.earlier(layout), *reversed(others)]), None)


def _retire(layout: Layout, kept: set[str | None]) -> None:
    for name in layout.names():
        folder = layout.snapshot(name)
        if name not in kept and time.time() - folder.stat().st_mtime > _SPARED_SECONDS:
            doomed = folder.with_name(name + ".tmp")  # a half-removed snapshot must not look like one
            rename(folder, doomed)
            remove_folder(doomed)
