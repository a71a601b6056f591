"""The int8 ONNX encoder: quick on a CPU, ready in well under a second, no torch."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.errors import MissingExtraError
from index.encoders import Vectors
from index.errors import ModelError

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
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtraError("onnxruntime", "embed") from error
        model = folder / "model.int8.onnx"
        if not model.is_file():
            raise ModelError(f"{folder} holds no model.int8.onnx: run `guide-index models fetch`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise types of their own, the second a bare Exception
            raise ModelError(f"{folder} is damaged: remove it and run `guide-index models fetch` ({error})") from error
        self._tokenizer.no_padding()
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

        def run(rows: list[int]) -> None:
            vectors[rows] = self._run([tokens[row] for row in rows])

        if len(batches) == 1:
            run(batches[0])
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(run, batches))
        return vectors

    def _run(self, tokens: list[list[int]]) -> npt.NDArray[np.float32]:
        width = max(map(len, tokens))
        ids = np.zeros((len(tokens), width), np.int64)
        mask = np.zeros((len(tokens), width), np.int32)
        for row, sequence in enumerate(tokens):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        vectors: npt.NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors
