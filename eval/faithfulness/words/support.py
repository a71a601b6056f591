"""How likely a statement is borne out by some texts: as likely as its least supported word, or more if it is copied."""

import itertools
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from eval.faithfulness.words import trees
from eval.faithfulness.words.evidence import Evidence, read
from eval.faithfulness.words.features import Said, features, said
from eval.faithfulness.words.strange import Strange
from eval.faithfulness.words.vectors import WEIGHTS, Floats
from eval.text.sequences import longest_common
from eval.text.tokens import stem

COPIED_FROM = 0.9
COPIED_WORTH = 20.0
"""From this share of its words in one sentence of the evidence, in order, on a statement counts as copied; what its
log-odds gain for each further whole. Chosen on SummEdits (not sales_email), QAGS xsum, HaluEval dialogue and made-up
edits."""


class Model(NamedTuple):
    """The trained parts; the last two turn the log-odds of the least supported word into those of the statement."""

    strange: Strange
    trees: trees.Trees
    slope: float
    bias: float


class Support(NamedTuple):
    """`probability` 0-1, from .5 on the statement counts as supported; its least supported word and where it stands."""

    probability: float
    word: str
    start: int
    end: int


def support(text: str, evidence: Sequence[str]) -> Support | None:
    """What the model says of an English statement; None where the statement or the evidence has no words."""
    known, words = read(tuple(evidence)), said(text)
    if known is None or not words.words:
        return None
    model = load()
    odds = model.trees.log_odds(table(words, known, model.strange))
    asked = _asked(words)
    least = int(asked[int(np.argmin(odds[asked]))])
    log_odds = model.slope * (float(odds[least]) + copied(words, known)) + model.bias
    return Support(1 / (1 + float(np.exp(-log_odds))), words.words[least], *words.spans[least])


def table(words: Said, evidence: Evidence, strange: Strange) -> Floats:
    """What the trees read: the features of each word, and what `strange` says of it."""
    return np.concatenate([features(words, evidence), strange.log_odds(words.words, evidence)[:, None]], axis=1)


def copied(words: Said, evidence: Evidence) -> float:
    """What a statement gains because one sentence of the evidence holds (nearly) all its words, in their order.

    The order is what tells a shortened sentence from the beginning of one joined to the end of another.
    """
    stems = [stem(word.lower()) for word in words.words]
    running = [stem(evidence.unique[at]) for at in evidence.ids]
    bounds = [*evidence.starts.tolist(), len(running)]
    sentences = (running[start:end] for start, end in itertools.pairwise(bounds))
    needed = COPIED_FROM * len(stems)
    near = [sentence for sentence in sentences if sum(map(set(sentence).__contains__, stems)) > needed]
    share = max((longest_common(stems, sentence) for sentence in near), default=0) / len(stems)
    return COPIED_WORTH * max(0.0, share - COPIED_FROM)


def _asked(words: Said) -> npt.NDArray[np.intp]:
    """The content words, or all where there are none."""
    return np.flatnonzero(words.content) if words.content.any() else np.arange(len(words.words))


@cache
def load() -> Model:
    """The shipped model (`weights/support.npz` and `weights/trees.npz`)."""
    with np.load(WEIGHTS / "support.npz") as file:
        strange = Strange(file["strange"].astype(np.float32), float(file["strange_bias"]))
        slope, bias = float(file["slope"]), float(file["bias"])
    return Model(strange, trees.load(WEIGHTS / "trees.npz"), slope, bias)
