"""What the checker has to beat: shared words, and the cosine of all-MiniLM-L6-v2."""

import re
from collections.abc import Sequence

import numpy as np

from eval.commands import ClaimRow

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def word_overlap(row: ClaimRow) -> float:
    """Share of the response's words (lower case, each occurrence) that stand anywhere in the evidence."""
    known = {word for text in row.evidence for word in _WORD.findall(text.lower())}
    said = _WORD.findall(row.response.lower())
    return sum(word in known for word in said) / len(said) if said else 0.0


class Cosine:
    """The best cosine of the whole response with a sentence of the evidence, or with the evidence as a whole."""

    def __init__(self) -> None:
        from index import models

        models.fetch("minilm")
        self._encoder = models.load("minilm", 1)
        self._known: dict[tuple[str, ...], np.ndarray] = {}

    def scores(self, rows: Sequence[ClaimRow]) -> list[float]:
        """One cosine a row."""
        responses = self._encoder.passages([row.response for row in rows])
        return [
            float((self._evidence(tuple(row.evidence)) @ said).max()) for row, said in zip(rows, responses, strict=True)
        ]

    def _evidence(self, evidence: tuple[str, ...]) -> np.ndarray:
        if evidence not in self._known:
            sentences = [part for text in evidence for part in _SENTENCE.split(text) if part.strip()]
            self._known[evidence] = self._encoder.passages([*evidence, *sentences])
        return self._known[evidence]
