// What changed since the baseline: would the gate let it pass, each metric's difference, and how many cases moved.
function change(one) {
  if (!one.before) return "";
  const [was, is] = [worth(one.before), worth(one.now)];
  if (was !== is && [was, is].every((state) => state !== "untold")) return is === "right" ? "better" : was === "right" ? "worse" : "other";
  const same = one.before.text === one.now.text && one.before.outcome === one.now.outcome && !one.moved?.length;
  return same ? "same" : "other";
}

function drawDifference() {
  const comparison = data.comparison, w = words();
  document.getElementById("difference").hidden = !comparison;
  if (!comparison) return;
  const counts = { worse: 0, better: 0, other: 0, same: 0 };
  for (const one of data.cases) counts[change(one)] += 1;
  const show = (kind) => counts[kind] > 0 && [" ", el("button", { type: "button", class: "link", onclick: () => setFilters({ change: kind }) }, `${w.show_moved} (${w.filter.changes[kind]})`)];
  fill("compared", data.gate && gate(data.gate),
    el("p", { class: "lead" }, w.moved(counts.worse, counts.better, counts.other), ["worse", "better", "other"].map(show)),
    wide(w.differs.difference, table("", [w.metric.name, ...Object.values(w.differs), ""], Object.entries(comparison.metrics).map(changeRow))),
    el("p", { class: "muted" }, el("small", {}, w.detectable)));
}

function changeRow([name, it]) {
  const w = words(), signed = it.difference == null ? "–" : (it.difference > 0 ? "+" : "") + number(it.difference, name);
  const lower = data.metrics.find((metric) => metric.name === name).better === "lower";
  const sure = it.p == null || it.p >= 0.05 || !it.difference ? "" : it.difference < 0 === lower ? "better" : "worse";
  return [name, number(it.a, name), number(it.b, name), signed, span(it.interval, name), it.p == null ? "–" : it.p.toFixed(3), number(it.detectable, name), it.n_paired, it.moved.length,
    sure && chip(`${SIGNS[sure === "better" ? "right" : "wrong"]} ${w.sure[sure]}`, sure)];
}

function gate(verdict) {
  const w = words().gate, by = (states) => verdict.checks.filter((check) => states.includes(check.state));
  const stopped = by(["missed", "unscored", "inconclusive"]);
  return el("div", { class: "gate" },
    el("p", { class: `lead ${verdict.passed ? "good" : "bad"}` }, el("b", {}, `${SIGNS[verdict.passed ? "right" : "wrong"]} ${w[verdict.passed ? "pass" : "fail"]}`)),
    el("ul", { class: "checks" }, stopped.map(gateLine)),
    el("details", {}, el("summary", {}, w.all(verdict.checks.length)), el("ul", { class: "checks" }, verdict.checks.map(gateLine))));
}

function gateLine(check) {
  const w = words().gate, ok = check.state === "ok";
  const was = check.baseline == null ? "" : `${number(check.baseline, check.metric)} → `;
  return el("li", { class: ok ? "good" : check.state === "missed" ? "bad" : "" }, sign(ok ? "right" : check.state === "missed" ? "wrong" : "untold"),
    el("span", {}, el("b", {}, check.metric), check.slice ? w.of(check.slice) : "", ` ${was}${number(check.value, check.metric)} — ${w.bound[check.kind](check.bound)}${words().colon}`, el("b", {}, w.states[check.state]),
      check.p != null && el("span", { class: "muted" }, ` (p ${check.p.toFixed(3)})`), check.cases.length > 0 && el("span", { class: "muted" }, ` (${w.cases(check.cases.length)})`)));
}
