"""A language model as ragas judge over some cases of a saved run, beside the offline checker.

    python -m bench.judges runs/a --judge-url http://127.0.0.1:8099/v1 --judge-model NAME --judge-context 4096 --n 20

Prints JSON: each metric's value, interval and counts, calls, failures with their reasons, samples whose evidence was
cut, seconds, and how far the judge and `faithfulness_offline` agree on the same answers. The cases are those that were
answered with evidence, drawn by the hash of their ids. Answers of the judge are kept in RUN/judge: a run that was
stopped goes on.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from eval.cases import draw
from eval.commands import answers
from eval.judges import agreement
from eval.judges.labels import Unit
from eval.judges.ragas_judge import RagasJudge
from eval.judges.settings import METRICS, JudgeSettings, check
from eval.metrics import grounding
from eval.metrics.model import Judged, Sample
from eval.metrics.statistics import summarise
from eval.slices import topic_of
from eval.statistics.estimate import evaluate
from eval.statistics.resample import drawn, numbered

OFFLINE = next(metric for metric in grounding.METRICS if metric.name == "faithfulness_offline")


def measure(cases: list[Judged], judge: RagasJudge) -> dict[str, Any]:
    """Everything that is printed."""
    topics = [topic_of(one.case) for one in cases]
    taken = judge.score(cases)
    outcome = judge.outcome()
    judged = [one._replace(outside=samples) for one, samples in zip(cases, taken, strict=True)]
    offline = [OFFLINE.sample(one) for one in judged]
    return {
        "cases": [one.case.id for one in cases],
        "judge": msgspec.to_builtins(outcome),
        "metrics": {
            metric.name: msgspec.to_builtins(summarise(metric, [metric.sample(one) for one in judged], topics))
            for metric in [OFFLINE, *judge.metrics]
        },
        "faithfulness beside faithfulness_offline": compare(
            judged, offline, f"ragas.faithfulness[{judge.outcome().model}]"
        ),
    }


def compare(judged: list[Judged], offline: list[Sample], name: str) -> dict[str, Any]:
    """Where both scored: how often both find every statement supported, or both do not, and the mean difference."""
    pairs = [
        (one, one.outside[name].values[0], sample.values[0] / sample.values[1])
        for one, sample in zip(judged, offline, strict=True)
        if sample.state == "scored" and name in one.outside and one.outside[name].state == "scored"
    ]
    if not pairs:
        return {"n": 0}
    units = [
        Unit("cases", topic_of(one.case), None, "", {"judge": _whole(judge)}, _whole(ours), judge)
        for one, judge, ours in pairs
    ]
    votes = agreement.against_judge(units)
    differences = np.array([[judge - ours] for _, judge, ours in pairs])
    clusters = numbered([topic_of(one.case) for one, *_ in pairs])
    draws = evaluate("mean", differences, drawn(int(clusters.max()) + 1)[:, clusters])
    return {
        "n": len(pairs),
        "same": msgspec.to_builtins(agreement.raw_agreement(votes)),
        "kappa": msgspec.to_builtins(agreement.kappa(votes)),
        "judge - offline": {
            "value": round(float(differences.mean()), 4),
            "interval": np.percentile(draws, [2.5, 97.5]).round(4).tolist(),
        },
        "each": {one.case.id: [round(judge, 3), round(ours, 3)] for one, judge, ours in pairs},
    }


def _whole(score: float) -> Any:
    return "supported" if score > 0.999 else "not_enough_evidence"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--judge-url", required=True)
    parser.add_argument("--judge-model", required=True)
    parser.add_argument("--judge-metrics", nargs="+", default=METRICS)
    parser.add_argument("--judge-embeddings")
    parser.add_argument("--judge-key-env")
    parser.add_argument("--judge-context", type=int, default=4096)
    parser.add_argument("--judge-concurrency", type=int, default=1)
    parser.add_argument("--judge-deadline", type=float, default=300.0)
    parser.add_argument("--n", type=int, default=20)
    given = vars(parser.parse_args())
    run, count = given.pop("run"), given.pop("n")
    given["judge_metrics"] = tuple(given["judge_metrics"])
    settings = check(JudgeSettings(**{name.removeprefix("judge_"): value for name, value in given.items()}))
    answered = {one.case.id: one for one in answers(run) if one.answer and not one.abstained and one.answer.evidence}
    cases = [answered[case.id] for case in draw([one.case for one in answered.values()], count)]
    print(json.dumps(measure(cases, RagasJudge(settings, run / "judge")), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
