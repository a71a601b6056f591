"""Where everything lies below the data directory."""

from pathlib import Path

import msgspec


class Layout(msgspec.Struct, frozen=True):
    """Paths of one data directory."""

    root: Path

    @property
    def current(self) -> Path:
        """One line: the name of the live snapshot."""
        return self.root / "CURRENT"

    @property
    def history(self) -> Path:
        """Names of the snapshots that were live, a line each; `index.history` reads it."""
        return self.root / "HISTORY"

    @property
    def snapshots(self) -> Path:
        """One folder a snapshot."""
        return self.root / "snapshots"

    @property
    def cache(self) -> Path:
        """Vectors by content hash, one folder an encoder."""
        return self.root / "cache"

    @property
    def lock(self) -> Path:
        """Held by the one build or switch at work."""
        return self.root / "build.lock"

    @property
    def audit(self) -> Path:
        """Every switch, key and batch of offers, a JSON line each."""
        return self.root / "audit.jsonl"

    @property
    def overlay(self) -> Path:
        """Live changes of offers and promotions; `index.overlay` reads it."""
        return self.root / "overlay.db"

    def snapshot(self, name: str) -> Path:
        """Folder of a snapshot."""
        return self.snapshots / name

    def live(self) -> str | None:
        """Name of the live snapshot, or None before the first build."""
        try:
            return self.current.read_text("utf-8", errors="replace").strip() or None
        except (FileNotFoundError, NotADirectoryError):  # the second is told by whoever writes next
            return None

    def names(self) -> list[str]:
        """Snapshots with a manifest, oldest first (names begin with their build time)."""
        if not self.snapshots.is_dir():
            return []
        return sorted(
            path.parent.name for path in self.snapshots.glob("*/manifest.json") if path.parent.suffix != ".tmp"
        )
