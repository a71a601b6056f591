"""Figures for Prometheus; each worker process counts for itself.

Every label has few values: routes are templates, and reasons, checks and stages come from closed lists.
"""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.registry import Collector

from guide.events import Done, ErrorEvent, Event, Status, Text
from guide.model import ABSTAINED

disable_created_metrics()  # type: ignore[no-untyped-call] # as many lines again, with the moment at which each series began
REFUSALS = {
    "too_many_requests": "rate", "overloaded": "admission", "shutting_down": "shutdown", "key_missing": "key",
    "key_refused": "key", "secret_key_needed": "key", "admin_closed": "key", "k_too_large": "key",
    "origin_refused": "origin", "host_refused": "host",
}  # fmt: skip
"""Why a request was refused, by the kind of its problem."""
# From a lexical search on a small shop (1 ms) to a slow language model (30 s).
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """What one application counted, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "guide_answers", "Answers by outcome and writer.", ["outcome", "writer"], registry=self._registry
        )
        self._ratings = Counter("guide_feedback", "Answers that were rated.", ["rating"], registry=self._registry)
        self._errors = Counter("guide_answer_errors", "Answers that broke.", registry=self._registry)
        self._stages = Histogram(
            "guide_stage_seconds", "Time in each stage of an answer.", ["stage"],
            buckets=_BUCKETS, registry=self._registry,
        )  # fmt: skip
        self._requests = Counter(
            "guide_requests", "Requests by route and status.", ["method", "route", "status"], registry=self._registry
        )
        self._refused = Counter("guide_refused", "Requests that were refused.", ["reason"], registry=self._registry)
        self._abstained = Counter(
            "guide_abstentions", "Answers that are none, and why.", ["outcome", "reason"], registry=self._registry
        )
        self._sentences = Counter(
            "guide_sentences", "Sentences by what the verifier did.", ["fate"], registry=self._registry
        )

    @contextmanager
    def following(self, collector: Collector) -> Iterator[None]:
        """Also tell what this one knows, asked whenever the figures are, until the block ends."""
        self._registry.register(collector)
        try:
            yield
        finally:
            self._registry.unregister(collector)

    def served(self, method: str, route: str, status: int, problem: str) -> None:
        """A request is over; `problem` is the kind of its problem (empty: none)."""
        self._requests.labels(method, route, str(status)).inc()
        if reason := REFUSALS.get(problem):
            self._refused.labels(reason).inc()

    async def watch(self, events: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
        """The same events; the last one is counted. Closing this closes the engine's generator."""
        began, awaited = time.perf_counter(), {"first_event", "first_text"}
        try:
            async for event in events:
                for stage in awaited & _reached(event):
                    self._stages.labels(stage).observe(time.perf_counter() - began)
                    awaited.discard(stage)
                self._count(event)
                yield event
        except Exception:
            self._errors.inc()
            raise
        finally:
            if isinstance(events, AsyncGenerator):
                await events.aclose()

    def rated(self, rating: str) -> None:
        """A shopper said what they think of an answer."""
        self._ratings.labels(rating).inc()

    def render(self) -> bytes:
        """Prometheus' text format."""
        return generate_latest(self._registry)

    def _count(self, event: Event) -> None:
        if isinstance(event, ErrorEvent):
            self._errors.inc()
        elif isinstance(event, Done):
            self._answers.labels(event.outcome, event.writer).inc()
            if event.outcome in ABSTAINED:
                self._abstained.labels(event.outcome, event.reason or "none").inc()
            for fate, sentences in event.usage.items():
                self._sentences.labels(fate).inc(sentences)
            for stage, milliseconds in event.timings.items():
                self._stages.labels(stage).observe(milliseconds / 1000)


def _reached(event: Event) -> set[str]:
    """The stages that end with this event: `status` alone shows a shopper nothing."""
    if isinstance(event, Text):
        return {"first_event", "first_text"}
    return set() if isinstance(event, Status) else {"first_event"}
