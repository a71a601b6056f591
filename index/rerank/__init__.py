"""Rerankers read a question and a text together and say whether the text answers it."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Reranker(Protocol):
    """Slower than comparing vectors, but sees a text that speaks of the matter and leaves out what is asked."""

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """Log-odds that each text answers the question, in the order of the texts."""
