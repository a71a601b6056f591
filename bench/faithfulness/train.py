"""Train the word check and write its weights; some minutes on one core, scikit-learn needed.

    python -m bench.faithfulness.train --data ../shared/data --out eval/faithfulness/words/weights

Trained on the SummEdits domains but the held one, and on HaluEval dialogue; a word is wrong if an edit that people
called inconsistent put it there. Slope and bias come from predictions for each SummEdits domain by a model that has
not seen it. Prints area and balanced accuracy of those, and of sets the whole model was not trained on, as JSON: the
figures to choose by.
"""

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from bench.faithfulness import edits, words
from bench.faithfulness.sets import SETS
from bench.faithfulness.statistics import area, balanced_accuracy
from bench.faithfulness.words import Row
from eval.faithfulness.words import trees
from eval.faithfulness.words.strange import FOUND, Strange
from eval.faithfulness.words.trees import Trees

_DIALOGUE = 0.3
"""Weight of the dialogue's rows: what its hallucinated answers say else is often only chat."""
_DIALOGUES, _MADE_UP = 1600, 500
_KEPT = 0.25
"""Share of the words no edit touched that are trained on."""
_RIDGE = 0.05
"""Inverse strength of the ridge on the model of strange words."""

Tables = dict[str, list[Row]]


class Trained(NamedTuple):
    """Both parts of the model."""

    strange: Strange
    trees: Trees


def train(tables: Tables) -> Trained:
    """Trees over what `strange` says when trained on the other sets: of its own rows it knows too much."""
    others = {name: _strange({one: rows for one, rows in tables.items() if one != name}) for name in tables}
    chance = np.random.default_rng(0)
    parts = [_sampled(row, others[name], _weight(name), chance) for name, rows in tables.items() for row in rows]
    columns, labels, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
    forest = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.08, max_leaf_nodes=4, min_samples_leaf=80, l2_regularization=5.0, max_bins=64,
        random_state=0,
    )  # fmt: skip
    return Trained(_strange(tables), _arrays(forest.fit(columns, labels, sample_weight=weights)))


def log_odds(row: Row, model: Trained) -> float:
    """The log-odds of the least supported word of a response, and what it gains by being copied."""
    odds = model.trees.log_odds(_columns(row, model.strange))
    return float(odds[row.content].min() if row.content.any() else odds.min()) + row.copied


def _strange(tables: Tables) -> Strange:
    """Words the evidence lacks: of those an edit put there (in a dialogue, of all), which may stand."""
    columns, labels, weights = [], [], []
    for name, rows in tables.items():
        for row in rows:
            asked = ~row.found & row.content & (row.edited | (_weight(name) < 1))
            columns.append(row.pairs[asked])
            labels.append(row.right[asked])
            weight = _weight(name) if _weight(name) < 1 else 1 / max(1, asked.sum()) + 0.3
            weights.append(np.full(int(asked.sum()), weight))
    model = LogisticRegression(C=_RIDGE, max_iter=500)
    model.fit(np.concatenate(columns), np.concatenate(labels), sample_weight=np.concatenate(weights))
    return Strange(model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def _sampled(row: Row, strange: Strange, weight: float, chance: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Every edited word and some of the others, which weigh as much as all of them."""
    kept = row.edited | (row.content & (chance.random(len(row.edited)) < _KEPT))
    weights = np.where(row.edited, 1.2 / max(1, row.edited.sum()) + 0.4, 0.15 / _KEPT) * weight
    return _columns(row, strange)[kept], row.right[kept], weights[kept]


def _columns(row: Row, strange: Strange) -> np.ndarray:
    odds = np.where(row.found, FOUND, row.pairs @ strange.weights + strange.bias)
    return np.concatenate([row.features, odds[:, None]], axis=1).astype(np.float32)


def _weight(name: str) -> float:
    return _DIALOGUE if "dialogue" in name else 1.0


def _arrays(forest: HistGradientBoostingClassifier) -> Trees:
    """The fitted trees in one list of nodes."""
    grown = [stage[0].nodes for stage in forest._predictors]
    roots = np.cumsum([0, *(len(nodes) for nodes in grown[:-1])])
    shifted = np.repeat(roots, [len(nodes) for nodes in grown])
    nodes = np.concatenate(grown)
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    return Trees(
        roots=roots,
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        threshold=nodes["num_threshold"].astype(np.float32),
        left=np.where(leaf, own, nodes["left"] + shifted),
        right=np.where(leaf, own, nodes["right"] + shifted),
        value=np.where(leaf, nodes["value"], 0.0).astype(np.float32),
        bias=float(np.ravel(forest._baseline_prediction)[0]),
        depth=int(nodes["depth"].max()),
    )


def _calibrated(scores: dict[str, np.ndarray], labels: dict[str, np.ndarray]) -> tuple[float, float]:
    """A logistic line in which every set, and within it right and wrong, weigh the same."""
    weights = [np.where(said > 0, 0.5 / said.mean(), 0.5 / (1 - said.mean())) / len(said) for said in labels.values()]
    line = LogisticRegression(C=1e4)
    line.fit(np.concatenate(list(scores.values()))[:, None], np.concatenate(list(labels.values())),
             sample_weight=np.concatenate(weights) * 1000)  # fmt: skip
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def main() -> None:
    """Choose, train on everything that may be trained on, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    some = {one.name: one.rows(options.data) for one in SETS if not one.held}
    read = {name: words.rows(rows, _DIALOGUES if "dialogue" in name else None) for name, rows in some.items()}
    tables = {name: rows for name, rows in read.items() if "QAGS" not in name}
    beside = {"QAGS xsum": read["QAGS xsum"], "made up": words.rows(edits.rows(options.data, _MADE_UP))}
    unseen = {name: {one: rows for one, rows in tables.items() if one != name} for name in tables if "Summ" in name}
    model = train(tables)
    judges = {name: train(others) for name, others in unseen.items()} | dict.fromkeys(beside, model)
    judged = {name: (tables | beside)[name] for name in judges}
    scores = {name: np.array([log_odds(row, judges[name]) for row in rows]) for name, rows in judged.items()}
    labels = {name: np.array([row.supported for row in rows], float) for name, rows in judged.items()}
    slope, bias = _calibrated({name: scores[name] for name in unseen}, {name: labels[name] for name in unseen})
    trees.save(model.trees, options.out / "trees.npz")
    strange = {"strange": model.strange.weights.astype(np.float16), "strange_bias": model.strange.bias}
    np.savez_compressed(options.out / "support.npz", **strange, slope=slope, bias=bias)
    figures = {
        name: {
            "area": round(area(labels[name], scores[name]), 3),
            "balanced_accuracy": round(balanced_accuracy(labels[name], slope * scores[name] + bias >= 0), 3),
        }
        for name in judges
    }
    print(json.dumps({"slope": slope, "bias": bias, "unseen": figures}, indent=1))


if __name__ == "__main__":
    main()
