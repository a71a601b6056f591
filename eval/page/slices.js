// Where the guide is weak: each slice with its main metrics, sorted by whichever column is pressed.
const SLICED = ["accuracy", "faithfulness_offline", "contradiction_rate", "wrong_price", "abstention_f1", "nDCG@10", "ask_ms_p95"];

function drawSlices() {
  const w = words(), names = Object.keys(report.slices);
  const columns = ["n", ...SLICED.filter((metric) => names.some((name) => report.slices[name][metric]?.value != null))];
  const rows = names.map((name) => ({ name, results: report.slices[name] })).sort(bySort);
  fill("sliced", wide(w.slice.name,
    table("", ["name", ...columns].map(sortHead), rows.map(({ name, results }) => [sliceButton(name, w), ...columns.map((column) => sliceCell(results, column))]))));
}

const sliceValue = (row, by) => (by === "name" ? row.name : by === "n" ? row.results.accuracy.n_total : row.results[by]?.value);

function bySort(a, b) {
  const { by, down } = state.sort, one = sliceValue(a, by), other = sliceValue(b, by);
  if (one == null || other == null) return (one == null) - (other == null); // what has no value stands last either way
  const order = typeof one === "string" ? one.localeCompare(other) : one - other;
  return down ? -order : order;
}

function sortHead(column) {
  const { by, down } = state.sort, on = by === column, label = words().slice[column] ?? column;
  const press = () => {
    state.sort = { by: column, down: on && !down };
    drawSlices();
    document.querySelector(`#sliced button[data-by="${CSS.escape(column)}"]`).focus();
  };
  return el("th", { scope: "col", "aria-sort": on ? (down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", "data-by": column, onclick: press }, label, el("span", { "aria-hidden": "true" }, on ? (down ? " ▼" : " ▲") : "")));
}

function sliceButton(name, w) {
  const [kind, ...rest] = name.split(":");
  const press = () => setFilters({ slice: name });
  return el("button", { type: "button", class: "link", title: w.slice.show, onclick: press }, el("span", { class: "muted" }, `${w.slice.kinds[kind] ?? kind} `), rest.join(":"));
}

function sliceCell(results, column) {
  if (column === "n") return String(results.accuracy.n_total);
  const result = results[column];
  return result?.value == null ? "–" : [el("b", {}, number(result.value, column)), el("small", { class: "muted" }, ` ${span(result.interval, column)}`)];
}
