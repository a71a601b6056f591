"""Figures of a list of answers: evidence used, declining, words of the first claim; BM25 and copying beside them.

Intervals are 95 % bootstraps over products: questions about one product are drawn together.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bench.pqa.answers import Given
from bench.pqa.asked import ANSWERS, Asked, Candidate
from bench.pqa.words import Bm25, token_f1
from guide.model import ABSTAINED

_DRAWS, _SEED = 4000, 7


def figures(questions: list[Asked], answers: list[Given], bm25: Bm25) -> dict[str, Any]:
    """Every figure over questions that were asked; an answer is found by the question's id."""
    given = {answer.id: answer for answer in answers}
    asked = [one for one in questions if one.id in given]
    told = [one for one in asked if one.answerable]
    answered = [one for one in told if given[one.id].outcome not in ABSTAINED]
    return {
        "questions": len(asked),
        "products": len({one.product_id for one in asked}),
        "answerable": len(told),
        "answered_of_answerable": len(answered),
        "p_at_1": {
            "answered": _beside_bm25(answered, given, bm25),
            "all_answerable_declined_is_wrong": _beside_bm25(told, given, bm25),
        },
        "abstention": _abstention(asked, given),
        "token_f1": {
            "answered": _claims(answered, given, bm25),
            "all_answerable_declined_is_0": _claims(told, given, bm25),
        },
        "no_claim_of_kind_answer": sum(not given[one.id].claim for one in answered),
        "evidence_of_no_candidate": sum(given[one.id].cited and given[one.id].used is None for one in answered),
    }


def _beside_bm25(questions: list[Asked], given: dict[str, Given], bm25: Bm25) -> dict[str, Any]:
    used = [float(_relevant(one, given[one.id].used)) for one in questions]
    words = [float(_best(one, bm25).label == ANSWERS) for one in questions]
    return {
        "n": len(questions),
        "guide": _mean(questions, used),
        "bm25": _mean(questions, words),
        "difference": _mean(questions, [a - b for a, b in zip(used, words, strict=True)]),
    }


def _claims(questions: list[Asked], given: dict[str, Given], bm25: Bm25) -> dict[str, Any]:
    # A person wrote no answer to a few questions whose candidates were judged to hold one.
    answered = [one for one in questions if one.references]
    said = [token_f1(given[one.id].claim, one.references) for one in answered]
    copied = [token_f1(_best(one, bm25).text, one.references) for one in answered]
    right = [token_f1(_best(one, bm25, ANSWERS).text, one.references) for one in answered]
    return {
        "n": len(answered),
        "guide": _mean(answered, said),
        "copy_of_bm25_best": _mean(answered, copied),
        "copy_of_labelled": _mean(answered, right),
        "difference_to_bm25": _mean(answered, [a - b for a, b in zip(said, copied, strict=True)]),
    }


def _abstention(asked: list[Asked], given: dict[str, Given]) -> dict[str, Any]:
    declined = np.array([given[one.id].outcome in ABSTAINED for one in asked])
    hopeless = np.array([not one.answerable for one in asked])

    def of(rows: np.ndarray) -> tuple[float, float, float]:
        right = float((declined[rows] & hopeless[rows]).sum())
        precision = right / max(1.0, float(declined[rows].sum()))
        recall = right / max(1.0, float(hopeless[rows].sum()))
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    precision, recall, f1 = of(np.arange(len(asked)))
    return {
        "unanswerable": int(hopeless.sum()),
        "declined": int(declined.sum()),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "f1_interval": _interval(asked, lambda rows: of(rows)[2]),
    }


def _relevant(asked: Asked, candidate_id: str | None) -> bool:
    return any(c.id == candidate_id and c.label == ANSWERS for c in asked.candidates)


def _best(asked: Asked, bm25: Bm25, least: int = 0) -> Candidate:
    candidates = [candidate for candidate in asked.candidates if candidate.label >= least]
    return candidates[bm25.best(asked.text, [candidate.text for candidate in candidates])]


def _mean(questions: Sequence[Asked], values: list[float]) -> dict[str, Any]:
    if not values:
        return {"mean": None}
    array = np.array(values)
    return {
        "mean": round(float(array.mean()), 3),
        "interval": _interval(questions, lambda rows: float(array[rows].mean())),
    }


def _interval(questions: Sequence[Asked], measure: Callable[[np.ndarray], float]) -> list[float]:
    by_product: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(questions):
        by_product[one.product_id].append(row)
    products = [np.array(rows) for rows in by_product.values()]
    random = np.random.default_rng(_SEED)
    drawn = [
        measure(np.concatenate([products[at] for at in random.integers(0, len(products), len(products))]))
        for _ in range(_DRAWS)
    ]
    return [round(float(edge), 3) for edge in np.percentile(drawn, [2.5, 97.5])]
