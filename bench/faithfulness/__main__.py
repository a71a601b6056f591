"""The statement checker on every set people labelled, beside word overlap and MiniLM cosine; prints JSON or a table.

    python -m bench.faithfulness --data ../shared/data [--table] [--only QAGS] [--most 200]

Each row goes through the function behind `guide-eval claims`; a score of .5 or more counts as supported. The baselines
get the threshold that is best, on average, over the sets that are not held. Intervals are 95 %, drawn by document.
Sets marked `held` were never trained on, nor any threshold taken from them; a set that is absent is skipped.
"""

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.faithfulness import answers
from bench.faithfulness.baselines import Cosine, word_overlap
from bench.faithfulness.sets import SETS, Labelled, LabelledSet
from bench.faithfulness.statistics import area, balanced_accuracy, best_threshold, figure, pearson, spearman
from eval.commands import score_claims

_OURS = "faithfulness_offline"


def scored(rows: list[Labelled], cosine: Cosine) -> dict[str, np.ndarray]:
    """The scores of each method for some rows."""
    claims = [one.row for one in rows]
    return {
        _OURS: np.array([score_claims(row).score for row in claims]),
        "word overlap": np.array([word_overlap(row) for row in claims]),
        "MiniLM cosine": np.array(cosine.scores(claims)),
    }


def labelled(data: Path, wanted: str, most: int | None, cosine: Cosine) -> dict[str, Any]:
    """Area and balanced accuracy per set and method."""
    sets: dict[LabelledSet, tuple[list[Labelled], dict[str, np.ndarray]]] = {}
    for one in SETS:
        if wanted not in one.name or not one.is_here(data):
            print(f"skipped: {one.name}" + ("" if one.is_here(data) else f" ({one.path} is absent)"), file=sys.stderr)
            continue
        rows = one.rows(data)
        rows = random.Random(1).sample(rows, min(most or len(rows), len(rows)))
        sets[one] = (rows, scored(rows, cosine))
        print(f"scored: {one.name}", file=sys.stderr)
    truth = {one: np.array([row.supported for row in rows], float) for one, (rows, _) in sets.items()}
    thresholds = {_OURS: 0.5}
    for method in ("word overlap", "MiniLM cosine"):
        tuned = [(truth[one], scores[method]) for one, (_, scores) in sets.items() if not one.held]
        thresholds[method] = best_threshold(tuned) if tuned else 0.5
    return {
        one.name: {
            "held": one.held,
            "rows": len(rows),
            "supported": int(truth[one].sum()),
            "documents": len({row.group for row in rows}),
            "methods": {
                method: {
                    "area": figure(area, truth[one], values, [row.group for row in rows]),
                    "balanced_accuracy": figure(
                        balanced_accuracy,
                        truth[one],
                        (values >= thresholds[method]).astype(float),
                        [row.group for row in rows],
                    ),
                }
                for method, values in scores.items()
            },
        }
        for one, (rows, scores) in sets.items()
    }


def preferred(data: Path, cosine: Cosine) -> dict[str, Any]:
    """Correlation of the difference of two answers' scores with what people prefer."""
    pairs = answers.pairs(data)
    first, second = ([getattr(pair, side) for pair in pairs] for side in ("first", "second"))
    groups = [pair.query for pair in pairs]
    rows = [Labelled(row, supported=True, group="") for row in [*first, *second]]
    found: dict[str, Any] = {"pairs": len(pairs)}
    for method, values in scored(rows, cosine).items():
        gained = values[len(pairs) :] - values[: len(pairs)]
        for label in answers.LABELS:
            said = np.array([pair.labels[label] for pair in pairs])
            found.setdefault(label, {})[method] = {
                "pearson": figure(pearson, gained, said, groups),
                "spearman": figure(spearman, gained, said, groups),
            }
    return found


def table(told: dict[str, Any]) -> str:
    """The figures as Markdown."""
    methods = [_OURS, "word overlap", "MiniLM cosine"]
    lines = [
        "| set | rows / documents | " + " | ".join(f"{method}: AUC, balanced accuracy" for method in methods) + " |"
    ]
    lines.append("|---" * (len(methods) + 2) + "|")
    for name, one in told["sets"].items():
        cells = [
            f"{_cell(one['methods'][method]['area'])}, {_cell(one['methods'][method]['balanced_accuracy'])}"
            for method in methods
        ]
        mark = " (held)" if one["held"] else ""
        lines.append(f"| {name}{mark} | {one['rows']} / {one['documents']} | " + " | ".join(cells) + " |")
    for label in answers.LABELS if "ragchecker_meta" in told else ():
        cells = [_cell(told["ragchecker_meta"][label][method]["pearson"]) for method in methods]
        lines.append(f"| ragchecker_meta {label}, Pearson | {told['ragchecker_meta']['pairs']} pairs | "
                     + " | ".join(cells) + " |")  # fmt: skip
    return "\n".join(lines)


def _cell(found: tuple[float, float, float]) -> str:
    return f"{found[0]:.3f} [{found[1]:.2f}, {found[2]:.2f}]"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="", help="only sets whose name holds this")
    parser.add_argument("--most", type=int, help="so many rows of each set, drawn by seed")
    parser.add_argument("--table", action="store_true", help="Markdown instead of JSON")
    options = parser.parse_args()
    cosine = Cosine()
    told: dict[str, Any] = {"sets": labelled(options.data, options.only, options.most, cosine)}
    if (options.data / answers.PATH).is_file() and not options.only:
        told["ragchecker_meta"] = preferred(options.data, cosine)
    print(table(told) if options.table else json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
