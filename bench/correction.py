"""How often the interval of corrected faithfulness covers the truth, by simulation with a fixed seed. Prints JSON.

    python -m bench.correction [--draws 2000]

A guide of 300 answers with 1 to 5 statements each, whose chance to be right varies by answer (beta(8, 2), mean .8), is
scored by judges of different worth, and some statements are labelled. For each judge and number of labels: how far the
judge alone is off, the share of intervals that hold the true .8 (.95 is right), and how wide they are, beside those of
the labels alone.
"""

import argparse
import json
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from eval.judges.correct import ratio

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

RATE = 0.8
"""The true faithfulness."""
ANSWERS = 300


class Sample(NamedTuple):
    """A run as `ratio` takes it: (supported, checkable) by the judge and by people, topics, and what is labelled."""

    predicted: Floats
    topic: Numbers
    at: Numbers
    labels: Floats


def sample(rng: np.random.Generator, flip: float, labelled: int) -> Sample:
    """The judge turns `flip` of the right statements around and a third as many of the wrong.

    A tenth of the statements cannot be checked, and it is wrong about a tenth of what can be.
    """
    topic = np.repeat(np.arange(ANSWERS), rng.integers(1, 6, ANSWERS))
    right = rng.random(len(topic)) < rng.beta(8, 2, ANSWERS)[topic]
    checkable = rng.random(len(topic)) < 0.9
    said = right ^ (rng.random(len(topic)) < np.where(right, flip, flip / 3))
    read = checkable ^ (rng.random(len(topic)) < 0.1)
    truth, predicted = (np.stack([a & b, b], 1).astype(float) for a, b in ((right, checkable), (said, read)))
    at = rng.permutation(len(topic))[:labelled]
    return Sample(predicted, topic, at, truth[at])


def measure(flip: float, labelled: int, draws: int, seed: int = 20261122) -> dict[str, Any]:
    """One row: a judge and a number of labels."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(draws):
        run = sample(rng, flip, labelled)
        blind = run._replace(predicted=np.ones_like(run.predicted) * run.labels.mean(0))
        value, (low, high) = _found(run)
        _, (alone_low, alone_high) = _found(blind)
        raw = run.predicted[:, 0].sum() / run.predicted[:, 1].sum()
        rows.append((raw, value, low <= RATE <= high, high - low, alone_high - alone_low))
    raw, value, covered, width, alone = np.array(rows, dtype=float).mean(0).round(4).tolist()
    return {
        "judge turns around": flip, "labels": labelled, "judge alone": raw, "corrected": value, "covers": covered,
        "covers +-": round(1.96 * float(np.sqrt(covered * (1 - covered) / draws)), 4),
        "width": width, "width of labels alone": alone,
    }  # fmt: skip


def _found(run: Sample) -> tuple[float, tuple[float, float]]:
    value, interval = ratio(predicted=run.predicted, topic=run.topic, at=run.at, labels=run.labels)
    if value is None or interval is None:
        raise AssertionError("a run without anything to check")
    return value, interval


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=2000)
    draws = parser.parse_args().draws
    rows = [measure(flip, labelled, draws) for flip in (0.02, 0.1, 0.3) for labelled in (50, 100, 300)]
    print(json.dumps({"true": RATE, "draws": draws, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
