"""Vectors that the live snapshot has and the cache has lost.

The cache follows the last build. When that build was rolled back, or refused before it went live, the cache holds its
texts and not those of the snapshot that serves: the next build takes them from there.
"""

import numpy as np

from index import manifest
from index.cache import VectorCache
from index.errors import SnapshotError
from index.layout import Layout


def lend(layout: Layout, cache: VectorCache, encoder_id: str, fingerprint: str) -> None:
    """Give the cache the live snapshot's vectors, if the same weights made them and they are sound."""
    live = layout.live()
    if live is None:
        return
    folder, name = layout.snapshot(live), f"vectors.{encoder_id}.npy"
    try:
        made_by = {(entry.id, entry.sha256) for entry in manifest.load(folder).encoders}
        if (encoder_id, fingerprint) not in made_by:
            return
        for needed in ("hashes.npy", name):
            manifest.verify(folder, only=needed)
    except SnapshotError:
        return
    cache.lend(np.load(folder / "hashes.npy"), np.load(folder / name, mmap_mode="r"))
