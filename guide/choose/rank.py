"""How well a statement answers a question: shared words weighed by their rarity, and nearness in meaning.

Cosines of a small encoder live in a narrow band that shifts with language and subject, so a statement counts by how
far it stands above the background: the lower quartile of all statements of the same thing.
"""

import re

import numpy as np

from catalog.language import detect
from catalog.text import fold
from guide.evidence import Statement
from index.api import View, tokens

_SPAN = 0.1
"""A cosine so far above the background counts in full (docs/design/answering.md)."""
_WORDS = 0.45
"""Share of the words in the score; the rest is meaning."""
_FOREIGN = 0.75
"""What meaning alone counts across languages."""

_PIECE = re.compile(r"[A-Za-z0-9][\w\-+./']*|[\u4e00-\u9fff]+|[^\w\s]")
# What only frames a question; it says nothing about which statement answers it.
_FRAME = re.compile(
    r"多少|什么|怎么样|怎么|如何|哪个|哪些|哪里|能不能|可不可以|是不是|有没有|可以|请问|想问|一下|这款|那款|这个|那个|吗|呢|啊|"
    r"\b(?:how|what|which|does|do|is|are|can|tell|know|about|much|many|say|says|said)\b",
    re.IGNORECASE,
)


def without_names(text: str, names: list[str]) -> str:
    """The question without the words that name the thing; they match everything that is said of it."""
    named = {term for name in names for term in tokens(name)}
    kept = [_unnamed(piece, named) for piece in _PIECE.findall(text)]
    return " ".join(piece for piece in kept if piece) or text


def _unnamed(piece: str, named: set[str]) -> str:
    if piece[0] < "\u4e00":
        terms = tokens(piece)
        return "" if terms and named.issuperset(terms) else piece
    drop = {at + step for at in range(len(piece) - 1) if piece[at : at + 2] in named for step in (0, 1)}
    return "".join(char for at, char in enumerate(piece) if at not in drop)


class Scorer:
    """Scores statements for one question; `names` are the titles of the thing they speak of."""

    def __init__(self, view: View, question: str, pool: str, names: list[str] | None = None) -> None:
        self._view = view
        self._language = detect(question)
        self._question = without_names(question, names) if names else question
        asked = dict.fromkeys(tokens(_FRAME.sub(" ", fold(self._question))))
        self._weights = {term: view.rarity(pool, term) for term in asked}
        self._total = sum(self._weights.values())

    def words(self, text: str) -> float:
        """Share (0-1) of the question's weighed words that the text holds."""
        if not self._total:
            return 0.0
        held = set(tokens(text))
        return sum(weight for term, weight in self._weights.items() if term in held) / self._total

    def score(self, statements: list[Statement], others: list[Statement] | None = None) -> list[float]:
        """0-1 for each statement; `others` are more statements of the same sort, for the background."""
        words = [self.words(statement.text) for statement in statements]
        every = [*statements, *(others or [])]
        cosines = self._view.similarities(self._question, [statement.text for statement in every])
        if cosines is None:
            return words
        backgrounds = _backgrounds(every, cosines)
        return [
            self._blend(word, cosine - backgrounds[s.language], s.language)
            for word, cosine, s in zip(words, cosines[: len(statements)], statements, strict=True)
        ]

    def _blend(self, words: float, above: float, language: str) -> float:
        meaning = min(1.0, max(0.0, above / _SPAN))
        # A statement in another language shares no words with the question; there meaning speaks alone.
        if language != self._language and not words:
            return _FOREIGN * meaning
        return _WORDS * words + (1 - _WORDS) * meaning


def _backgrounds(statements: list[Statement], cosines: list[float]) -> dict[str, float]:
    by_language: dict[str, list[float]] = {}
    for statement, cosine in zip(statements, cosines, strict=True):
        by_language.setdefault(statement.language, []).append(cosine)
    return {language: float(np.percentile(values, 25)) for language, values in by_language.items()}
