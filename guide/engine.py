"""From a question to events: understand, choose, write, verify, stream. Knows no HTTP and needs no language model."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import msgspec

from catalog.money import Money
from guide.choose import choose
from guide.config import GeneratorSettings
from guide.events import CitationEvent, ClaimSpan, Done, Event, FollowUps, Products, Status, TableEvent, Text, Writer
from guide.model import Decision, Question, Sentence, Understanding
from guide.ports import Figures
from guide.shops import ShopCache
from guide.understand import understand
from guide.understand.shown import shown
from guide.verify.release import Tally
from guide.write.writers import Writers
from index.api import View

# What a claim is not: a greeting, a heading.
_NO_CLAIM = {"frame", "notice"}
_WARM_UP = ("退货运费谁出？", "How do delivery and returns work?")


class Engine:
    """Answers questions over a view; one for a process."""

    def __init__(self, generator: GeneratorSettings | None = None) -> None:
        """With a configured generator a language model writes, within what was chosen; otherwise the Composer does."""
        self._shops = ShopCache()
        self._writers = Writers(generator)
        self._failed_checks: Counter[str] = Counter()
        self._model_calls: Counter[str] = Counter()

    @property
    def figures(self) -> Figures:
        """What was counted since it began."""
        return Figures(
            failed_checks=dict(self._failed_checks), model_calls=dict(self._model_calls),
            model_resting=self._writers.resting,
        )  # fmt: skip

    def understand(self, question: Question, view: View) -> Understanding:
        """What the words ask for; constraints become filters."""

        def price(product_id: str) -> Money | None:
            offer = view.offer(product_id)
            return offer.price if offer else None

        return understand(question, self._shops.shop(view), price)

    def shown(self, text: str, view: View) -> list[str] | None:
        """Ids of the products that an earlier answer's text shows, or None where the text does not tell."""
        return shown(text, self._shops.shop(view), self._shops.titles(view))

    def warm(self, view: View) -> None:
        """Read the view's products and shop texts once, so that the first shopper does not wait for it."""
        for text in _WARM_UP:
            question = Question(text=text)
            choose(question, self.understand(question, view), view)

    async def answer(
        self, question: Question, view: View, answer_id: str, explain: bool = False, /
    ) -> AsyncGenerator[Event, None]:
        """The answer as it becomes true: status, products, text, citations, table, follow-ups, done."""
        yield Status(answer_id)
        clock = _Clock()
        understanding = await asyncio.to_thread(self.understand, question, view)
        clock.lap("understand")
        decision = await asyncio.to_thread(choose, question, understanding, view)
        clock.lap("retrieve")
        if decision.cards:
            yield Products(decision.cards)
        text = _Text(decision)
        writing = self._writers.write(question, decision)
        try:
            # Closed at once when the client goes away, so that a model stops writing for nobody.
            async with aclosing(aiter(writing)) as sentences:
                async for sentence in sentences:
                    yield Text(text.add(sentence))
                    for event in text.new_citations(sentence):
                        yield event
        finally:
            self._count(writing.tally)
        if writing.tally.error:
            decision.degraded.append("generator_failed")
        clock.lap("write")
        clock.timings["verify"] = round(writing.tally.seconds * 1000, 2)
        if decision.table is not None:
            yield TableEvent(decision.table)
            for event in text.table_citations(decision):
                yield event
        if decision.follow_ups:
            yield FollowUps(decision.follow_ups)
        yield _done(decision, text, view, clock, writing.writer, writing.usage, explain=explain)

    def _count(self, tally: Tally) -> None:
        self._failed_checks.update(tally.failed)
        if tally.call:
            self._model_calls[tally.call] += 1


class _Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self.timings: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.timings[name] = round((now - self._last) * 1000, 2)
        self.timings["total"] = round((now - self._start) * 1000, 2)
        self._last = now


class _Text:
    """The text so far, the claims in it, the citations that were sent."""

    def __init__(self, decision: Decision) -> None:
        self._evidence = {evidence.n: evidence for evidence in decision.evidence}
        self._glue = "" if decision.language == "zh" else " "
        self._length = 0
        self._sent: set[int] = set()
        self.claims: list[ClaimSpan] = []

    def add(self, sentence: Sentence) -> str:
        """The piece of text for a sentence, its marks included."""
        marks = "".join(f"[{n}]" for n in sentence.citations)
        lead = "" if self._length == 0 else ("\n" if sentence.opens or sentence.kind == "frame" else self._glue)
        piece = f"{lead}{sentence.text}{marks}"
        start = self._length + len(lead)
        if sentence.kind not in _NO_CLAIM:
            end = start + len(sentence.text)
            self.claims.append(ClaimSpan(sentence.text, start, end, list(sentence.citations), sentence.kind))
        self._length += len(piece)
        return piece

    def new_citations(self, sentence: Sentence) -> list[CitationEvent]:
        """Citations of a sentence that no earlier one had."""
        return self._events(sentence.citations)

    def table_citations(self, decision: Decision) -> list[CitationEvent]:
        """Citations that only the table uses."""
        cells = [cell.n for row in decision.table.rows for cell in row.cells] if decision.table else []
        return self._events([n for n in cells if n is not None])

    def _events(self, numbers: list[int]) -> list[CitationEvent]:
        events = []
        for n in dict.fromkeys(numbers):
            if n not in self._sent:
                self._sent.add(n)
                e = self._evidence[n]
                events.append(CitationEvent(n, e.record_id, e.field, e.quote, e.language, e.source, e.value))
        return events


def _done(  # noqa: PLR0913  the parts of the last event
    decision: Decision, text: _Text, view: View, clock: _Clock, writer: Writer, usage: dict[str, int], *, explain: bool
) -> Done:
    evidence: list[dict[str, Any]] | None = None
    if explain:
        evidence = [
            {"record_id": e.record_id, "field": e.field, "language": e.language, "source": e.source, "text": e.quote}
            for e in decision.evidence
        ]
    understanding = msgspec.to_builtins(decision.understanding)
    return Done(
        outcome=decision.outcome, reason=decision.reason, language=decision.language, confidence=decision.confidence,
        writer=writer, snapshot=view.snapshot, as_of=view.as_of, degraded=decision.degraded, claims=text.claims,
        understanding=understanding, timings=clock.timings, usage=usage, evidence=evidence,
    )  # fmt: skip
