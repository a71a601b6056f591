"""The unmodified ragas metrics with a language model as judge, named `ragas.<metric>[<model>]`.

Concurrency, time limits and failures are ours: a sample that could not be judged, or that ragas scores NaN, is an error
of its metric and counts as one. Evidence that a prompt has no room for is cut, and how often is told.
"""

import asyncio
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.answer import Answer
from eval.judges.fit import cut
from eval.judges.outcome import JudgeRun, Tally, TooLong, reason_of
from eval.judges.ragas_setup import module
from eval.judges.settings import JudgeSettings
from eval.judges.store import Store
from eval.metrics.model import ABSTENTION, ERROR, NOT_APPLICABLE, Judged, Metric, Sample, scored
from eval.progress import progress
from eval.ragas_adapter import stored
from eval.text.fold import without_marks

_CUTS = 12
"""Times evidence is cut for one sample: where prompts hold one text each, it takes some until the longest fits."""


class _Kind(NamedTuple):
    """A metric of ragas: its class, and what it is given. A case without one of these is not applicable."""

    class_name: str
    reads: tuple[str, ...]


_KINDS = {
    "faithfulness": _Kind("Faithfulness", ("user_input", "response", "retrieved_contexts")),
    "factual_correctness": _Kind("FactualCorrectness", ("response", "reference")),
    "context_precision": _Kind("ContextPrecision", ("user_input", "reference", "retrieved_contexts")),
    "context_recall": _Kind("ContextRecall", ("user_input", "reference", "retrieved_contexts")),
    "answer_relevancy": _Kind("AnswerRelevancy", ("user_input", "response")),
}


class RagasJudge:
    """One judge over the cases of a run; its answers are kept in `folder`."""

    def __init__(self, settings: JudgeSettings, folder: Path) -> None:
        self._settings, self._folder, self._tally = settings, folder, Tally()
        self._kinds = {
            f"ragas.{name}[{settings.model}]": kind
            for name, kind in _KINDS.items()
            if name in settings.metrics and (name != "answer_relevancy" or settings.embeddings)
        }
        says = f"judged by {settings.model}"
        self.metrics = [Metric(name, "ragas", "mean", "higher", stored(name), says) for name in self._kinds]
        self._seconds, self._cases = 0.0, 0

    def score(self, cases: Sequence[Judged]) -> list[dict[str, Sample]]:
        """Each case's samples by metric name.

        Raises:
            MissingExtraError: ragas is not installed.
        """
        began = time.monotonic()
        self._cases += sum(one.answer is not None and not one.abstained for one in cases)
        taken = asyncio.run(self._score(cases))
        self._seconds += time.monotonic() - began
        return taken

    def outcome(self) -> JudgeRun:
        """How it went so far."""
        tally, settings = self._tally, self._settings
        return JudgeRun(
            model=settings.model,
            url=settings.url,
            package=module("eval.judges.ragas_llm").PACKAGE,
            context=settings.context,
            n_cases=self._cases,
            n_calls=tally.calls,
            n_stored=tally.stored,
            n_truncated=tally.truncated,
            n_failed=tally.failures.total(),
            failures=dict(tally.failures),
            seconds=round(self._seconds, 1),
        )

    async def _score(self, cases: Sequence[Judged]) -> list[dict[str, Sample]]:
        endpoint = module("eval.judges.ragas_llm").Endpoint(self._settings, Store(self._folder), self._tally)
        turns = asyncio.Semaphore(self._settings.concurrency)

        async def sample(kind: _Kind, judged: Judged) -> Sample:
            async with turns:
                found = await self._sample(endpoint, kind, judged)
            count(failed=found is ERROR)
            return found

        async with endpoint:
            with progress(len(cases) * len(self._kinds)) as count:
                rows = [asyncio.gather(*(sample(kind, judged) for kind in self._kinds.values())) for judged in cases]
                return [dict(zip(self._kinds, await row, strict=True)) for row in rows]

    async def _sample(self, endpoint: Any, kind: _Kind, judged: Judged) -> Sample:
        if judged.answer is None:
            return ERROR
        if judged.abstained:
            return ABSTENTION
        given = _given(judged, judged.answer)
        if not all(given[name] for name in kind.reads):
            return NOT_APPLICABLE
        try:
            value = await self._value(endpoint, kind, {name: given[name] for name in kind.reads})
        except Exception as error:
            self._tally.failures[reason_of(error)] += 1
            return ERROR
        if math.isnan(value):
            self._tally.failures["NaN"] += 1
            return ERROR
        return scored(value)

    async def _value(self, endpoint: Any, kind: _Kind, given: dict[str, Any]) -> float:
        """What ragas says, over as much of the evidence as fits."""
        for attempt in range(_CUTS):
            try:
                return float((await endpoint.metric(kind.class_name).ascore(**given)).value)
            except TooLong as error:
                evidence = cut(given.get("retrieved_contexts", []), error.excess)
                if not evidence:
                    raise
                given = given | {"retrieved_contexts": evidence}
                self._tally.truncated += attempt == 0
        raise TooLong(0)


def _given(judged: Judged, answer: Answer) -> dict[str, Any]:
    """All that a metric of ragas may read."""
    return {
        "user_input": judged.case.question,
        "response": without_marks(answer.text),
        "reference": next(iter(judged.case.references), ""),
        "retrieved_contexts": list(dict.fromkeys(evidence.text for evidence in answer.evidence if evidence.text)),
    }
