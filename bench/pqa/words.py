"""Words: BM25 over labelled candidates, and SQuAD's token F1."""

import math
import re
import string
from collections import Counter

_WORD = re.compile(r"[a-z0-9]+")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_MARKS = str.maketrans("", "", string.punctuation + "“”‘’—")
_K1, _B = 1.2, 0.75


class Bm25:
    """BM25 (k1 1.2, b .75, lower-cased words) with the rarity of words among all texts it was given."""

    def __init__(self, texts: list[str]) -> None:
        counts = Counter(word for text in texts for word in set(_words(text)))
        self._rarity = {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in counts.items()}
        self._mean = sum(len(_words(text)) for text in texts) / len(texts)

    def best(self, question: str, texts: list[str]) -> int:
        """The place of the best text; the first of equals."""
        scores = [self._score(_words(question), _words(text)) for text in texts]
        return scores.index(max(scores))

    def _score(self, asked: list[str], words: list[str]) -> float:
        counts = Counter(words)
        norm = _K1 * (1 - _B + _B * len(words) / self._mean)
        return sum(self._rarity.get(word, 0.0) * counts[word] * (_K1 + 1) / (counts[word] + norm) for word in asked)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def token_f1(said: str, references: list[str]) -> float:
    """SQuAD's F1 of bags of words without articles and marks: the best over the references."""
    return max((_f1(_bag(said), _bag(reference)) for reference in references), default=0.0)


def _bag(text: str) -> Counter[str]:
    return Counter(_ARTICLE.sub(" ", text.lower().translate(_MARKS)).split())


def _f1(one: Counter[str], other: Counter[str]) -> float:
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0
