"""Labelled rows as tables of words: what is read of each, whether an edit put it there, whether it may stand there."""

import difflib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bench.faithfulness.sets import Labelled
from eval.faithfulness.segments import split
from eval.faithfulness.words.evidence import WORD, read
from eval.faithfulness.words.features import NAMES, features, said
from eval.faithfulness.words.strange import pairs
from eval.faithfulness.words.support import copied


class Row(NamedTuple):
    """One response; arrays over its words, and the least any of its statements gains by being copied."""

    supported: bool
    features: np.ndarray
    pairs: np.ndarray
    content: np.ndarray
    found: np.ndarray
    edited: np.ndarray
    copied: float

    @property
    def right(self) -> np.ndarray:
        """1 for each word that may stand there: all but those an edit put into an unsupported response."""
        return np.ones(len(self.edited)) if self.supported else 1.0 - self.edited


def rows(labelled: Sequence[Labelled], most: int | None = None) -> list[Row]:
    """The rows that have words, or `most` of them drawn by seed."""
    right = {one.row.id.split("/")[0]: one.row.response for one in labelled if one.supported}
    places = np.random.default_rng(1).permutation(len(labelled))[:most] if most else range(len(labelled))
    made = [_row(labelled[at], labelled[at].original or right.get(labelled[at].row.id.split("/")[0])) for at in places]
    return [row for row in made if row]


def edited(before: str | None, words: Sequence[str]) -> np.ndarray:
    """Which words an edit put there; beside a gap, both neighbours."""
    mask = np.zeros(len(words), bool)
    if before is None:
        return mask
    old, new = [word.lower() for word in WORD.findall(before)], [word.lower() for word in words]
    for kind, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "delete":
            mask[max(0, start - 1) : start + 1] = True
        elif kind != "equal":
            mask[start:end] = True
    return mask


def _row(one: Labelled, before: str | None) -> Row | None:
    evidence = read(tuple(one.row.evidence))
    statements = [words for segment in split(one.row.response, []) if (words := said(segment.text)).words]
    if evidence is None or not statements:
        return None
    words = [word for statement in statements for word in statement.words]
    table = np.concatenate([features(statement, evidence) for statement in statements])
    return Row(
        supported=one.supported,
        features=table,
        pairs=pairs(words, evidence),
        content=np.concatenate([statement.content for statement in statements]),
        found=table[:, NAMES.index("stem")] > 0,
        edited=edited(before, words),
        copied=min(copied(statement, evidence) for statement in statements),
    )
