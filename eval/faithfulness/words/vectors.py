"""Word vectors without a model: the input embeddings of all-MiniLM-L6-v2, reduced to 64 dimensions.

They know that `pleased` is near `happy`, not what a word means in its place. A word outside the vocabulary is the
mean of the word pieces it is made of.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"


class Vectors(NamedTuple):
    """Piece -> row; pieces inside a word carry `##`. Rows are unit length, those of common words come first."""

    rows: dict[str, int]
    matrix: Floats

    def of(self, words: list[str]) -> Floats:
        """(words, 64) unit vectors of lower-case words; a word that cannot be spelt is all zeros."""
        found = np.stack([self._one(word) for word in words]) if words else np.zeros((0, self.matrix.shape[1]), "f4")
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6), np.float32)

    def rank(self, word: str) -> int:
        """How far down the list of words by frequency it stands; its length for a word that is not in it."""
        return self.rows.get(word, len(self.rows))

    def _one(self, word: str) -> Floats:
        pieces = self._pieces(word)
        return np.asarray(self.matrix[pieces].mean(axis=0) if pieces else np.zeros(self.matrix.shape[1]), np.float32)

    def _pieces(self, word: str) -> list[int]:
        """Greedy, longest piece first, as WordPiece cuts."""
        found: list[int] = []
        at = 0
        while at < len(word):
            lead = "##" if at else ""
            ends = range(len(word), at, -1)
            end = next((end for end in ends if lead + word[at:end] in self.rows), None)
            if end is None:
                return found
            found.append(self.rows[lead + word[at:end]])
            at = end
        return found


@cache
def load() -> Vectors:
    """The shipped vectors (`weights/vectors.npz`)."""
    with np.load(WEIGHTS / "vectors.npz") as file:
        pieces = file["pieces"].tobytes().decode("ascii").split("\n")
        matrix = file["matrix"].astype(np.float32)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    return Vectors({piece: at for at, piece in enumerate(pieces)}, matrix)
