"""Encoders turn texts into unit vectors; `Encoder` is the seam every one of them fills."""

from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Texts to vectors of unit length, so that an inner product is a cosine."""

    @property
    def id(self) -> str:
        """Stable name, part of file names and of cache keys."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def passages(self, texts: list[str]) -> Vectors:
        """(len(texts), dim) vectors of texts that will be found."""

    def query(self, text: str) -> Vectors:
        """(dim,) vector of a text that searches."""
