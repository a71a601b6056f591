"""Gradient-boosted trees as arrays: prediction with numpy alone, so that no machine-learning library is installed."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Trees(NamedTuple):
    """Binary trees over one list of nodes. A row goes left where its feature is at most the threshold.

    A leaf is its own left and right child; `roots` holds the first node of each tree, `bias` what all start from.
    """

    roots: Ints
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    bias: float
    depth: int

    def log_odds(self, rows: Floats) -> Floats:
        """(rows,) log-odds of the positive class for (rows, features)."""
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        at = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[at, self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        return np.asarray(self.value[node].sum(axis=1) + self.bias, np.float32)


def load(path: Path) -> Trees:
    """The trees of a file that `save` wrote."""
    with np.load(path) as file:
        index = {name: file[name].astype(np.int64) for name in ("roots", "feature", "left", "right")}
        number = {name: file[name].astype(np.float32) for name in ("threshold", "value")}
        return Trees(**index, **number, bias=float(file["bias"]), depth=int(file["depth"]))


def save(trees: Trees, path: Path) -> None:
    """Write an .npz of small integers and single-precision numbers."""
    small = {name: getattr(trees, name).astype(np.int32) for name in ("roots", "feature", "left", "right")}
    np.savez_compressed(path, **small, threshold=trees.threshold, value=trees.value, bias=trees.bias, depth=trees.depth)
