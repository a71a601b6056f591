// Data in, elements out. Text only ever becomes text nodes and attributes: nothing that an answer says is read as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const report = data.report;
const state = { lang: "en", find: "", state: "", claim: "", outcome: "", slice: "", change: "", order: "worst", open: new Set(), sort: { by: "accuracy", down: false } };
const words = () => WORDS[state.lang];
const SIGNS = { supported: "✓", contradicted: "✗", not_enough_evidence: "?", not_checkable: "○", right: "✓", wrong: "✗", error: "!", untold: "·" };

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false && child !== ""));
  return node;
}

const fill = (id, ...children) => document.getElementById(id).replaceChildren(...children.flat(Infinity).filter(Boolean));
const sign = (name) => el("span", { class: `sign ${name}`, "aria-hidden": "true" }, SIGNS[name] ?? "·");
const chip = (text, kind = "") => el("span", { class: `chip ${kind}` }, text);

// Rates in three decimals as the command line prints them, counts and milliseconds whole.
function number(value, name = "") {
  if (value == null) return "–";
  if (name.includes("_ms_")) return Intl.NumberFormat(state.lang, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}
const span = (interval, name) => (interval ? `${number(interval[0], name)} … ${number(interval[1], name)}` : "–");
const percent = (value) => Intl.NumberFormat(state.lang, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

function money(price) {
  if (!/^[A-Z]{3}$/.test(price.currency)) return `${price.amount} ${price.currency}`;
  const format = Intl.NumberFormat(state.lang, { style: "currency", currency: price.currency });
  return format.format(price.amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

// A table with a header row; `rows` are lists of cells, the first of which heads its row.
function table(caption, head, rows) {
  return el("table", {}, caption && el("caption", {}, caption), head && headOf(head), el("tbody", {}, rows.map(rowOf)));
}
const headOf = (cells) => el("thead", {}, el("tr", {}, cells.map((cell) => (cell instanceof Element ? cell : el("th", { scope: "col" }, cell)))));
const rowOf = ([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), rest.map((cell) => el("td", {}, cell)));
// What may be wider than the page scrolls by itself, with the keyboard too.
const wide = (label, content) => el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, content);
