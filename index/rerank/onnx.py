"""The reader as an int8 ONNX model: some milliseconds a text on a CPU, no torch."""

from pathlib import Path
from typing import Any

import numpy as np

from catalog.errors import MissingExtraError
from index.errors import ModelError

_QUESTION, _TEXT = 40, 72
"""Tokens kept of each, as in training."""
_START, _END = 0, 2
"""Marks of the encoder's vocabulary."""
_BATCH = 8


class OnnxReranker:
    """Judges texts of one length together."""

    def __init__(self, model: Path, tokenizer: Path, threads: int) -> None:
        """Load both files.

        Raises:
            ModelError: a file is missing or damaged.
            MissingExtraError: onnxruntime is not installed.
        """
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtraError("onnxruntime", "embed") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # both libraries raise types of their own, the second a bare Exception
            raise ModelError(f"{model.parent} is damaged: remove it and run `guide-index models fetch`") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """Log-odds that each text answers the question."""
        asked = [_START, *self._ids(f"query: {question}")[:_QUESTION], _END, _END]
        rows = [[*asked, *self._ids(f"passage: {text}")[:_TEXT], _END] for text in texts]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        found = [0.0] * len(rows)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            for row, score in zip(batch, self._run([rows[row] for row in batch]), strict=True):
                found[row] = score
        return found

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _run(self, rows: list[list[int]]) -> list[float]:
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), np.int64)
        mask = np.zeros((len(rows), width), np.int32)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row
            mask[at, : len(row)] = 1
        scores: list[float] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0][:, 0].tolist()
        return scores
