"""ragas metrics that need no model, unmodified, under the name `ragas.<metric>`.

ragas is heavy (seconds, hundreds of MB) and reports its use over the network unless told not to: it is imported
only when asked for, with its telemetry off. Each metric compares an answer with the case's references and keeps
the best; ROUGE is left out for Chinese, whose words it cannot see.
"""

import asyncio
import math
import os
from collections.abc import Callable, Sequence
from typing import Any

from catalog.errors import MissingExtraError
from eval.metrics.model import ABSTENTION, ERROR, NOT_APPLICABLE, Judged, Metric, Sample, scored
from eval.text.fold import without_marks

_CLASSES = {
    "ragas.exact_match": "ExactMatch",
    "ragas.non_llm_string_similarity": "NonLLMStringSimilarity",
    "ragas.chrf_score": "CHRFScore",
    "ragas.string_presence": "StringPresence",
    "ragas.rouge_score": "RougeScore",
}
_ENGLISH_ONLY = frozenset({"ragas.rouge_score"})


def _stored(name: str) -> Callable[[Judged], Sample]:
    return lambda judged: judged.outside.get(name, ERROR)


METRICS = [Metric(name, "ragas", "mean", "higher", _stored(name), "best reference") for name in _CLASSES]


def score(cases: Sequence[Judged]) -> list[dict[str, Sample]]:
    """Each case's samples by metric name; what ragas fails on, or scores NaN, is an error and no score.

    Raises:
        MissingExtraError: ragas is not installed.
    """
    metrics = _load()
    return asyncio.run(_score_all(metrics, cases))


def _load() -> dict[str, Any]:
    # The word `true`: ragas ignores `1`.
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    os.environ["LANGSMITH_TRACING"] = "false"
    try:
        from ragas.metrics import collections
    except ImportError as error:
        raise MissingExtraError("ragas", "eval") from error
    return {name: getattr(collections, class_name)() for name, class_name in _CLASSES.items()}


async def _score_all(metrics: dict[str, Any], cases: Sequence[Judged]) -> list[dict[str, Sample]]:
    return [{name: await _sample(name, metric, judged) for name, metric in metrics.items()} for judged in cases]


async def _sample(name: str, metric: Any, judged: Judged) -> Sample:
    if judged.answer is None:
        return ERROR
    if not judged.case.references or (judged.chinese and name in _ENGLISH_ONLY):
        return NOT_APPLICABLE
    if judged.abstained:
        return ABSTENTION
    response = without_marks(judged.answer.text)
    try:
        values = [
            float((await metric.ascore(reference=reference, response=response)).value)
            for reference in judged.case.references
        ]
    except Exception:
        return ERROR
    return ERROR if any(math.isnan(value) for value in values) else scored(max(values))
