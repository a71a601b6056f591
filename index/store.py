"""A data directory opened for serving: the live snapshot with live changes, the encoder when it is warm.

Everything an answer uses hangs on one reference, which `refresh` replaces: a view that was given out keeps the old.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from index import history, manifest, models
from index.changes import Change
from index.checks import Checker
from index.dates import iso
from index.encoders import Encoder
from index.encoders.worker import QueryWorker
from index.errors import ModelError, SnapshotCorruptError, SnapshotError, SnapshotMissingError, StorageError
from index.layout import Layout
from index.live import Live
from index.manifest import EncoderEntry
from index.overlay import Overlay
from index.rank import QueryEncoder
from index.receipt import Receipt, Rejection
from index.snapshot import Snapshot
from index.view import View


class _Serving(msgspec.Struct, frozen=True):
    """What is served; replaced as a whole."""

    live: Live
    encoder: QueryEncoder | None = None
    encoder_state: str = "encoder_loading"
    """Why there is no encoder."""


class Store:
    """Opens at once with words only; `warm` adds the encoder, `refresh` what others built or changed since."""

    def __init__(self, data: Path, snapshot: str | None = None) -> None:
        """Open the live snapshot, or the newest sound one before it if it is damaged.

        A named snapshot is served for good; without a name the store follows the live one.

        Raises:
            SnapshotMissingError: nothing was built, or the named snapshot does not exist.
            SnapshotCorruptError: the named snapshot is damaged, or no sound one is left.
        """
        self._layout = Layout(data)
        self._overlay = Overlay(self._layout.overlay)
        self._follows = snapshot is None
        self._refused: str | None = None
        self._looked_at = snapshot or self._layout.live()
        self._overlay_error: str | None = None
        self._threads: int | None = None
        self._retired: QueryEncoder | None = None
        self._following = threading.Lock()
        """Held while a snapshot or an encoder is loaded, for seconds."""
        self._lock = threading.Lock()
        """Held while what is served is replaced, for milliseconds."""
        self._serving = _Serving(Live(self._open(snapshot)))
        self.refresh()

    def _open(self, wanted: str | None) -> Snapshot:
        if wanted is not None:
            return Snapshot(self._layout.snapshot(wanted))
        if self._looked_at is None:
            raise SnapshotMissingError(
                f"{self._layout.root} holds no snapshot yet: run `guide-index build FEED --data {self._layout.root}`"
            )
        try:
            return Snapshot(self._layout.snapshot(self._looked_at))
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
    def overlay_error(self) -> str | None:
        """Why live changes cannot be read, or None."""
        return self._overlay_error

    @property
    def degraded(self) -> list[str]:
        """What full service lacks: encoder_loading, encoder_missing, no_vectors, older_snapshot, overlay_unreadable."""
        return self._degraded(self._serving)

    def _degraded(self, serving: _Serving) -> list[str]:
        reasons = [] if serving.encoder is not None else [_state(serving)]
        reasons += ["older_snapshot"] if self._refused else []
        return reasons + (["overlay_unreadable"] if self._overlay_error else [])

    def warm(self, threads: int = 1) -> None:
        """Load the encoder and run it once; blocks. Without its weights the store stays lexical."""
        with self._following:
            self._threads = threads
            warmed = self._warmed(self._serving.live)
            with self._lock:  # only now: live changes need not wait for a model
                self._serving = msgspec.structs.replace(warmed, live=self._serving.live)

    def _warmed(self, live: Live) -> _Serving:
        """The data with its encoder: the one that runs already if it is the same."""
        entries, before = live.snapshot.manifest.encoders, self._serving
        if self._threads is None or not entries:
            return _Serving(live)
        if before.encoder is not None and _same_encoder(before.live, live):
            return _Serving(live, before.encoder)
        try:
            reranker = models.load_reranker(entries[0].name, self._threads)
            worker = QueryWorker(_load(entries[0], self._threads), reranker)
        except (ModelError, ImportError):
            return _Serving(live, None, "encoder_missing")
        worker.query("warm up")
        return _Serving(live, QueryEncoder(worker, models.blends(entries[0].name)))

    def refresh(self) -> bool:
        """Follow the live snapshot, then the live changes, in the calling thread; true when something is new.

        A snapshot or overlay that cannot be read leaves what is served as it is: see `refused`, `overlay_error`.
        """
        followed, caught_up = self.follow(), self.catch_up()
        return followed or caught_up

    def catch_up(self) -> bool:
        """Apply the live changes that were made since; takes milliseconds."""
        with self._lock:
            before = self._serving
            self._serving = msgspec.structs.replace(before, live=self._caught_up(before.live))
            return self._serving.live is not before.live

    def follow(self, prepare: Callable[[View], None] = lambda _: None) -> bool:
        """Load the snapshot that was built or switched to since, if any; holds up neither views nor `catch_up`.

        Args:
            prepare: gets a view of the new snapshot before it is served; what it raises refuses the snapshot.
        """
        with self._following:
            name = self._layout.live() if self._follows else None
            if name is None or name == self._looked_at:
                return False
            self._looked_at = name
            if name == self._serving.live.snapshot.name:
                self._refused = None
                return False
            try:
                opened = self._warmed(Live(Snapshot(self._layout.snapshot(name))))
                prepare(View(opened.live, datetime.now(UTC), opened.encoder, self._degraded(opened)))
            except Exception as error:  # whatever is wrong with the new one, the old one serves
                self._refused = str(error) or repr(error)
                return False
            self._swap(opened)
            return True

    def _swap(self, opened: _Serving) -> None:
        with self._lock:
            before = self._serving.encoder
            self._serving = msgspec.structs.replace(opened, live=self._caught_up(opened.live))
            self._refused = None
            if before is not None and opened.encoder is not before:
                self._retire(before)

    def _retire(self, encoder: QueryEncoder) -> None:
        """Close an encoder only when the next one retires: views that still use it were given out before the switch."""
        if self._retired is not None:
            self._retired.worker.close()
        self._retired = encoder

    def _caught_up(self, live: Live) -> Live:
        try:
            newer = live.after(self._overlay.after(live.seq))
        except StorageError as error:
            self._overlay_error = str(error)
            return live
        self._overlay_error = None
        return newer

    def append(self, changes: Sequence[Change], by: str) -> Receipt:
        """Check the changes against the shop as it is now and keep those that fit; they hold from the next `refresh`.

        Args:
            changes: in the order in which they are to be applied.
            by: who sent them.

        Raises:
            StorageError: they cannot be written; none was kept.
        """
        now = datetime.now(UTC)
        live = self._serving.live
        checker = Checker(live.after(self._overlay.after(live.seq)), now)
        results = [checker.check(index, change) for index, change in enumerate(changes)]
        fitting = [result for result in results if not isinstance(result, Rejection)]
        rejected = [result for result in results if isinstance(result, Rejection)]
        if not fitting:
            return Receipt(rejected=rejected)
        received_at = iso(int(now.timestamp() * 1000))
        first, last = self._overlay.append(fitting, by, received_at, self._folded_upto())
        return Receipt(first_seq=first, last_seq=last, accepted=len(fitting), rejected=rejected)

    def _folded_upto(self) -> int:
        """The highest number that any snapshot has seen, where the overlay itself does not know it any more."""
        if self._overlay.seq():
            return 0
        return max(manifest.load(self._layout.snapshot(name)).overlay_seq for name in self._layout.names())

    def view(self, now: datetime) -> View:
        """The live data at a moment; an answer keeps one view throughout."""
        serving = self._serving
        return View(serving.live, now, serving.encoder, self._degraded(serving))

    def close(self) -> None:
        """End the encoder's thread and close the overlay."""
        with self._lock:
            self._overlay.close()
            if self._retired is not None:
                self._retired.worker.close()
            if self._serving.encoder is not None:
                self._serving.encoder.worker.close()
                self._serving = _Serving(self._serving.live, None, "closed")


def _state(serving: _Serving) -> str:
    return serving.encoder_state if serving.live.snapshot.manifest.encoders else "no_vectors"


def _same_encoder(one: Live, other: Live) -> bool:
    return one.snapshot.manifest.encoders[:1] == other.snapshot.manifest.encoders[:1]


def _load(entry: EncoderEntry, threads: int) -> Encoder:
    if models.fingerprint(entry.name) != entry.sha256:
        raise ModelError(f"{entry.name!r} is not the model that made the vectors: build again")
    return models.load(entry.name, threads)
