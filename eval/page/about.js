// What was asked of whom, and the counts behind the figures.
function drawAbout() {
  const w = words().about, r = report;
  const rows = [
    [w.target, r.target], [w.snapshot, r.snapshot ?? "–"], [w.cases_file, r.cases_file], [w.cases_hash, r.cases_hash], [w.harness, r.harness],
    [w.catalog, r.catalog.join(", ") || w.no_catalog], [w.bootstrap, w.draws(r.bootstrap.draws, r.bootstrap.seed)],
    r.load && [w.load, r.load.rate ? w.a_second(r.load.rate) : w.at_once(r.load.concurrency)],
    [w.unsent, Object.entries(r.unsent).map(([name, n]) => w.parts(name, n)).join(", ")],
    r.judge && [w.judge, w.judged(r.judge, tally(r.judge.failures))],
    [w.writers, tally(r.writers)], [w.degraded, tally(r.degraded)],
  ];
  const outcomes = Object.entries(r.outcomes).flatMap(([accepted, given]) => Object.entries(given).map(([name, n]) => [accepted.replaceAll("|", words().case.either), name, n]));
  const errors = Object.entries(r.errors);
  fill("facts",
    el("dl", {}, rows.filter((row) => row?.[1]).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    el("div", { class: "pair" },
      table(w.outcomes, [w.accepted, w.got, w.cases], outcomes),
      Object.keys(r.abstentions).length > 0 && table(w.abstentions, ["", w.given, w.right], Object.entries(r.abstentions).map(([name, it]) => [name, it.given, it.right]))),
    errors.length > 0 && table(w.errors, null, errors));
}

const tally = (counts) => Object.entries(counts).map(([name, n]) => `${name} ${n}`).join(", ");
