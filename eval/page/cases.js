// The case browser. Rows are made fifty at a time and a case is filled when it is opened, so that thousands open fast.
const CHUNK = 50;
const WORST = { error: 0, wrong: 1, untold: 2, right: 3 };
const CHANGES = { worse: 0, better: 1, other: 2, same: 3, "": 3 };
let fitting = [];

const has = (one, verdict) => (one.now.claims ?? []).some((claim) => claim.verdict === verdict);
const doubt = (one) => (has(one, "contradicted") ? 0 : has(one, "not_enough_evidence") ? 1 : 2);
const haystack = (one) => [one.case.id, one.case.question, one.now.text ?? "", one.now.error ?? ""].join("\n").toLowerCase();

const ORDERS = {
  worst: (a, b) => CHANGES[change(a)] - CHANGES[change(b)] || WORST[worth(a.now)] - WORST[worth(b.now)] || doubt(a) - doubt(b),
  file: () => 0,
  slowest: (a, b) => (b.now.ms ?? 0) - (a.now.ms ?? 0),
};

function fits(one) {
  return (!state.find || haystack(one).includes(state.find.toLowerCase())) && (!state.state || worth(one.now) === state.state)
    && (!state.claim || has(one, state.claim)) && (!state.outcome || one.now.outcome === state.outcome)
    && (!state.slice || one.slices.includes(state.slice)) && (!state.change || change(one) === state.change);
}

function drawCases() {
  fitting = data.cases.filter(fits).sort(ORDERS[state.order]);
  fill("count", fitting.length ? words().shown(fitting.length, data.cases.length) : words().none_fit);
  fill("list");
  showMore();
}

function showMore() {
  const list = document.getElementById("list"), more = document.getElementById("more"), at = list.children.length;
  list.append(...fitting.slice(at, at + CHUNK).map(row));
  const left = fitting.length - list.children.length;
  more.hidden = left <= 0;
  more.textContent = words().more(Math.min(left, CHUNK));
}

function row(one) {
  const w = words(), kind = worth(one.now), moved = change(one), open = state.open.has(one.case.id);
  const details = el("details", { "data-id": one.case.id, open },
    el("summary", {}, sign(kind), el("span", { class: "away" }, w.filter.states[kind]), el("span", { class: "asked" }, one.case.question),
      el("span", { class: "chips" }, moved && moved !== "same" && chip(w.filter.changes[moved], moved),
        has(one, "contradicted") && chip(`${SIGNS.contradicted} ${w.verdicts.contradicted}`, "contradicted"), one.now.outcome && chip(one.now.outcome), el("code", {}, one.case.id))));
  const toggled = () => {
    state.open[details.open ? "add" : "delete"](one.case.id);
    if (details.open && details.children.length === 1) details.append(caseBody(one));
  };
  details.addEventListener("toggle", toggled);
  return el("li", {}, details);
}

// Arrow keys (or j and k) go from case to case while one of them has the focus; Enter opens it.
function onKey(event) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step || event.target.tagName !== "SUMMARY" || event.target.parentElement.dataset.id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const item = event.target.closest("li");
  if (step > 0 && !item.nextElementSibling) showMore();
  const next = step > 0 ? item.nextElementSibling : item.previousElementSibling;
  if (!next) return;
  event.preventDefault();
  next.querySelector("summary").focus();
}

function setFilters(changes) {
  Object.assign(state, { find: "", state: "", claim: "", outcome: "", slice: "", change: "" }, changes);
  drawFilters();
  drawCases();
  document.getElementById("cases").scrollIntoView();
  document.querySelector("#list summary")?.focus({ preventScroll: true });
}

function drawFilters() {
  const w = words().filter, same = (names) => Object.fromEntries(names.map((name) => [name, name]));
  const outcomes = [...new Set(data.cases.map((one) => one.now.outcome).filter(Boolean))].sort();
  fill("filters",
    field("find", el("input", { type: "search", id: "find", value: state.find, oninput: (event) => choose("find", event) })),
    picker("state", w.states), picker("claim", words().verdicts), picker("outcome", same(outcomes)), picker("slice", same(Object.keys(report.slices))),
    data.comparison && picker("change", w.changes), picker("order", w.orders, false),
    el("button", { type: "button", onclick: () => { setFilters({ order: "worst" }); document.getElementById("find").focus({ preventScroll: true }); } }, w.reset));
}

const field = (name, input) => el("label", { class: `by-${name}` }, el("span", {}, words().filter[name]), input);
const picker = (name, options, any = true) => field(name, el("select", { id: name, onchange: (event) => choose(name, event) },
  any && el("option", { value: "" }, words().filter.any), Object.entries(options).map(([value, text]) => el("option", { value, selected: state[name] === value }, text))));

function choose(name, event) {
  state[name] = event.target.value;
  drawCases();
}

// report.html#case=ID opens that case, so that one can be sent to somebody.
function openNamed() {
  const id = decodeURIComponent(location.hash.match(/^#case=(.+)$/)?.[1] ?? ""), one = data.cases.find((one) => one.case.id === id);
  if (!one) return;
  state.open.add(id);
  setFilters({ find: id });
}
