"""How likely a statement is borne out by some texts: as likely as its least supported word, or more if it is copied."""

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
from eval.text.tokens import stem

COPIED_FROM = 0.8
COPIED_WORTH = 12.0
"""From this share of content words in one sentence of the evidence on a statement counts as copied; what its log-odds
gain for each further whole. Chosen on SummEdits (unseen domains), QAGS xsum, HaluEval dialogue and made-up edits."""


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
    """What a statement gains because one sentence of the evidence holds (nearly) all its content words."""
    asked = _asked(words)
    holds = np.zeros((len(asked), len(evidence.starts)), bool)
    for row, at in enumerate(asked):
        places = evidence.positions.get(stem(words.words[at].lower()))
        if places is not None:
            holds[row, evidence.sentence[places]] = True
    return COPIED_WORTH * max(0.0, float(holds.mean(axis=0).max()) - COPIED_FROM)


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
