"""The reader as an int8 ONNX model: some milliseconds a text on a CPU, no torch."""

from pathlib import Path

from index.encoders.session import open_model, run

_QUESTION, _TEXT = 40, 72
"""Tokens kept of each: a few more than in training (32 and 56), so that the end of a longer one is read too."""
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
        self._session, self._tokenizer = open_model(model, tokenizer, threads)

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """Log-odds that each text answers the question."""
        asked = [_START, *self._ids(f"query: {question}")[:_QUESTION], _END, _END]
        rows = [[*asked, *self._ids(f"passage: {text}")[:_TEXT], _END] for text in texts]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        found = [0.0] * len(rows)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            for row, score in zip(batch, run(self._session, [rows[row] for row in batch])[:, 0].tolist(), strict=True):
                found[row] = score
        return found

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids
