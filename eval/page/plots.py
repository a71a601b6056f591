"""The plots, drawn when the page is written: SVG needs no script, prints well and takes the page's colours.

They need the extra `eval` (altair describes a plot, vl-convert draws it); without it the page has none and says so.
"""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from eval.metrics.model import Judged, Metric
from eval.page import charts
from eval.report import Report

CAPTIONS = {
    "shares": {
        "en": "Metrics between 0 and 1 with their 95 % intervals. ↓: lower is better; red bar: threshold.",
        "zh": "取值 0–1 的指标及 95 % 区间。↓ 表示越低越好，红色竖线为阈值。",
    },
    "risk": {
        "en": "If only the surest answers were given: how many of them are wrong (up), by how many are given (across).",
        "zh": "若只给出最有把握的回答：其中答错的比例（纵轴）随给出比例（横轴）的变化。",
    },
    "times": {
        "en": "Milliseconds to the whole answer (across, logarithmic), and how many cases took as long (up).",
        "zh": "完整回答的毫秒数（横轴，对数坐标）与相应的用例数（纵轴）。",
    },
}
_NAMESPACES = (' xmlns="http://www.w3.org/2000/svg"', ' xmlns:xlink="http://www.w3.org/1999/xlink"')


class Plot(NamedTuple):
    """A drawn plot; its caption stands in `CAPTIONS` under its name."""

    name: str
    svg: str


def draw(report: Report, metrics: Sequence[Metric], cases: Sequence[Judged]) -> list[Plot]:
    """Every plot that this run has data for."""
    if find_spec("altair") is None or find_spec("vl_convert") is None:
        return []
    import vl_convert

    return [Plot(name, _inline(vl_convert.vegalite_to_svg(spec))) for name, spec in _charts(report, metrics, cases)]


def _charts(report: Report, metrics: Sequence[Metric], cases: Sequence[Judged]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, Vega-Lite) of each plot."""
    if rows := charts.shares(report, metrics):
        yield "shares", charts.intervals(rows)
    if len(report.risk_coverage) > 1:
        yield "risk", charts.risk(report.risk_coverage)
    times = [judged.ask_ms for judged in cases if judged.ask_ms]
    if len(times) > 1:
        yield "times", charts.latency(times)


def _inline(svg: str) -> str:
    """SVG as part of an HTML page, where its namespaces go without saying."""
    for namespace in _NAMESPACES:
        svg = svg.replace(namespace, "", 1)
    return svg
