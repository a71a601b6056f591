"""How well a statement answers a question, in log-odds: above 0 it answers more often than not.

First two things speak for a statement: shared words weighed by their rarity, and nearness in meaning. What a cosine is
worth depends on the encoder, on the language and on what is asked, so each known encoder has calibrations, fitted by
logistic regression on the tune and development cases (docs/design/answering.md). Another encoder is judged by how far
a cosine stands above the background of the other statements. Then the best of them are read together with the
question, if there is a reader: it sees that a statement speaks of the matter and leaves out what is asked.
"""

import math
import re

import msgspec
import numpy as np

from catalog.language import detect
from catalog.text import fold
from guide.choose.expected import MISSING, wanting
from guide.evidence import Statement
from index.api import View, tokens


class Calibration(msgspec.Struct, frozen=True):
    """Log-odds = cosine * c + words * w + chinese + foreign + bias."""

    cosine: float
    words: float
    chinese: float
    """Added for a Chinese question: e5 puts Chinese texts nearer to each other."""
    foreign: float
    """Added for a statement in another language than the question, which it shares no words with."""
    bias: float


CALIBRATIONS = {
    ("e5-small", "shop"): Calibration(91.0, 0.0, -3.6, 1.0, -77.5),
    ("e5-small", "product"): Calibration(37.0, 4.4, -1.6, 2.5, -31.6),
}


class Reading(msgspec.Struct, frozen=True):
    """Log-odds = read * reader's log-odds + first * log-odds before reading + bias."""

    read: float
    first: float
    bias: float


READINGS = {
    "shop": Reading(0.6, 0.9, 1.2),
    "product": Reading(0.7, 0.6, 0.5),
}
_READ = 10
"""So many of the best statements are read; the others count as not answering."""

_SPAN = 0.1
_WORDS = 0.45
_EVEN = 0.33
_STEEP = 14.0
"""Without a calibration: words count this share, a cosine counts by its height above the background over `_SPAN`, and
the sum becomes log-odds with `_EVEN` as the point of even odds."""
_ANSWERS = {"faq", "qa"}

_PIECE = re.compile(r"[A-Za-z0-9][\w\-+./']*|[\u4e00-\u9fff]+|[^\w\s]")
# What only frames a question; it says nothing about which statement answers it.
_FRAME = re.compile(
    r"多少|什么|怎么样|怎么|如何|哪个|哪些|哪里|能不能|可不可以|是不是|有没有|可以|请问|想问|一下|这款|那款|这个|那个|吗|呢|啊|"
    r"\b(?:how|what|which|does|do|is|are|can|tell|know|about|much|many|say|says|said|sell)\b",
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
        self._pool = pool
        self._language = detect(question)
        self.question = without_names(question, names) if names else question
        """What is compared: the question without those names."""
        asked = dict.fromkeys(tokens(_FRAME.sub(" ", fold(self.question))))
        self._weights = {term: view.rarity(pool, term) for term in asked}
        self._total = sum(self._weights.values())

    def words(self, text: str) -> float:
        """Share (0-1) of the question's weighed words that the text holds."""
        if not self._total:
            return 0.0
        held = set(tokens(text))
        return sum(weight for term, weight in self._weights.items() if term in held) / self._total

    def score(self, statements: list[Statement], others: list[Statement] | None = None) -> list[float]:
        """Log-odds for each statement; `others` are more statements of the same sort, for the background."""
        texts = [statement.text for statement in statements]
        lacking = wanting(self.question, texts, names=self._pool == "product")
        return [odds - MISSING * lack for odds, lack in zip(self._judged(statements, others), lacking, strict=True)]

    def _judged(self, statements: list[Statement], others: list[Statement] | None) -> list[float]:
        first = self._first(statements, others)
        best = sorted(range(len(first)), key=lambda at: -first[at])[:_READ]
        read = self._view.answers(self.question, [statements[at].text for at in best])
        if read is None:
            return first
        reading = READINGS[self._pool]
        odds = {
            at: reading.read * r + reading.first * first[at] + reading.bias for at, r in zip(best, read, strict=True)
        }
        worst = min(odds.values())
        return [odds.get(at, min(value, worst)) for at, value in enumerate(first)]

    def _first(self, statements: list[Statement], others: list[Statement] | None) -> list[float]:
        words = [self.words(statement.text) for statement in statements]
        every = [*statements, *(others or [])]
        cosines = self._nearness(every)
        if cosines is None:
            return [_STEEP * (word - _EVEN) for word in words]
        calibration = CALIBRATIONS.get((self._view.encoder, self._pool))
        if calibration is None:
            return self._above_background(every, cosines, words)
        return [
            self._odds(calibration, word, cosine, statement)
            for word, cosine, statement in zip(words, cosines[: len(statements)], statements, strict=True)
        ]

    def _odds(self, c: Calibration, words: float, cosine: float, statement: Statement) -> float:
        chinese = c.chinese if self._language == "zh" else 0.0
        foreign = c.foreign if statement.language != self._language and not words else 0.0
        return c.cosine * cosine + c.words * words + chinese + foreign + c.bias

    def _nearness(self, statements: list[Statement]) -> list[float] | None:
        """Cosine of the question with each statement, or with the question it answers if that is nearer."""
        nearest = self._view.similarities(self.question, [statement.text for statement in statements])
        answers = [at for at, statement in enumerate(statements) if statement.source in _ANSWERS]
        heads = self._view.similarities(self.question, [statements[at].label for at in answers])
        if nearest is not None and heads is not None:
            for at, head in zip(answers, heads, strict=True):
                nearest[at] = max(nearest[at], head)
        return nearest

    def _above_background(self, statements: list[Statement], cosines: list[float], words: list[float]) -> list[float]:
        backgrounds = _backgrounds(statements, cosines)
        meaning = [
            min(1.0, max(0.0, (cosine - backgrounds[s.language]) / _SPAN))
            for s, cosine in zip(statements, cosines, strict=True)
        ]
        return [
            _STEEP * (_WORDS * word + (1 - _WORDS) * near - _EVEN) for word, near in zip(words, meaning, strict=False)
        ]


def probability(odds: float) -> float:
    """Log-odds as 0-1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _backgrounds(statements: list[Statement], cosines: list[float]) -> dict[str, float]:
    """The lower quartile of each language's cosines."""
    by_language: dict[str, list[float]] = {}
    for statement, cosine in zip(statements, cosines, strict=True):
        by_language.setdefault(statement.language, []).append(cosine)
    return {language: float(np.percentile(values, 25)) for language, values in by_language.items()}
