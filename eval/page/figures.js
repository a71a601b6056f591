// The few figures that are looked at first, and the table of all of them.
const KEYS = ["accuracy", "faithfulness_offline", "contradiction_rate", "wrong_price", "abstention_f1", "nDCG@10", "ask_ms_p95"];

// A share as people say it, a time in seconds where it has some, anything else as it is.
function shown(name) {
  if (name.includes("_ms_")) return (ms) => (ms < 1000 ? `${number(ms, name)} ms` : `${(ms / 1000).toFixed(1)} s`);
  return name.startsWith("nDCG") || name.endsWith("f1") ? number : percent;
}

function drawFigures() {
  const w = words();
  fill("key", KEYS.filter((name) => report.metrics[name]?.value != null).map((name) => {
    const result = report.metrics[name], show = shown(name);
    return el("div", { class: "figure" }, el("span", { class: "muted" }, w.key[name]), el("b", {}, show(result.value)),
      el("small", {}, result.interval && `${show(result.interval[0])} … ${show(result.interval[1])}`), el("small", { class: "muted" }, w.of(result.n_scored, result.n_total)));
  }));
  if (!document.querySelector("#plots figure")) fill("plots", el("p", { class: "muted" }, w.no_plots));
  const head = Object.values(w.metric), groups = [...new Set(data.metrics.map((metric) => metric.group))];
  const part = (group) => el("tbody", {}, el("tr", {}, el("th", { scope: "rowgroup", colspan: head.length, class: "group" }, w.groups[group] ?? group)),
    data.metrics.filter((metric) => metric.group === group && report.metrics[metric.name]).map((metric) => rowOf(metricRow(metric))));
  fill("metrics", wide(w.metric.name, el("table", {}, headOf(head), groups.map(part))));
}

function metricRow(metric) {
  const result = report.metrics[metric.name];
  const says = (state.lang === "zh" && METRICS_ZH[metric.name]) || metric.says;
  return [`${metric.name}${metric.better === "lower" ? " ↓" : ""}`, number(result.value, metric.name), span(result.interval, metric.name),
    result.n_scored, result.n_error, result.n_abstained, result.n_not_applicable, says];
}
