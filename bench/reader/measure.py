"""What the shipped reader is worth on pairs it was not trained on, beside BM25-like words and the cosine. Prints JSON.

python -m bench.reader.measure --data ../shared/data
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from bench.reader import pairs
from bench.reader.pairs import Pair
from index import models


def area(labels: list[bool], scores: list[float]) -> float:
    """Area under the ROC curve; ties count half."""
    right = np.array([s for s, label in zip(scores, labels, strict=True) if label])
    wrong = np.array([s for s, label in zip(scores, labels, strict=True) if not label])
    above = (right[:, None] > wrong[None, :]).mean() + 0.5 * (right[:, None] == wrong[None, :]).mean()
    return round(float(above), 3)


def first_right(rows: list[Pair], scores: list[float]) -> float:
    """P@1: share of questions with an answer whose best text answers."""
    by_question: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        by_question[row.question].append((score, row.answers))
    answered = [found for found in by_question.values() if any(label for _, label in found)]
    return round(sum(max(found)[1] for found in answered) / len(answered), 3)


def figures(data: Path) -> dict[str, object]:
    """Areas under the curve of reader and cosine, and P@1 on ePQA's and semiPQA's report halves."""
    reader, encoder = models.load_reranker(models.DEFAULT, 2), models.load(models.DEFAULT, 2)
    if reader is None:
        raise SystemExit("the reader is not prepared: run `guide-index models fetch`")
    sets = {
        "product answers, report half": pairs.product_answers(data / "amazon_pqa/dev", "report"),
        "wishes, report half": pairs.wishes(data, "report"),
        "written statements, held": pairs.written("statements", measured=True),
        "written wishes, held": pairs.written("wishes", measured=True),
    }
    told = {}
    for name, rows in sets.items():
        by_question: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            by_question[row.question].append(at)
        read, cosine = [0.0] * len(rows), [0.0] * len(rows)
        for question, places in by_question.items():
            texts = [rows[at].text for at in places]
            near = encoder.passages(texts) @ encoder.query(question)
            for at, odds, likeness in zip(places, reader.scores(question, texts), near, strict=True):
                read[at], cosine[at] = odds, float(likeness)
        labels = [row.answers for row in rows]
        told[name] = {
            "pairs": len(rows), "answers": sum(labels),
            "area": {"reader": area(labels, read), "cosine": area(labels, cosine)},
            "p@1": {"reader": first_right(rows, read), "cosine": first_right(rows, cosine)},
        }  # fmt: skip
    return told


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    print(json.dumps(figures(parser.parse_args().data), indent=1))


if __name__ == "__main__":
    main()
