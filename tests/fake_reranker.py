"""A reranker without a model: the more words a text shares with the question, the likelier it answers."""


class WordReranker:
    """Deterministic, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def scores(self, question: str, texts: list[str]) -> list[float]:
        self.asked += texts
        words = set(question.split())
        return [len(words & set(text.split())) - 1.0 for text in texts]
