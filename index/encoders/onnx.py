"""The int8 ONNX encoder: quick on a CPU, ready in well under a second, no torch."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from index.encoders import Vectors
from index.encoders.session import open_model, run

# Texts of one batch share its padding; small batches of one length keep the activations in the cache of a core.
_BATCH = 8


class OnnxEncoder:
    """Encodes with as many single-threaded runs side by side as there are threads.

    Side by side beats one run over many threads because no layer waits for another thread (docs/design/encoders.md).
    """

    def __init__(
        self, encoder_id: str, folder: Path, *, query: str, passage: str, threads: int, max_tokens: int
    ) -> None:
        """`query` and `passage` are the prefixes the model was trained with.

        Raises:
            ModelError: the folder lacks the model or the tokenizer.
            MissingExtraError: onnxruntime is not installed.
        """
        self._session, self._tokenizer = open_model(folder / "model.int8.onnx", folder / "tokenizer.json", 1)
        self._tokenizer.enable_truncation(max_tokens)
        self._prefixes = (query, passage)
        self._threads = threads
        self._id = encoder_id
        self._dim = int(self._session.get_outputs()[0].shape[1])

    @property
    def id(self) -> str:
        """Stable name, part of file names and of cache keys."""
        return self._id

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    def passages(self, texts: list[str]) -> Vectors:
        """(len(texts), dim) unit vectors; equal texts are encoded once."""
        distinct = list(dict.fromkeys(texts))
        place = {text: row for row, text in enumerate(distinct)}
        encoded = self._encode([self._prefixes[1] + text for text in distinct])
        return encoded if len(distinct) == len(texts) else encoded[[place[text] for text in texts]]

    def query(self, text: str) -> Vectors:
        """(dim,) unit vector."""
        vector: Vectors = self._encode([self._prefixes[0] + text])[0]
        return vector

    def _encode(self, texts: list[str]) -> Vectors:
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        vectors = np.empty((len(texts), self._dim), np.float32)
        order = sorted(range(len(texts)), key=lambda row: -len(tokens[row]))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]

        def encode(rows: list[int]) -> None:
            vectors[rows] = run(self._session, [tokens[row] for row in rows])

        if len(batches) == 1:
            encode(batches[0])
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(encode, batches))
        return vectors
