"""Having a model write what the engine decided."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

from bench.pqa.asked import Asked
from bench.writers.drafts import Draft, append, load
from guide.choose import choose
from guide.engine import Engine
from guide.errors import GeneratorError
from guide.model import Decision, Question
from guide.write.generator import Generator, writable
from guide.write.model import Message, Model
from index import api


class Recorder:
    """A model that keeps what it said."""

    resting = False
    """Left alone for a while; never asked of a recorder."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.text = ""

    async def stream(self, messages: list[Message], max_tokens: int, deadline: float, /) -> AsyncGenerator[str, None]:
        """The model's text as it is made.

        Raises:
            GeneratorError: as the model's.
        """
        async with aclosing(self._model.stream(messages, max_tokens, deadline)) as pieces:
            async for piece in pieces:
                self.text += piece
                yield piece

    async def aclose(self) -> None:
        """Nothing to let go: the model is its owner's."""


async def make(questions: list[Asked], store: api.Store, model: Model, seconds: float, target: Path) -> None:
    """Draft every question that the file does not hold yet; a model gets `seconds` for an answer."""
    engine, view = Engine(), store.view(datetime.now(UTC))
    known = {draft.id for draft in load(target)}
    for at, asked in enumerate(questions, 1):
        if asked.id not in known:
            question = Question(text=asked.text, product_ids=(asked.product_id,))
            decision = await asyncio.to_thread(choose, question, engine.understand(question, view), view)
            draft = await _draft(asked.id, question, decision, model, seconds)
            append(draft, target)
            print(f"{at}/{len(questions)} {decision.outcome} {draft.seconds} s {draft.error}", file=sys.stderr)


async def _draft(id_: str, question: Question, decision: Decision, model: Model, seconds: float) -> Draft:
    if not writable(decision):
        return Draft(id=id_, question=question, decision=decision)
    recorder, error, start = Recorder(model), "", time.perf_counter()
    try:
        async for _ in Generator(recorder, seconds).write(question, decision):
            pass
    except GeneratorError as failure:
        error = str(failure)
    took = round(time.perf_counter() - start, 2)
    return Draft(id=id_, question=question, decision=decision, text=recorder.text, error=error, seconds=took)
