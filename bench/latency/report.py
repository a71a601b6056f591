"""Percentiles of timed answers."""

from collections import Counter
from typing import Any

import numpy as np

from bench.latency.loop import Timed


def told(timed: list[Timed], seconds: float) -> dict[str, Any]:
    """Milliseconds of the answers that came with status 200, and what else came."""
    well = [one for one in timed if one.status == 200]
    return {
        "n": len(timed),
        "other_than_200": dict(Counter(one.status for one in timed if one.status != 200)),
        "written_by": dict(Counter(one.writer for one in well)),
        "answers_a_second": round(len(well) / seconds, 2),
        "total_ms": _percentiles([one.total for one in well]),
        "first_event_ms": _percentiles([one.first_event for one in well if one.first_event is not None]),
        "first_text_ms": _percentiles([one.first_text for one in well if one.first_text is not None]),
    }


def _percentiles(seconds: list[float]) -> dict[str, float] | None:
    if not seconds:
        return None
    found = np.percentile(np.array(seconds) * 1000, [50, 95, 99])
    return {name: round(float(value), 1) for name, value in zip(("p50", "p95", "p99"), found, strict=True)}
