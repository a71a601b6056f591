"""Figures that are looked up when somebody asks: of the engine, the snapshot and the places taken."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from guide.shop import Shop


class Gauges(Collector):
    """One worker's."""

    def __init__(self, shop: Shop, held: Callable[[], int]) -> None:
        """`held` tells how many answers and searches are being made."""
        self._shop = shop
        self._held = held

    def collect(self) -> Iterator[Metric]:
        """As they are now."""
        figures, built = self._shop.engine.figures, datetime.fromisoformat(self._shop.view().built_at)
        yield GaugeMetricFamily("guide_in_flight", "Answers and searches being made.", value=self._held())
        yield GaugeMetricFamily(
            "guide_snapshot_age_seconds", "Since the served snapshot was built.",
            value=max(0.0, (datetime.now(UTC) - built).total_seconds()),
        )  # fmt: skip
        yield GaugeMetricFamily(
            "guide_model_resting", "1 while the language model is left alone, for it failed too often.",
            value=float(figures.model_resting),
        )  # fmt: skip
        yield _counter("guide_failed_checks", "How often each check said no.", "check", figures.failed_checks)
        yield _counter("guide_model_calls", "Calls of the language model.", "result", figures.model_calls)


def _counter(name: str, text: str, label: str, counts: dict[str, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, text, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family
