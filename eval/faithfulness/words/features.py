"""Features of each word of a statement against its evidence, for the trained model; `NAMES` is their order."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from eval.faithfulness.words import vectors
from eval.faithfulness.words.evidence import WORD, Evidence, number
from eval.faithfulness.words.kinds import CLASS_OF, denied_forms, is_negation, opposites
from eval.text.tokens import stem
from eval.text.wordlists import ENGLISH_STOP

Floats = vectors.Floats

NAMES = (
    "number", "capital", "stop", "negation", "length", "rank", "ending", "class", "place",
    "exact", "stem", "prefix", "near", "idf", "opposite_anywhere", "class_others", "same_number", "other_numbers",
    "context", "in_best", "near_in_best", "in_best_three", "opposite_in_best", "class_in_best", "number_in_best",
    "negation_differs", "context_with_word", "context_lost", "rest_of_best",
    "to_left", "to_right", "bigram_left", "bigram_right", "in_order", "left_found", "right_found",
    "coverage", "content_words", "evidence_words", "unfound", "near_used", "near_others",
)  # fmt: skip
_ENDINGS = ("ing", "ed", "ly", "tion", "est", "er", "s")
_FAR = 30.0
_SIMILAR = 0.6
"""How much of a match a near word is, beside the word itself."""


class Said(NamedTuple):
    """A statement's words with where they stand, and which of them say something (no function words)."""

    words: list[str]
    spans: list[tuple[int, int]]
    content: npt.NDArray[np.bool_]


def said(text: str) -> Said:
    """The words of a statement, as written."""
    matches = list(WORD.finditer(text))
    words = [match[0] for match in matches]
    content = [word.lower() not in ENGLISH_STOP or is_negation(word.lower()) for word in words]
    return Said(words, [match.span() for match in matches], np.array(content, bool))


def features(said: Said, evidence: Evidence) -> Floats:
    """(words, len(NAMES)) numbers."""
    low = [word.lower() for word in said.words]
    stems = [stem(word) for word in low]
    met = _Met(low, stems, said, evidence)
    rows = [
        _word(at, said.words[at], met) + met.anywhere(at) + met.in_context(at) + met.beside(at)
        for at in range(len(low))
    ]
    whole = met.whole()
    used = [met.near_used(at) for at in range(len(low))]
    return np.array([row + whole + more for row, more in zip(rows, used, strict=True)], np.float32)


def _word(at: int, word: str, met: "_Met") -> list[float]:
    low = met.low[at]
    ending = next((n for n, end in enumerate(_ENDINGS, 1) if low.endswith(end)), 0)
    rank = math.log1p(vectors.load().rank(low))
    first = float(word[0].isupper() and at > 0)
    return [
        float(number(low) is not None), first, float(not met.said.content[at]), float(is_negation(low)),
        float(len(low)), rank, float(ending), float(CLASS_OF.get(low, 0)), at / max(1, len(met.low) - 1),
    ]  # fmt: skip


class _Met:
    """What a statement's words meet in the evidence."""

    def __init__(self, low: list[str], stems: list[str], said: Said, evidence: Evidence) -> None:
        self.low, self.stems, self.said, self.evidence = low, stems, said, evidence
        self.content = [at for at in range(len(low)) if said.content[at]]
        near = vectors.load().of(low) @ evidence.vectors.T
        self.same = np.zeros(near.shape, bool)
        for at, name in enumerate(stems):
            self.same[at, evidence.stems.get(name, [])] = True
        self.near = np.where(self.same, -1.0, near)
        match = np.maximum(self.same.astype(np.float32), _SIMILAR * np.clip(near, 0, 1))
        self.by_sentence = np.maximum.reduceat(match[:, evidence.ids], evidence.starts, axis=1)
        self.near_by_sentence = np.maximum.reduceat(self.near[:, evidence.ids], evidence.starts, axis=1)
        self.has = np.maximum.reduceat(self.same[:, evidence.ids], evidence.starts, axis=1)
        self.context = self._contexts()
        self.found: npt.NDArray[np.bool_] = np.asarray(self.same.any(axis=1), bool)

    def _contexts(self) -> Floats:
        """(words, sentences): how much of a word's neighbourhood a sentence holds, nearer words counting more."""
        places = np.arange(len(self.low))
        weights = 1.0 / (1.0 + np.abs(places[:, None] - places[None, :]))
        weights[:, ~self.said.content] = 0.02
        np.fill_diagonal(weights, 0.0)
        idf = np.array([self.evidence.idf.get(name, 1.0) for name in self.stems])
        weights *= np.clip(idf, 0.2, None)[None, :]
        return np.asarray(weights @ self.by_sentence / np.maximum(weights.sum(axis=1, keepdims=True), 1e-6), np.float32)

    def anywhere(self, at: int) -> list[float]:
        """Matches with any word of the evidence."""
        low, evidence = self.low[at], self.evidence
        value = number(low)
        denied = opposites(low) | denied_forms(low)
        places = {stem(word) for word in denied}
        group = CLASS_OF.get(low, 0)
        others = sum(CLASS_OF.get(word, 0) == group and word != low for word in evidence.unique) if group else 0
        return [
            float(low in evidence.unique), float(self.found[at]), 0.0 if self.found[at] else self._prefix(low),
            float(self.near[at].max()), evidence.idf.get(self.stems[at], math.log(len(evidence.starts) + 1) + 1),
            float(any(name in evidence.stems for name in places)), float(min(others, 4)),
            -1.0 if value is None else float(value in evidence.numbers), math.log1p(len(evidence.numbers)),
        ]  # fmt: skip

    def _prefix(self, low: str) -> float:
        """The longest beginning shared with a word of the evidence, as a share of the longer word."""
        best = 0.0
        for word in self.evidence.unique:
            if word[0] != low[0]:
                continue
            shared = next(
                (n for n, (a, b) in enumerate(zip(low, word, strict=False)) if a != b), min(len(low), len(word))
            )
            best = max(best, shared / max(len(low), len(word)))
        return best

    def in_context(self, at: int) -> list[float]:
        """The sentence that holds most of the word's neighbourhood: does it hold the word, or what denies it?"""
        scores = self.context[at]
        top = np.argsort(-scores)[:3]
        best = int(top[0])
        words = self._words(best)
        low = self.low[at]
        denied = {stem(word) for word in opposites(low) | denied_forms(low)}
        group = CLASS_OF.get(low, 0)
        values = {value for word in words if (value := number(word)) is not None}
        mine = number(low)
        holding = scores[self.has[at]]
        with_word = float(holding.max()) if holding.size else -1.0
        own_negation = any(is_negation(self.low[near]) for near in range(max(0, at - 4), min(len(self.low), at + 5)))
        rest = {stem(word) for word in words if word not in ENGLISH_STOP} - set(self.stems)
        return [
            float(scores[best]), float(self.has[at, best]), float(self.near_by_sentence[at, best]),
            float(self.has[at, top].any()), float(any(stem(word) in denied for word in words)),
            float(bool(group) and any(CLASS_OF.get(word, 0) == group and word != low for word in words)),
            -1.0 if mine is None else float(mine in values) + 2.0 * bool(values),
            float(own_negation != bool(self.evidence.negated[best])), with_word,
            float(scores[best]) - with_word if holding.size else 2.0, len(rest) / max(1, len(words)),
        ]  # fmt: skip

    def beside(self, at: int) -> list[float]:
        """Whether the words beside it stand beside it in the evidence too, and in this order."""
        left = max((near for near in self.content if near < at), default=None)
        right = min((near for near in self.content if near > at), default=None)
        to_left, order = self._distance(at, left)
        to_right, _ = self._distance(right, at) if right is not None else (_FAR + 2, 0.0)
        bigrams = self.evidence.bigrams
        return [
            to_left, to_right,
            float(at > 0 and (self.low[at - 1], self.low[at]) in bigrams),
            float(at + 1 < len(self.low) and (self.low[at], self.low[at + 1]) in bigrams),
            order, float(left is not None and self.found[left]), float(right is not None and self.found[right]),
        ]  # fmt: skip

    def _distance(self, at: int | None, before: int | None) -> tuple[float, float]:
        """(fewest words between two stems in the evidence, 1 if they stand in the statement's order there, else -1)."""
        if at is None or before is None:
            return _FAR + 2, 0.0
        here = self.evidence.positions.get(self.stems[at])
        there = self.evidence.positions.get(self.stems[before])
        if here is None or there is None:
            return _FAR + 1, 0.0
        apart = here[:, None] - there[None, :]
        least = np.abs(apart).min()
        return min(float(least), _FAR), 1.0 if (apart == least).any() else -1.0

    def whole(self) -> list[float]:
        """Of the statement and the evidence as wholes."""
        covered = self.found[self.content]
        return [
            float(covered.mean()) if len(covered) else 1.0, float(len(self.content)),
            math.log1p(len(self.evidence.ids)), float((~covered).sum()),
        ]  # fmt: skip

    def near_used(self, at: int) -> list[float]:
        """Whether the nearest other word of the evidence is said elsewhere too; how near the next one is."""
        order = np.argsort(-self.near[at])[:2]
        nearest = self.evidence.unique[int(order[0])]
        following = float(self.near[at, order[1]]) if len(order) > 1 else -1.0
        return [float(stem(nearest) in self.stems), following]

    def _words(self, sentence: int) -> list[str]:
        start = int(self.evidence.starts[sentence])
        after = int(self.evidence.starts[sentence + 1]) if sentence + 1 < len(self.evidence.starts) else None
        return [self.evidence.unique[at] for at in self.evidence.ids[start:after]]
