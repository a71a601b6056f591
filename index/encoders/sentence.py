"""Any sentence-transformers model: a hub name or a local folder. Prompts come from the model's own configuration."""

from typing import Any

import numpy as np

from catalog.errors import MissingExtraError
from index.encoders import Vectors
from index.errors import ModelError


class SentenceTransformerEncoder:
    """The general path: slower than the int8 one, but takes any model."""

    def __init__(self, name: str, *, threads: int, max_tokens: int) -> None:
        """`name` is a hub name or a folder.

        Raises:
            ModelError: the model cannot be loaded.
            MissingExtraError: sentence-transformers is not installed.
        """
        try:
            import torch
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError("sentence-transformers", "embed") from error
        torch.set_num_threads(threads)
        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError) as error:
            first = str(error).splitlines()[0]
            raise ModelError(f"cannot load the model {name!r} (a hub name or a model folder): {first}") from error
        self._model.max_seq_length = min(self._model.max_seq_length or max_tokens, max_tokens)
        self._name = name

    @property
    def id(self) -> str:
        """The last part of the name, part of file names and of cache keys."""
        return self._name.rstrip("/").rsplit("/", 1)[-1]

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def passages(self, texts: list[str]) -> Vectors:
        """(len(texts), dim) unit vectors."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return _unit(self._model.encode_document(texts, batch_size=32, show_progress_bar=False))

    def query(self, text: str) -> Vectors:
        """(dim,) unit vector."""
        vector: Vectors = _unit(self._model.encode_query([text], show_progress_bar=False))[0]
        return vector


def _unit(vectors: Any) -> Vectors:
    array = np.asarray(vectors, np.float32)
    unit: Vectors = array / np.maximum(np.linalg.norm(array, axis=1, keepdims=True), 1e-12)
    return unit
