"""What changed between two snapshots: records added, removed and changed, field by field.

Records stand in one order in every snapshot, so both files are read side by side, a line of each at a time; memory
grows with what changed and is asked for, not with the catalog.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias

import msgspec

from catalog import model
from catalog.model import Record
from index import base, history, manifest
from index.errors import SnapshotMissingError
from index.layout import Layout
from index.merge import place

What: TypeAlias = Literal["added", "removed", "changed"]
STAMPS = {"source", "updated_at"}
"""Fields that say where and when a record came from, and nothing that a shopper sees."""


class FieldChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field's value before and after; None where there was none. `path` goes into objects: `offer.price`."""

    path: str
    old: Any
    new: Any
    variant: str = ""
    """Id of the variant whose field it is; "" for the record's own."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One record that differs."""

    what: What
    type: str
    id: str
    title: str = ""
    """What people call it: its title or question."""
    fields: list[FieldChange] = []
    """Of a changed record."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """How much changed between two snapshots, and the first rows of it."""

    before: str
    after: str
    records: dict[str, dict[str, int]]
    """Type -> added, removed, changed -> records."""
    fields: dict[str, dict[str, int]]
    """Type -> path -> changed records that differ there, commonest first."""
    rows: list[Change]
    total: int
    """Records that differ; `rows` may hold fewer."""
    stamps: int
    """Of these, the records that differ only in `source` or `updated_at`; they are not among the rows."""


def compare(data: Path, before: str, after: str, rows: int) -> Summary:
    """Compare two snapshots, each by name, `live`, or `previous` (where a rollback would go).

    Args:
        data: the data directory.
        before: the older one, as a rule.
        after: the newer one.
        rows: how many differing records to keep.

    Raises:
        SnapshotMissingError: one of them is not there.
        SnapshotCorruptError: the records of one of them are damaged.
    """
    layout = Layout(data)
    old, new = resolve(layout, before), resolve(layout, after)
    records: dict[str, Counter[str]] = {}
    fields: dict[str, Counter[str]] = {}
    kept: list[Change] = []
    stamps = 0
    for change in changes(layout.snapshot(old), layout.snapshot(new)):
        records.setdefault(change.type, Counter())[change.what] += 1
        if change.fields:
            fields.setdefault(change.type, Counter()).update(sorted({field.path for field in change.fields}))
        if change.fields and {field.path for field in change.fields} <= STAMPS:
            stamps += 1
        elif len(kept) < rows:
            kept.append(change)
    counted = {kind: dict(counts.most_common()) for kind, counts in fields.items()}
    total = sum(counts.total() for counts in records.values())
    return Summary(
        before=old, after=new, records={kind: dict(counts) for kind, counts in records.items()},
        fields=counted, rows=kept, total=total, stamps=stamps,
    )  # fmt: skip


def resolve(layout: Layout, name: str) -> str:
    """The snapshot that `live`, `previous` or a name stands for.

    Raises:
        SnapshotMissingError: there is none.
    """
    if name == "live":
        found = layout.live()
    elif name == "previous":
        found = next(iter(history.earlier(layout)), None)
    else:
        found = name if name in layout.names() else None
    if found is None:
        raise SnapshotMissingError(f"no snapshot {name!r} in {layout.root}: see `guide-index status`")
    return found


def changes(before: Path, after: Path) -> Iterator[Change]:
    """Every record that differs between two snapshot folders, in snapshot order.

    Raises:
        SnapshotMissingError: one of them is not there.
        SnapshotCorruptError: the records of one of them are damaged.
    """
    with _opened(before) as old, _opened(after) as new:
        yield from between(old, new)


def between(before: Iterator[bytes], after: Iterator[bytes]) -> Iterator[Change]:
    """Every record that differs between two streams of canonical lines in snapshot order."""
    old, new = _Cursor(before), _Cursor(after)
    while old.line or new.line:
        if old.line == new.line:
            old.step()
            new.step()
        elif not old.line or (new.line and new.at < old.at):
            yield _change("added", new.record)
            new.step()
        elif not new.line or old.at < new.at:
            yield _change("removed", old.record)
            old.step()
        else:
            yield _change("changed", new.record, list(_fields(old.record, new.record)))
            old.step()
            new.step()


def _opened(folder: Path) -> BinaryIO:
    manifest.verify(folder, only=base.RECORDS)
    return (folder / base.RECORDS).open("rb")


class _Cursor:
    """One stream of records, a line at a time; a line is decoded only when it differs from the other stream's."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.step()

    def step(self) -> None:
        self.line = next(self._lines, b"")
        self._record: Record | None = None

    @property
    def record(self) -> Record:
        if self._record is None:
            self._record = model.decode(self.line)
        return self._record

    @property
    def at(self) -> tuple[int, str]:
        return place(self.record)


def _change(what: What, record: Record, fields: list[FieldChange] | None = None) -> Change:
    title = getattr(record, "title", getattr(record, "question", ""))
    return Change(what=what, type=model.type_name(record), id=record.id, title=title, fields=fields or [])


def _fields(old: Record, new: Record) -> Iterator[FieldChange]:
    before, after = dict(_leaves(old)), dict(_leaves(new))
    for at in sorted(before.keys() | after.keys()):
        if before.get(at) != after.get(at):
            path, variant = at
            yield FieldChange(path, before.get(at), after.get(at), variant)


def _leaves(record: Record) -> Iterator[tuple[tuple[str, str], Any]]:
    """((path, variant id or ""), value) of everything in a record."""
    fields: dict[str, Any] = msgspec.to_builtins(record)
    variants = fields.pop("variants", [])
    for path, value in _flat("", fields):
        yield (path, ""), value
    for variant in variants:
        for path, value in _flat("variants.", variant):
            yield (path, variant["id"]), value


def _flat(prefix: str, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Objects are gone into, lists stay whole."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield prefix + name, value
