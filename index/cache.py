"""Vectors by content hash, so that an unchanged text is never encoded twice, not even after a crash.

Each encoder has a folder of shards, pairs of arrays (hashes, vectors) written in one step each. A build appends shards
while it encodes and, once its snapshot stands, replaces them by one.
"""

import hashlib
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.atomic import make_folder, remove_file, rename, save_arrays, sync_file, sync_folder

Vectors = npt.NDArray[np.float32]


def text_hash(text: str) -> bytes:
    """16 bytes that stand for a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class VectorCache:
    """The shards of one encoder; the fingerprint of its weights is part of the folder's name."""

    def __init__(self, root: Path, encoder_id: str, fingerprint: str, dim: int) -> None:
        """Read what is there; a shard that cannot be read is removed and its texts are encoded again."""
        self._folder = root / f"{encoder_id}-{fingerprint[:12]}"
        self._dim = dim
        self._known: dict[bytes, tuple[Vectors, int]] = {}
        self._lent = False
        for path in self._shards():
            self._read(path)

    def _shards(self) -> list[Path]:
        return sorted(self._folder.glob("*.npz"))

    def _read(self, path: Path) -> None:
        try:
            with path.open("rb") as handle, np.load(handle, allow_pickle=False) as shard:
                hashes, vectors = shard["hashes"], shard["vectors"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            remove_file(path)
            return
        if vectors.shape != (len(hashes), self._dim):
            remove_file(path)
            return
        for row, digest in enumerate(hashes):
            self._known[digest.tobytes()] = (vectors, row)

    def get(self, digest: bytes) -> Vectors | None:
        """(dim,) vector of a hashed text, or None."""
        found = self._known.get(digest)
        return None if found is None else found[0][found[1]]

    def lend(self, hashes: npt.NDArray[np.uint64], vectors: Vectors) -> None:
        """Also know the vectors of a snapshot: (n, 2) hashes and (n, dim) vectors. `compact` keeps those in use."""
        for row, digest in enumerate(hashes):
            self._known.setdefault(digest.tobytes(), (vectors, row))
        self._lent = True

    def add(self, digests: list[bytes], vectors: Vectors) -> None:
        """Keep new vectors, durably."""
        self._write(digests, vectors)
        for row, digest in enumerate(digests):
            self._known[digest] = (vectors, row)

    def compact(self, digests: list[bytes], vectors: Vectors) -> None:
        """Keep exactly these, in one shard; the old shards go only once it is on the disk."""
        old = self._shards()
        if len(old) <= 1 and not self._lent and self._known.keys() == set(digests):
            return
        place = {digest: row for row, digest in enumerate(digests)}
        self._write(list(place), vectors[list(place.values())])
        for path in old:
            remove_file(path)
        sync_folder(self._folder)

    def _write(self, digests: list[bytes], vectors: Vectors) -> None:
        """Append a shard. Its number follows the highest one: a gap must not lead to a name that is taken."""
        make_folder(self._folder)
        shards = self._shards()
        number = int(shards[-1].stem) + 1 if shards else 0
        temporary = self._folder / "new.part"
        save_arrays(temporary, hashes=np.array(digests, "V16"), vectors=vectors.reshape(-1, self._dim))
        sync_file(temporary)
        rename(temporary, self._folder / f"{number:06d}.npz")
        sync_folder(self._folder)
