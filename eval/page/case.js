// One case, opened: why it is wrong, what was asked, what was said, what is right, what the guide had before it.
function caseBody(one) {
  const w = words().case;
  const flags = one.before && !one.before.error && !one.now.error ? changed(one.before.text ?? "", one.now.text ?? "") : [];
  return el("div", { class: "body" },
    wrongs(one),
    one.case.history?.length > 0 && el("div", { class: "history" }, el("h4", {}, w.history), one.case.history.map((turn) => el("p", {}, el("b", {}, (w[turn.role] ?? turn.role) + words().colon), turn.content))),
    el("p", { class: "question" }, el("b", {}, w.question + words().colon), one.case.question),
    el("div", { class: "answers" }, one.before && answer(one.before, w.before, flags[0], "del"), answer(one.now, w.now, flags[1], "ins")),
    gold(one), evidence(one), el("p", { class: "muted small" }, w.tags + words().colon + one.slices.join(", "), one.moved?.length > 0 && `; ${w.metrics_moved}${words().colon}${one.moved.join(", ")}`));
}

function wrongs(one) {
  const w = words(), found = one.now.wrong ?? [];
  if (worth(one.now) === "untold") return el("p", { class: "muted" }, w.case.untold);
  return found.length > 0 && el("div", { class: "why" }, el("h4", {}, w.case.why), el("ul", {}, found.map((code) => el("li", {}, `${SIGNS.wrong} `, wrongWords(code, one)))));
}

function wrongWords(code, one) {
  const at = code.indexOf(":"), kind = code.slice(0, at), what = code.slice(at + 1), say = words().wrongs[kind];
  if (kind === "must") return say(either(what.split("|")));
  return say ? say(what, one.accepted.join(", ")) : code;
}

const either = (entry) => (typeof entry === "string" ? `“${entry}”` : entry.map((text) => `“${text}”`).join(words().case.either));

function gold(one) {
  const w = words().case, it = one.case;
  const rows = [
    [w.accepted, one.accepted.join(w.either)],
    ...(it.must ?? []).map((entry) => [w.must, either(entry)]),
    ...(it.must_not ?? []).map((entry) => [w.must_not, either(entry)]),
    ...(it.references ?? []).map((text) => [w.references, text]),
    it.forbidden_ids?.length && [w.forbidden_ids, it.forbidden_ids.join(", ")],
    it.relevant && Object.keys(it.relevant).length && [w.relevant, Object.entries(it.relevant).map(([id, grade]) => `${id} (${grade})`).join(", ")],
    it.constraints && [w.constraints, JSON.stringify(it.constraints)],
    it.clock && [w.clock, it.clock],
  ];
  return el("div", { class: "gold" }, el("h4", {}, w.gold), el("dl", {}, rows.filter(Boolean).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
}

function evidence(one) {
  const offered = (one.now.evidence ?? []).map((at) => data.passages[at]);
  return offered.length > 0 && el("details", { class: "evidence" }, el("summary", {}, words().case.evidence(offered.length)),
    el("ul", { class: "plain" }, offered.map((passage) => el("li", {}, el("span", { class: "muted" }, `${passage.record_id} ${passage.field}`), el("p", {}, passage.text)))));
}
