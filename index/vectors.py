"""Exact nearest passages with FAISS, the filter applied inside the search.

Flat inner product is exact and, up to a million passages, quick enough that an approximate index would only lose
recall. A mask over passages goes into the search as a bitmap; when it lets few pass, scoring just those rows with
numpy is quicker. Both paths give the same result (tests/contract/test_vectors.py).
"""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from catalog.errors import MissingExtraError

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

SPARSE = 0.05
"""Below this share of passing rows numpy scores them directly."""


class VectorIndex(Protocol):
    """Nearest rows to a unit vector."""

    def nearest(self, vector: Floats, k: int, mask: Mask | None) -> tuple[Ints, Floats]:
        """Up to k passing rows and their cosines, best first; `mask` is (rows,) or None for all."""

    def cosines(self, vector: Floats, rows: Ints) -> Floats:
        """Cosines of given rows."""


class FlatIndex:
    """FAISS IndexFlatIP over an array of unit vectors."""

    def __init__(self, vectors: Floats) -> None:
        """`vectors` is (rows, dim) and stays shared with numpy's path.

        Raises:
            MissingExtraError: faiss is not installed.
        """
        try:
            import faiss
        except ImportError as error:
            raise MissingExtraError("faiss", "cpu") from error
        self._faiss: Any = faiss
        self._vectors = vectors
        self._index: Any = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors, np.float32))

    def nearest(self, vector: Floats, k: int, mask: Mask | None) -> tuple[Ints, Floats]:
        """Up to k passing rows and their cosines, best first."""
        if mask is not None and mask.mean() < SPARSE:
            return self._few(vector, k, np.flatnonzero(mask))
        return self._scan(vector, k, mask)

    def cosines(self, vector: Floats, rows: Ints) -> Floats:
        """Cosines of given rows."""
        result: Floats = self._vectors[rows] @ vector
        return result

    def _few(self, vector: Floats, k: int, rows: Ints) -> tuple[Ints, Floats]:
        cosines = self.cosines(vector, rows)
        best = np.argsort(-cosines, kind="stable")[:k]
        return rows[best], cosines[best]

    def _scan(self, vector: Floats, k: int, mask: Mask | None) -> tuple[Ints, Floats]:
        parameters = None
        if mask is not None:
            packed = np.packbits(mask, bitorder="little")
            selector = self._faiss.IDSelectorBitmap(len(mask), self._faiss.swig_ptr(packed))
            parameters = self._faiss.SearchParameters(sel=selector)
        cosines, rows = self._index.search(vector[None, :], min(k, self._index.ntotal), params=parameters)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]
