"""What an answer costs: milliseconds to its first text, and a language model's tokens and calls, if they are told."""

from collections.abc import Callable

from eval.answer import Usage
from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, Statistic, scored

_PERCENTILES: tuple[Statistic, ...] = ("p50", "p95", "p99")


def _first_text(judged: Judged) -> Sample:
    return NOT_APPLICABLE if judged.first_text_ms is None else scored(judged.first_text_ms)


def _told(count: Callable[[Usage], int | None]) -> Callable[[Judged], Sample]:
    def measure(judged: Judged) -> Sample:
        usage = judged.answer.usage if judged.answer else None
        counted = count(usage) if usage else None
        return NOT_APPLICABLE if counted is None else scored(counted)

    return measure


METRICS = [
    *(Metric(f"first_text_ms_{at}", "cost", at, "lower", _first_text, f"first text, {at}") for at in _PERCENTILES),
    Metric("input_tokens", "cost", "mean", "lower", _told(lambda usage: usage.input_tokens), "read by the model"),
    Metric("output_tokens", "cost", "mean", "lower", _told(lambda usage: usage.output_tokens), "written by the model"),
    Metric("model_calls", "cost", "mean", "lower", _told(lambda usage: usage.calls), "calls of the model"),
]
