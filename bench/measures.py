"""Ranking measures and paired bootstrap intervals for the benchmarks."""

import math

import numpy as np


def ndcg10(ranked: list[str], gains: dict[str, float]) -> float:
    """nDCG@10 against the ideal order of everything judged."""
    found = sum(gains.get(id_, 0.0) / math.log2(at + 2) for at, id_ in enumerate(ranked[:10]))
    best = sorted(gains.values(), reverse=True)[:10]
    return found / sum(gain / math.log2(at + 2) for at, gain in enumerate(best))


def mrr10(ranked: list[str], gains: dict[str, float]) -> float:
    """1 / rank of the first relevant among ten."""
    return next((1 / (at + 1) for at, id_ in enumerate(ranked[:10]) if gains.get(id_, 0.0) > 0), 0.0)


def recall100(ranked: list[str], gains: dict[str, float]) -> float:
    """Share of the relevant (highest two grades count; all positives for one grade) in the first hundred."""
    top = max(gains.values())
    relevant = {id_ for id_, gain in gains.items() if gain >= min(3.0, top)}
    return len(relevant.intersection(ranked[:100])) / len(relevant)


MEASURES = {"ndcg@10": ndcg10, "mrr@10": mrr10, "r@100": recall100}


def interval(differences: np.ndarray, draws: int = 5000, seed: int = 7) -> list[float]:
    """95 % bootstrap interval of the mean of paired differences."""
    random = np.random.default_rng(seed)
    means = differences[random.integers(0, len(differences), (draws, len(differences)))].mean(axis=1)
    return [round(float(edge), 4) for edge in np.percentile(means, [2.5, 97.5])]
