"""Switching by hand: to a named snapshot, or back to the one before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from index import history, manifest
from index.activate import activate, go_back
from index.errors import SnapshotError, SnapshotMissingError, StorageError, SwitchRefusedError
from index.layout import Layout
from index.lock import exclusive


class Switch(msgspec.Struct, frozen=True, kw_only=True):
    """What a switch did."""

    before: str | None
    live: str
    changed: bool
    skipped: list[str] = []
    """Why earlier snapshots were passed over, a line each."""


def switch_on(data: Path, name: str, *, by: str = "activate") -> Switch:
    """Make the named snapshot live, whichever it is, once every file of it is checked; `by` is the command or the key.

    Raises:
        SnapshotMissingError: there is no such snapshot.
        SnapshotCorruptError: a file of it is damaged.
        BuildRefusedError: a build is at work.
        StorageError: the data directory cannot be written.
    """
    layout = Layout(data)
    _require(layout)
    with _held(layout):
        if name not in layout.names():
            raise SnapshotMissingError(f"no snapshot {name!r} in {data}: see `guide-index status`")
        manifest.verify(layout.snapshot(name))
        before = layout.live()
        activate(layout, name, by=by)
    return Switch(before=before, live=name, changed=before != name)


def roll_back(data: Path) -> Switch:
    """Go back to the nearest sound snapshot that was live before; the one that is live now is taken back for good.

    Going back twice goes back two steps: a rollback never returns to what was rolled back.

    Raises:
        SwitchRefusedError: no earlier snapshot is left, or all are damaged.
        SnapshotMissingError: nothing was built yet.
        BuildRefusedError: a build is at work.
        StorageError: the data directory cannot be written.
    """
    layout = Layout(data)
    _require(layout)
    with _held(layout):
        before, skipped = layout.live(), []
        for name in history.earlier(layout):
            try:
                manifest.verify(layout.snapshot(name))
            except SnapshotError as error:
                skipped.append(str(error))
                continue
            go_back(layout, name, by="rollback")
            return Switch(before=before, live=name, changed=True, skipped=skipped)
    raise SwitchRefusedError(_nowhere(layout, before, skipped))


def _nowhere(layout: Layout, live: str | None, skipped: list[str]) -> str:
    others = [name for name in layout.names() if name != live]
    if skipped:
        return f"every earlier snapshot is damaged ({skipped[0]}); {live!r} stays live"
    advice = f"`guide-index activate {others[-1]}` switches to another one" if others else "there is no other one"
    return f"nothing was live before {live!r}; {advice}"


def _require(layout: Layout) -> None:
    """A mistyped folder must not be created by its lock."""
    if not layout.names():
        raise SnapshotMissingError(f"no snapshot in {layout.root}: run `guide-index build FEED --data {layout.root}`")


@contextmanager
def _held(layout: Layout) -> Iterator[None]:
    try:
        with exclusive(layout.lock):
            yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"{layout.root} cannot be written: {reason}; `guide-index status` says what is live"
        ) from error
