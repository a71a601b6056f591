"""From records to a new snapshot, switched on in one step. A crash at any moment leaves the old one serving."""

import hashlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from catalog import model
from catalog.issues import Issue
from catalog.model import Record
from index import base, folded, manifest, models, overlaid
from index.activate import activate, refuse
from index.atomic import remove_folder, rename
from index.errors import GateRefusedError, StorageError
from index.gate import Gate
from index.idle_sales import idle_sales
from index.layout import Layout
from index.lock import exclusive
from index.merge import Merged, Mode, merge
from index.writer import Content, Progress, Writer

RECIPE = 2
"""Raised when the same records would be cut, tokenised or weighed differently: a build then rebuilds."""


class BuildOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to build."""

    mode: Mode = "replace"
    encoder: str | None = models.DEFAULT
    """Model name, or None for words only."""
    allow_shrink: bool = False
    threads: int = os.cpu_count() or 1


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did; `build --json` prints it."""

    changed: bool
    snapshot: str
    records: int
    passages: int
    encoded: int
    reused: int
    """Passages whose vectors were there already."""
    issues: int
    seconds: float
    orphans: int = 0
    """Reviews and promotions left out because no product of theirs is there."""
    collisions: int = 0
    """Records left out because another source uses their id for another type of record."""
    damage: str = ""
    """What was wrong with the live snapshot, if anything, and what stood in for it."""
    idle_sales: list[Issue] = []
    """Flash sales that change no price of a product they name."""
    gate: str = ""
    """What the gate found before the switch; empty without one."""
    overtaken: int = 0
    """Records left out because what is indexed of them is newer and says something else."""
    taken: dict[str, int] = {}
    """Other source -> its records that are now of this feed's source."""


def build(
    data: Path, new: list[Record], options: BuildOptions, progress: Progress, issues: int = 0, gate: Gate | None = None
) -> BuildReport:
    """Merge `new` into the live records, write a snapshot and switch to it; no change, no new snapshot.

    A snapshot that `gate` refuses is kept and not switched to; one that could not be judged is removed.

    Raises:
        BuildRefusedError: another build is at work, the feed would lose too much, or the gate refuses.
        GateError: the gate could not judge.
        ModelError: the encoder's weights are missing.
        SnapshotCorruptError: no sound records are left to build on.
        StorageError: the disk is full or cannot be written; the message says which snapshot is live.
    """
    began = time.monotonic()
    layout = Layout(data)
    before = layout.live()
    try:
        with exclusive(layout.lock):
            report = _build(layout, new, options, progress, gate)
    except OSError as error:
        reason = error.strerror or str(error)
        live = layout.live()
        fate = "the live snapshot is what it was" if live == before else f"the new snapshot {live!r} is live already"
        raise StorageError(f"{data} cannot be written: {reason}; {fate}") from error
    seconds = round(time.monotonic() - began, 3)
    return msgspec.structs.replace(report, issues=issues + report.collisions, seconds=seconds)


def _build(
    layout: Layout, new: list[Record], options: BuildOptions, progress: Progress, gate: Gate | None
) -> BuildReport:
    before = base.load(layout, start_over=options.allow_shrink)
    pending = overlaid.pending(layout, before)
    merged = merge(
        before.records, new, options.mode, allow_shrink=options.allow_shrink, now=datetime.now(UTC),
        aged=pending.ledger.offers,
    )  # fmt: skip
    content = overlaid.content(merged.records, pending)
    idle = idle_sales(list(content.records))
    digest = _digest(content, options.encoder)
    if before.live is not None and before.live.digest == digest and not pending.rows:
        unchanged = _report(merged, before.live.name, before.live.passages, encoded=0, changed=False)
        return msgspec.structs.replace(unchanged, idle_sales=idle)
    writer = Writer(layout, content, digest, progress)
    name = writer.write(options.encoder, options.threads)
    found = _admitted(layout, gate, name, before.live.name if before.live else None) if gate else ""
    activate(layout, name, by="build", damaged=bool(before.damage))
    overlaid.prune(layout)
    report = _report(merged, name, writer.total, encoded=writer.encoded, changed=True)
    reused = report.reused if options.encoder else 0
    return msgspec.structs.replace(
        report, reused=reused, damage=before.damage or pending.error, gate=found, idle_sales=idle
    )


def _admitted(layout: Layout, gate: Gate, candidate: str, live: str | None) -> str:
    """What the gate found of a candidate that may go live; a damaged live snapshot is no baseline."""
    try:
        return gate(layout, candidate, live)
    except GateRefusedError as refused:
        refuse(layout, candidate, by="gate", why=str(refused))
        raise
    except BaseException:
        doomed = layout.snapshot(f"{candidate}.tmp")  # a half-removed snapshot must not look like one
        rename(layout.snapshot(candidate), doomed)
        remove_folder(doomed)
        raise


def _report(merged: Merged, name: str, passages: int, *, encoded: int, changed: bool) -> BuildReport:
    return BuildReport(
        changed=changed, snapshot=name, records=len(merged.records), passages=passages, encoded=encoded,
        reused=passages - encoded, issues=0, seconds=0.0, orphans=len(merged.orphans),
        collisions=len(merged.collisions), overtaken=merged.overtaken, taken=merged.taken,
    )  # fmt: skip


def _digest(content: Content, encoder: str | None) -> str:
    weights = models.fingerprint(encoder) if encoder else ""
    digest = hashlib.sha256(f"{manifest.SCHEMA} {RECIPE} {encoder} {weights}".encode())
    for record in content.records:
        digest.update(model.encode(record))
    digest.update(folded.encode(content.folded))
    return digest.hexdigest()
