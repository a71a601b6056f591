"""Evidence texts as arrays: words, stems, sentences, vectors; built once for all statements held against them."""

import itertools
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from eval.faithfulness.words import vectors
from eval.faithfulness.words.kinds import is_negation
from eval.text.tokens import stem

Ints = npt.NDArray[np.int64]

WORD = re.compile(r"[$€£¥]?\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+\w*")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_LONGEST = 40
"""Words after which a sentence without an end is cut: transcripts have few full stops."""


class Evidence(NamedTuple):
    """Some texts. Arrays over running words are `ids` (place in `unique`); sentences begin at `starts`."""

    unique: list[str]
    stems: dict[str, list[int]]
    """Stem -> places in `unique`."""
    vectors: vectors.Floats
    ids: Ints
    starts: Ints
    sentence: Ints
    """Of each running word, the number of its sentence."""
    positions: dict[str, Ints]
    """Stem -> its places among the running words."""
    idf: dict[str, float]
    bigrams: set[tuple[str, str]]
    numbers: dict[float, int]
    negated: npt.NDArray[np.bool_]
    """Whether a sentence holds a negation."""


@lru_cache(maxsize=512)
def read(texts: tuple[str, ...]) -> Evidence | None:
    """The texts as evidence; None if they hold no word."""
    sentences = [words for text in texts for words in _sentences(text)]
    if not sentences:
        return None
    running = [word for words in sentences for word in words]
    unique = list(dict.fromkeys(running))
    place = {word: at for at, word in enumerate(unique)}
    stems: dict[str, list[int]] = {}
    for at, word in enumerate(unique):
        stems.setdefault(stem(word), []).append(at)
    positions: dict[str, list[int]] = {}
    for at, word in enumerate(running):
        positions.setdefault(stem(word), []).append(at)
    lengths = [len(words) for words in sentences]
    return Evidence(
        unique=unique,
        stems=stems,
        vectors=vectors.load().of(unique),
        ids=np.array([place[word] for word in running]),
        starts=np.cumsum([0, *lengths[:-1]]),
        sentence=np.repeat(np.arange(len(sentences)), lengths),
        positions={word: np.array(places) for word, places in positions.items()},
        idf=_idf(sentences),
        bigrams=set(itertools.pairwise(running)),
        numbers=_numbers(running),
        negated=np.array([any(map(is_negation, words)) for words in sentences]),
    )


def number(word: str) -> float | None:
    """The value of a word written in digits: $3,500 is 3500, 20% is 20."""
    digits = re.sub(r"[^\d.]", "", word).strip(".")
    return float(digits) if digits and digits.count(".") < 2 and word[-1:] in "0123456789%" else None


def _sentences(text: str) -> list[list[str]]:
    found = []
    for part in _SENTENCE.split(text):
        words = [word.lower() for word in WORD.findall(part)]
        found += [words[at : at + _LONGEST] for at in range(0, len(words), _LONGEST)]
    return found


def _idf(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for words in sentences:
        for name in {stem(word) for word in words}:
            counts[name] = counts.get(name, 0) + 1
    return {name: math.log((len(sentences) + 1) / (count + 0.5)) for name, count in counts.items()}


def _numbers(words: Sequence[str]) -> dict[float, int]:
    counts: dict[float, int] = {}
    for word in words:
        value = number(word)
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    return counts
