"""ragas metrics that need no model: those it has, unmodified, and two of its own judged by our checker.

`ragas.<metric>` compares an answer with the case's references and keeps the best; ROUGE is left out for Chinese, whose
words it cannot see. The offline ones carry names of their own, because their verdicts are ours.
"""

import asyncio
import math
from collections.abc import Callable, Sequence
from typing import Any

from eval.answer import Answer
from eval.judges.ragas_setup import module
from eval.metrics.model import ABSTENTION, ERROR, NOT_APPLICABLE, Judged, Metric, Sample, scored
from eval.text.fold import without_marks

_CLASSES = {
    "ragas.exact_match": "ExactMatch",
    "ragas.non_llm_string_similarity": "NonLLMStringSimilarity",
    "ragas.chrf_score": "CHRFScore",
    "ragas.string_presence": "StringPresence",
    "ragas.rouge_score": "RougeScore",
}
_OFFLINE = {
    "faithfulness_offline_ragas": "OfflineFaithfulness",
    "factual_correctness_offline": "OfflineFactualCorrectness",
}
_ENGLISH_ONLY = frozenset({"ragas.rouge_score"})


def stored(name: str) -> Callable[[Judged], Sample]:
    """The measure of a metric that was scored outside the harness."""
    return lambda judged: judged.outside.get(name, ERROR)


METRICS = [
    *(Metric(name, "ragas", "mean", "higher", stored(name), "best reference") for name in _CLASSES),
    *(Metric(name, "ragas", "mean", "higher", stored(name), "ragas judged by our checker") for name in _OFFLINE),
]


def score(cases: Sequence[Judged]) -> list[dict[str, Sample]]:
    """Each case's samples by metric name; what ragas fails on, or scores NaN, is an error and no score.

    Raises:
        MissingExtraError: ragas is not installed.
    """
    metrics = _load()
    return asyncio.run(_score_all(metrics, cases))


def _load() -> dict[str, Any]:
    collections, offline = module("ragas.metrics.collections"), module("eval.judges.ragas_offline")
    found = {name: getattr(collections, class_name)() for name, class_name in _CLASSES.items()}
    return found | {name: getattr(offline, class_name)() for name, class_name in _OFFLINE.items()}


async def _score_all(metrics: dict[str, Any], cases: Sequence[Judged]) -> list[dict[str, Sample]]:
    return [{name: await _sample(name, metric, judged) for name, metric in metrics.items()} for judged in cases]


async def _sample(name: str, metric: Any, judged: Judged) -> Sample:
    if judged.answer is None:
        return ERROR
    if judged.abstained:
        return ABSTENTION
    given = _given(name, judged, judged.answer)
    if not given or (judged.chinese and name in _ENGLISH_ONLY):
        return NOT_APPLICABLE
    try:
        values = [float((await metric.ascore(**one)).value) for one in given]
    except Exception:
        return ERROR
    if any(math.isnan(value) for value in values):
        return NOT_APPLICABLE if name in _OFFLINE else ERROR  # our checker found nothing to check
    return scored(max(values))


def _given(name: str, judged: Judged, answer: Answer) -> list[dict[str, Any]]:
    """What the metric is asked about the answer: once for each reference, or once for all the evidence."""
    response = without_marks(answer.text)
    if name == "faithfulness_offline_ragas":
        contexts = [evidence.text for evidence in answer.evidence]
        question = judged.case.question
        return [{"user_input": question, "response": response, "retrieved_contexts": contexts}] if contexts else []
    return [{"reference": reference, "response": response} for reference in judged.case.references]
