"""Figures for Prometheus; each worker process counts for itself."""

from collections.abc import AsyncGenerator, AsyncIterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from guide.events import Done, ErrorEvent, Event

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

    async def watch(self, events: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
        """The same events; the last one is counted. Closing this closes the engine's generator."""
        try:
            async for event in events:
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
            for stage, milliseconds in event.timings.items():
                self._stages.labels(stage).observe(milliseconds / 1000)
