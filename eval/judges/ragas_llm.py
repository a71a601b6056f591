"""The language model of the ragas metrics: a configured endpoint, with its answers kept on disk.

Import through `eval.judges.ragas_setup`: this module needs ragas.
"""

import asyncio
import json
import logging
from collections import Counter
from typing import Any, Self

import ragas
from openai import AsyncOpenAI
from ragas.embeddings import OpenAIEmbeddings
from ragas.llms import llm_factory
from ragas.llms.base import InstructorBaseRagasLLM
from ragas.metrics import collections

from eval.judges.fit import tokens
from eval.judges.outcome import Tally, TooLong
from eval.judges.settings import JudgeSettings
from eval.judges.store import Store

PACKAGE = f"ragas {ragas.__version__}"
_ASKED_AGAIN = 1
"""Times an answer of another shape is asked for again."""
logging.getLogger("instructor").setLevel(logging.CRITICAL)  # what fails is counted and told in the report
_FRAME = 120
"""Tokens around prompt and schema: roles, and the words that ask for JSON."""


class Endpoint:
    """One endpoint for all samples, open for as long as the block lasts."""

    def __init__(self, settings: JudgeSettings, store: Store, tally: Tally) -> None:
        self.settings, self.store, self.tally = settings, store, tally
        self._client = client = AsyncOpenAI(base_url=settings.url, api_key=settings.key(), timeout=settings.deadline)
        self.llm: Any = llm_factory(
            settings.model, client=client, max_tokens=settings.max_tokens, max_retries=_ASKED_AGAIN
        )
        self._embeddings: Any = (
            OpenAIEmbeddings(client=client, model=settings.embeddings) if settings.embeddings else None
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    def metric(self, class_name: str) -> Any:
        """A metric as ragas ships it, for one sample."""
        parts = {"embeddings": self._embeddings} if class_name == "AnswerRelevancy" else {}
        return getattr(collections, class_name)(llm=StoredJudge(self), **parts)


class StoredJudge(InstructorBaseRagasLLM):  # type: ignore[misc] # ragas has no types
    """The endpoint as one sample sees it.

    A question asked for the nth time of one sample has an answer of its own: `answer_relevancy` asks one question
    three times to see how the answers differ.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._asked: Counter[str] = Counter()

    def generate(self, prompt: str, response_model: Any) -> Any:
        """Ragas asks for this one; its metrics use the other."""
        return asyncio.run(self.agenerate(prompt, response_model))

    async def agenerate(self, prompt: str, response_model: Any) -> Any:
        """The answer, as an object of `response_model`.

        Raises:
            TooLong: it is known beforehand that the model cannot read it and still answer.
            TimeoutError: there is none within the deadline.
        """
        settings, tally = self._endpoint.settings, self._endpoint.tally
        schema = json.dumps(response_model.model_json_schema(), sort_keys=True)
        excess = tokens(prompt) + tokens(schema) + _FRAME + settings.max_tokens - settings.context
        if excess > 0:
            raise TooLong(excess)
        self._asked[prompt] += 1
        parts = (
            settings.model, settings.url, PACKAGE, settings.max_tokens, self._asked[prompt], prompt, schema,
        )  # fmt: skip
        kept = self._endpoint.store.get(parts)
        if kept is not None:
            tally.stored += 1
            return response_model.model_validate_json(kept)
        tally.calls += 1
        async with asyncio.timeout(settings.deadline):
            answer = await self._endpoint.llm.agenerate(prompt, response_model)
        self._endpoint.store.put(parts, answer.model_dump_json())
        return answer
