"""A data directory opened for serving: the live snapshot, the encoder when it is warm, a view for every answer."""

import threading
from datetime import datetime
from pathlib import Path

from index import history, models
from index.encoders import Encoder
from index.encoders.worker import QueryWorker
from index.errors import ModelError, SnapshotCorruptError, SnapshotError, SnapshotMissingError
from index.layout import Layout
from index.manifest import EncoderEntry
from index.rank import QueryEncoder
from index.snapshot import Snapshot
from index.view import View


class Store:
    """Opens at once with words only; `warm` adds the encoder."""

    def __init__(self, data: Path, snapshot: str | None = None) -> None:
        """Open the live snapshot, or the newest sound one before it if it is damaged.

        Raises:
            SnapshotMissingError: nothing was built, or the named snapshot does not exist.
            SnapshotCorruptError: the named snapshot is damaged, or no sound one is left.
        """
        self._layout = Layout(data)
        self._refused: str | None = None
        self._snapshot = self._open(snapshot)
        self._encoder: QueryEncoder | None = None
        self._encoder_state = "encoder_loading" if self._snapshot.manifest.encoders else "no_vectors"
        self._lock = threading.Lock()

    def _open(self, wanted: str | None) -> Snapshot:
        if wanted is not None:
            return Snapshot(self._layout.snapshot(wanted))
        live = self._layout.live()
        if live is None:
            raise SnapshotMissingError(
                f"{self._layout.root} holds no snapshot yet: run `guide-index build FEED --data {self._layout.root}`"
            )
        try:
            return Snapshot(self._layout.snapshot(live))
        except SnapshotError as error:
            self._refused = str(error)
            return self._older(error)

    def _older(self, cause: Exception) -> Snapshot:
        for name in history.earlier(self._layout):
            try:
                return Snapshot(self._layout.snapshot(name))
            except SnapshotError:
                continue
        raise SnapshotCorruptError(f"{cause}; no sound snapshot is left: build again") from cause

    @property
    def refused(self) -> str | None:
        """Why the live snapshot is not the one served, or None."""
        return self._refused

    @property
    def degraded(self) -> list[str]:
        """What is missing for full service: encoder_loading, encoder_missing, no_vectors, older_snapshot."""
        reasons = [] if self._encoder is not None else [self._encoder_state]
        return reasons + (["older_snapshot"] if self._refused else [])

    def warm(self, threads: int = 1) -> None:
        """Load the encoder and run it once; blocks. Without its weights the store stays lexical."""
        entries = self._snapshot.manifest.encoders
        with self._lock:
            if not entries or self._encoder is not None:
                return
            entry = entries[0]
            try:
                worker = QueryWorker(_load(entry, threads))
            except (ModelError, ImportError):
                self._encoder_state = "encoder_missing"
                return
            worker.query("warm up")
            self._encoder = QueryEncoder(worker, models.blends(entry.name))

    def view(self, now: datetime) -> View:
        """The live data at a moment; an answer keeps one view throughout."""
        return View(self._snapshot, now, self._encoder, self.degraded)

    def close(self) -> None:
        """End the encoder's thread."""
        if self._encoder is not None:
            self._encoder.worker.close()
            self._encoder = None
            self._encoder_state = "closed"


def _load(entry: EncoderEntry, threads: int) -> Encoder:
    if models.fingerprint(entry.name) != entry.sha256:
        raise ModelError(f"{entry.name!r} is not the model that made the vectors: build again")
    return models.load(entry.name, threads)
