"""Milliseconds from request to whole answer, of the attempt that succeeded."""

from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, Statistic, scored

_PERCENTILES: tuple[Statistic, ...] = ("p50", "p95", "p99")


def _ask(judged: Judged) -> Sample:
    return NOT_APPLICABLE if judged.ask_ms is None else scored(judged.ask_ms)


def _search(judged: Judged) -> Sample:
    return NOT_APPLICABLE if judged.search_ms is None else scored(judged.search_ms)


METRICS = [
    Metric(f"{name}_ms_{at}", "latency", at, "lower", measure, f"{name}, {at}")
    for name, measure in (("ask", _ask), ("search", _search))
    for at in _PERCENTILES
]
