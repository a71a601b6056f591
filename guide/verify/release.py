"""Sentences on their way out: each is held until it is checked; a failing one is rewritten from evidence or dropped."""

import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Literal

import msgspec

from guide.errors import GeneratorError, GeneratorResting, GeneratorTimeout
from guide.model import Decision, Question, Sentence
from guide.verify.coverage import Coverage
from guide.verify.verifier import Verifier
from guide.write import Writer, WriterName

_QUOTES = frozenset('"“「『《')
_FRAMES = frozenset({"frame", "notice"})
_CALLS: tuple[tuple[type[GeneratorError], Literal["timeout", "resting"]], ...] = (
    (GeneratorTimeout, "timeout"), (GeneratorResting, "resting"),
)  # fmt: skip


class Tally(msgspec.Struct):
    """What became of the sentences of one answer, for the metrics."""

    kept: int = 0
    rewritten: int = 0
    """Failed, and said in the engine's own words instead."""
    dropped: int = 0
    added: int = 0
    """Facts that a model had left out."""
    failed: Counter[str] = msgspec.field(default_factory=Counter)
    """How often each check said no."""
    seconds: float = 0.0
    """Time that the checks took."""
    error: str = ""
    """Why a model gave up (empty: it did not)."""
    call: Literal["", "ok", "error", "timeout", "resting"] = ""
    """How the call of a model went (empty: none was made)."""


class Release:
    """The verified sentences of one answer, to be iterated once; `tally` and `writer` are true after the last one."""

    def __init__(self, writer: Writer, question: Question, decision: Decision) -> None:
        self.tally = Tally()
        self._writer = writer
        self._question = question
        self._decision = decision
        self._verifier = Verifier(decision, question)
        self._coverage = Coverage(decision, self._verifier.context)

    @property
    def writer(self) -> WriterName:
        """Who wrote: the generator, if at least one of its sentences was kept."""
        return "generator" if self._writer.name == "generator" and self.tally.kept else "composer"

    @property
    def usage(self) -> dict[str, int]:
        """The tally's counts."""
        counts = ("kept", "rewritten", "dropped", "added")
        return {name: getattr(self.tally, name) for name in counts if getattr(self.tally, name)}

    def __aiter__(self) -> AsyncGenerator[Sentence, None]:
        """Sentences that may be said, each as soon as it is known that it may."""
        return self._composed() if self._writer.name == "composer" else self._generated()

    async def _composed(self) -> AsyncGenerator[Sentence, None]:
        async with aclosing(self._writer.write(self._question, self._decision)) as sentences:
            async for sentence in sentences:
                if self._passes(sentence):
                    self.tally.kept += 1
                    yield sentence
                else:
                    self.tally.dropped += 1

    async def _generated(self) -> AsyncGenerator[Sentence, None]:
        """What a model must not leave out is said around its text by code.

        That is what comes before the first fact (nothing fits, the nearest are …), the facts it left out, and what is
        not known.
        """
        for sentence in self._leading():
            yield sentence
        try:
            async with aclosing(self._writer.write(self._question, self._decision)) as sentences:
                async for sentence in sentences:
                    said = self._released(sentence)
                    if said is not None:
                        yield said
            self.tally.call = "ok"
        except GeneratorError as error:
            self.tally.error = str(error)
            self.tally.call = next((name for kind, name in _CALLS if isinstance(error, kind)), "error")
        for sentence in self._remaining():
            yield sentence

    def _leading(self) -> Iterator[Sentence]:
        for sentence in self._decision.sentences:
            if sentence.kind not in _FRAMES:
                return
            if self._passes(sentence):
                self._coverage.say(sentence)
                yield sentence

    def _released(self, sentence: Sentence) -> Sentence | None:
        if sentence.text in {said.text for said in self._coverage.said}:
            return None
        sentence = self._attributed(sentence)
        if self._passes(sentence):
            self.tally.kept += 1
            self._coverage.say(sentence)
            return sentence
        for known in self._coverage.with_same_evidence(sentence):
            if self._passes(known):
                self.tally.rewritten += 1
                self._coverage.say(known)
                return known
        self.tally.dropped += 1
        return None

    def _attributed(self, sentence: Sentence) -> Sentence:
        """A sentence without marks with those of the evidence that proves it, if any does.

        So is a quotation whose marks lead nowhere: its words prove themselves.
        """
        there = [n for n in sentence.citations if n in self._verifier.context.grounds.facts]
        if there or (sentence.citations and not _QUOTES.intersection(sentence.text)):
            return sentence
        for citations in self._coverage.sources(sentence):
            marked = msgspec.structs.replace(sentence, citations=citations)
            if self._verifier.check(marked).kept:
                return marked
        return sentence

    def _remaining(self) -> Iterator[Sentence]:
        for sentence in self._coverage.missing(everything=not self.tally.kept):
            if self._passes(sentence):
                self.tally.added += 1
                self._coverage.say(sentence)
                yield sentence

    def _passes(self, sentence: Sentence) -> bool:
        began = time.perf_counter()
        verdict = self._verifier.check(sentence)
        self.tally.seconds += time.perf_counter() - began
        self.tally.failed.update(name for name, _ in verdict.reasons)
        return verdict.kept


def verified(writer: Writer, question: Question, decision: Decision) -> Release:
    """What `writer` makes of the decision, held to the evidence."""
    return Release(writer, question, decision)
