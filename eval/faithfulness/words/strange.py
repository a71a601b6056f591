"""A word the evidence lacks: does it look like another way to say what is there, or like something else?

A logistic model of three things: the word itself (`mentions` and `various` often reword, names and nouns seldom), and
how its vector agrees with and differs from that of the nearest word of the evidence.
"""

from typing import NamedTuple

import numpy as np

from eval.faithfulness.words import vectors
from eval.faithfulness.words.evidence import Evidence
from eval.text.tokens import stem

Floats = vectors.Floats

FOUND = 5.0
"""The log-odds of a word that stands in the evidence: it is not asked of such words."""
_PRODUCT = 4.0
"""Brings products of unit vectors to the scale of the vectors."""


class Strange(NamedTuple):
    """The model: one weight for each column of `pairs`, and a bias."""

    weights: Floats
    bias: float

    def log_odds(self, words: list[str], evidence: Evidence) -> Floats:
        """(words,) log-odds that the evidence says it in other words; `FOUND` for a word (or its stem) it holds."""
        held = np.array([stem(word.lower()) in evidence.stems for word in words])
        odds = pairs(words, evidence) @ self.weights + self.bias
        return np.asarray(np.where(held, FOUND, odds), np.float32)


def pairs(words: list[str], evidence: Evidence) -> Floats:
    """(words, 192): vector, product with and distance from the nearest word of the evidence that is not the word."""
    low = [word.lower() for word in words]
    own = vectors.load().of(low)
    near = own @ evidence.vectors.T
    for at, word in enumerate(low):
        near[at, evidence.stems.get(stem(word), [])] = -1.0
    other = evidence.vectors[near.argmax(axis=1)]
    return np.concatenate([own, own * other * _PRODUCT, np.abs(own - other)], axis=1)
