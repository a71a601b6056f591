// The answer to "may it ship?", before anything else.
function worth(shown) {
  if (shown.error) return "error";
  return shown.right == null ? "untold" : shown.right ? "right" : "wrong";
}

function decided() {
  const verdict = report.verdict;
  if (verdict.exit_code === 0) return verdict.checks.length ? "pass" : "open";
  return verdict.exit_code === 1 ? "fail" : "none";
}

function headline() {
  const w = words(), counts = { right: 0, wrong: 0, error: 0, untold: 0 };
  for (const one of data.cases) counts[worth(one.now)] += 1;
  const told = counts.right + counts.wrong, accuracy = report.metrics.accuracy;
  const interval = accuracy?.interval ? (state.lang === "zh" ? "，" : ", ") + w.interval(...accuracy.interval.map(percent)) : "";
  const parts = [told && w.right(counts.right, told, percent(counts.right / told), interval), counts.wrong && w.wrong(counts.wrong), counts.error && w.unanswered(counts.error), counts.untold && w.untold(counts.untold)];
  return parts.filter(Boolean).join(state.lang === "zh" ? "；" : "; ") + (state.lang === "zh" ? "。" : ".");
}

function checkLine(check) {
  const w = words(), result = report.metrics[check.metric];
  const found = check.value == null ? w.nothing : number(check.value, check.metric);
  const how = result ? `${result.interval ? w.interval(...result.interval.map((end) => number(end, check.metric))) + "; " : ""}${w.scored(result.n_scored, result.n_total)}` : "";
  return el("li", { class: check.ok ? "good" : "bad" }, sign(check.ok ? "right" : "wrong"),
    el("span", {}, el("b", {}, check.metric), ` ${found}`, el("span", { class: "muted" }, how && ` (${how})`), ` — ${w.bound[check.kind]} ${check.bound}${w.colon}`, el("b", {}, check.ok ? w.met : w.missed)));
}

function drawVerdict() {
  const w = words(), verdict = report.verdict, kind = decided();
  const missed = verdict.checks.filter((check) => !check.ok).length;
  fill("verdict",
    el("div", { class: `banner ${kind}` },
      el("h2", {}, el("span", { class: "big", "aria-hidden": "true" }, { pass: "✓", fail: "✗", open: "i", none: "!" }[kind]), w.verdict[kind]),
      el("p", { class: "lead" }, headline()),
      el("p", {}, w.why[kind](verdict.checks.length, missed), kind === "none" && el("span", { lang: "en" }, ` ${verdict.says}.`))),
    verdict.checks.length > 0 && el("ul", { class: "checks" }, [...verdict.checks].sort((a, b) => a.ok - b.ok).map(checkLine)),
    judgeCard());
}
