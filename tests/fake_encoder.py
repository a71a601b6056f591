"""An encoder without a model: texts that share character pairs point the same way."""

import hashlib

import numpy as np

from index.encoders import Vectors

DIM = 64


class HashEncoder:
    """Deterministic, and counts what it was asked, so that tests can tell encoding from reuse."""

    id = "fake"
    dim = DIM

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: list[str]) -> Vectors:
        self.asked += texts
        return np.stack([_vector(text) for text in texts]) if texts else np.zeros((0, DIM), np.float32)

    def query(self, text: str) -> Vectors:
        return _vector(text)


def _vector(text: str) -> Vectors:
    vector = np.zeros(DIM, np.float32)
    padded = f" {text.casefold()} "
    for at in range(len(padded) - 1):
        digest = hashlib.blake2b(padded[at : at + 2].encode(), digest_size=4).digest()
        vector[digest[0] % DIM] += 1.0 if digest[1] % 2 else -1.0
    vector[0] += 0.5  # so that no text is the null vector
    return vector / np.linalg.norm(vector)
