"""What snapshots there are, told from their manifests: quick, without reading the files."""

from datetime import datetime
from pathlib import Path

import msgspec

from index import history, manifest
from index.errors import SnapshotError
from index.layout import Layout
from index.manifest import Manifest


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One snapshot; with `damage`, what else it holds may be unknown."""

    name: str
    role: str = ""
    """live; previous (where a rollback goes); earlier (was live before); empty for one that a switch must name."""
    created_at: str = ""
    age_seconds: int = 0
    bytes: int = 0
    records: int = 0
    passages: int = 0
    sources: dict[str, int] = {}
    """Records a source."""
    encoders: list[str] = []
    overlay_seq: int = 0
    """Live changes up to this number are in the snapshot."""
    damage: str = ""
    """What a look at names and sizes finds wrong; `verify` compares contents."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A data directory's snapshots, oldest first."""

    live: str | None
    previous: str | None
    snapshots: list[Row]
    damage: str = ""
    """Set when CURRENT names a snapshot that is not there."""


def status(data: Path, now: datetime) -> Status:
    """Look at every snapshot."""
    layout = Layout(data)
    live, names, earlier = layout.live(), layout.names(), history.earlier(layout)
    roles = (
        dict.fromkeys(earlier, "earlier") | dict.fromkeys(earlier[:1], "previous") | ({live: "live"} if live else {})
    )
    return Status(
        live=live,
        previous=next(iter(earlier), None),
        snapshots=[_row(layout, name, roles.get(name, ""), now) for name in names],
        damage=f"CURRENT names {live!r}, which is not there" if live and live not in names else "",
    )


def _row(layout: Layout, name: str, role: str, now: datetime) -> Row:
    folder = layout.snapshot(name)
    try:
        found = manifest.load(folder)
    except SnapshotError as error:
        return Row(name=name, role=role, damage=str(error))
    return Row(
        name=name, role=role, created_at=found.created_at,
        age_seconds=int((now - datetime.fromisoformat(found.created_at)).total_seconds()),
        bytes=sum(entry.size for entry in found.files.values()), records=found.records, passages=found.passages,
        sources=found.sources, encoders=[entry.id for entry in found.encoders], overlay_seq=found.overlay_seq,
        damage=_damage(folder, found),
    )  # fmt: skip


def _damage(folder: Path, found: Manifest) -> str:
    for name, entry in found.files.items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if path.stat().st_size != entry.size:
            return f"{name} has {path.stat().st_size} bytes instead of {entry.size}"
    return ""
