"""What each plot shows, as Vega-Lite.

Colours are the page's own variables, so a plot follows light and dark; its words stand in the caption, in both
languages, and the plot itself names only metrics and numbers.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from eval.metrics.model import Metric
from eval.metrics.selective import Point
from eval.report import Report

_LABELS, _SHARES, _OTHERS = 164, 166, 300
"""Points that metric names, their axis and the other plots are wide: a plot fits a telephone, and is enlarged on
a wide screen."""
_STEP = 15
"""Points a metric's row is high."""
_FONT = 10


class Share(NamedTuple):
    """A metric that lies between 0 and 1: one row of the interval plot."""

    name: str
    group: str
    value: float
    low: float
    high: float
    bounds: list[float]


def shares(report: Report, metrics: Sequence[Metric]) -> list[Share]:
    """The metrics that share the axis from 0 to 1, in their order."""
    found = []
    for metric in metrics:
        result = report.metrics[metric.name]
        if result.value is None or result.interval is None or not 0 <= result.interval[0] <= result.interval[1] <= 1:
            continue
        bounds = [check.bound for check in report.verdict.checks if check.metric == metric.name]
        name = metric.name + (" ↓" if metric.better == "lower" else "")
        found.append(Share(name, metric.group, result.value, *result.interval, bounds))
    return found


def intervals(rows: Sequence[Share]) -> dict[str, Any]:
    """A point with its interval for each metric, grouped as the report groups them."""
    import altair as alt

    unbound: list[float | None] = [None]
    data = [{**row._asdict(), "bound": bound} for row in rows for bound in (row.bounds or unbound)]
    base = alt.Chart().encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=_LABELS, minExtent=_LABELS))
    )
    domain = alt.Scale(domain=[0, 1], nice=False)
    bar = base.mark_rule(strokeWidth=2.5, opacity=0.55, color="var(--brand)").encode(
        x=alt.X("low:Q", scale=domain, title=None, axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".2~f")),
        x2="high:Q",
    )
    point = base.mark_point(filled=True, size=32, opacity=1, color="var(--brand)").encode(
        x=alt.X("value:Q", scale=domain)
    )
    limit = base.mark_tick(thickness=2, size=11, color="var(--bad)").encode(x=alt.X("bound:Q", scale=domain))
    layers = alt.layer(bar, point, limit, data=alt.Data(values=data)).properties(width=_SHARES, height={"step": _STEP})
    header = alt.Header(labelOrient="top", labelAnchor="start", labelPadding=2, title=None)
    groups = list(dict.fromkeys(row.group for row in rows))
    chart = layers.facet(row=alt.Row("group:N", sort=groups, header=header), spacing=4)
    return _spec(chart.resolve_scale(y="independent"))


def risk(points: Sequence[Point]) -> dict[str, Any]:
    """The risk-coverage curve: a step at each confidence that occurs."""
    import altair as alt

    percent = alt.Axis(format="%", tickCount=5)
    data = [{"coverage": point.coverage, "risk": point.risk} for point in points]
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_line(interpolate="step-before", point={"size": 22, "color": "var(--brand)"}, color="var(--brand)")
        .encode(
            x=alt.X("coverage:Q", title=None, axis=percent, scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("risk:Q", title=None, axis=percent, scale=alt.Scale(zero=True)),
        )
    )
    return _spec(chart.properties(width=_OTHERS, height=180))


def latency(times: Sequence[float]) -> dict[str, Any]:
    """A histogram over a logarithmic axis (a tail is long), with the median, 95th and 99th percentile."""
    import altair as alt

    low, high = np.log10(min(times)), np.log10(max(times))
    counts, edges = np.histogram(np.log10(times), bins=30, range=(low, max(high, low + 0.1)))
    bars = [
        {"from": 10**start, "to": 10**end, "cases": int(count)}
        for count, start, end in zip(counts, edges, edges[1:], strict=False)
    ]
    marks = [
        {"ms": float(np.percentile(times, at)), "says": f"p{at}", "row": row} for row, at in enumerate((50, 95, 99))
    ]
    axis = alt.X("from:Q", scale=alt.Scale(type="log", nice=False), title=None, axis=alt.Axis(tickCount=6, format="~s"))
    drawn = (
        alt.Chart(alt.Data(values=bars))
        .mark_rect(color="var(--brand)", opacity=0.75)
        .encode(x=axis, x2="to:Q", y=alt.Y("cases:Q", title=None, axis=alt.Axis(tickMinStep=1)), y2=alt.datum(0))
    )
    base = alt.Chart(alt.Data(values=marks)).encode(x="ms:Q")
    rule = base.mark_rule(color="var(--ink)", strokeDash=[3, 3])
    label = base.mark_text(align="left", dx=3, fontSize=_FONT, color="var(--ink)").encode(
        y=alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[14, -0.5])), text="says:N"
    )
    chart = alt.layer(drawn, alt.layer(rule, label)).resolve_scale(y="independent")
    return _spec(chart.properties(width=_OTHERS, height=200))


def _spec(chart: Any) -> dict[str, Any]:
    lines = {"gridColor": "var(--line)", "domainColor": "var(--line)", "tickColor": "var(--line)"}
    drawn = (
        chart.configure(background="transparent", font="inherit", padding=2)
        .configure_axis(**lines, labelColor="var(--soft)", labelFontSize=_FONT)
        .configure_header(labelColor="var(--ink)", labelFontSize=_FONT, labelFontWeight="bold")
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = drawn.to_dict()
    return spec
