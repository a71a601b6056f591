// How far the judge behind the verdicts on statements can be trusted: held against people's labels, or not at all.
const estimate = (one) => (one?.value == null ? "–" : `${number(one.value)} (${number(one.low)} … ${number(one.high)})`);

function judgeCard() {
  const w = words().card, card = report.judge_card;
  if (!card) return el("p", { class: "note" }, el("b", {}, `${SIGNS.not_enough_evidence} ${w.none}`), ` — ${w.hint}`);
  const rows = card.sets.map((set) => [set.name, `${set.n} (${set.labellers.join(", ")})`, estimate(set.balanced_accuracy), estimate(set.auc), estimate(set.coverage),
    ...[set.people, set.judge].map((pairs) => pairs.map((pair) => el("div", {}, `${pair.a}, ${pair.b}: ${estimate(pair.kappa)}`)))]);
  const fixed = report.faithfulness_corrected;
  return el("div", { class: "note" }, el("b", {}, w.title), el("p", {}, w.of(card.judge, card.version, card.date, card.n)),
    fixed && el("p", {}, fixed.value == null ? w.refused(fixed.refused) : w.corrected(...[fixed.raw, fixed.value, ...fixed.interval].map((one) => number(one)), fixed.n_labelled)),
    wide(w.title, table("", [w.set, w.n, w.balanced_accuracy, w.auc, w.coverage, w.people, w.judge], rows)));
}
