// An answer as the shopper read it, each statement marked with its verdict.
function answer(shown, title, flags, tag) {
  const w = words();
  if (shown.error) return el("div", { class: "answer" }, el("h3", {}, title), el("p", { class: "bad" }, `${SIGNS.error} ${shown.error}`));
  return el("div", { class: "answer" },
    el("h3", {}, title, " ", chip(shown.outcome ?? "–"), " ", shown.reason && chip(shown.reason)),
    el("p", { class: "text" }, shown.text ? statements(shown, flags, tag) : el("i", {}, w.case.text_less)),
    claimList(shown.claims ?? []),
    shown.products?.length > 0 && listed(w.case.products, shown.products.map(product)),
    shown.citations?.length > 0 && listed(w.case.quotes, shown.citations.map((one) => [`[${one.n}] `, el("q", {}, one.quote), el("span", { class: "muted" }, ` ${one.record_id} ${one.field}`)])),
    el("p", { class: "muted small" }, w.case.written(shown.writer, shown.ms && number(shown.ms, "_ms_"))));
}

// A long list is folded away, with its length told.
function listed(title, items) {
  const list = el("ul", { class: "plain" }, items.map((item) => el("li", {}, item)));
  return items.length > 6 ? el("details", { class: "small" }, el("summary", {}, `${title} (${items.length})`), list) : el("div", {}, el("h4", {}, title), list);
}
const product = (card) => [card.title || card.id, card.offer?.price && el("b", {}, ` ${money(card.offer.price)}`), card.offer?.availability && ` ${card.offer.availability}`, el("span", { class: "muted" }, ` ${card.variant_id ?? card.id}`)];

// Offsets count code points, as Python does: a string of UTF-16 units would be off after the first emoji.
function statements(shown, flags, tag) {
  const points = Array.from(shown.text), out = [];
  let at = 0;
  (shown.claims ?? []).forEach((claim, index) => {
    if (claim.start < at) return;
    out.push(...runs(points, at, claim.start, flags, tag));
    out.push(el("span", { class: `claim ${claim.verdict}` }, runs(points, claim.start, claim.end, flags, tag), mark(claim, index)));
    at = claim.end;
  });
  return [...out, ...runs(points, at, points.length, flags, tag)];
}

const mark = (claim, index) => el("sup", {}, `${SIGNS[claim.verdict]}${index + 1}`);

// The text between two offsets, its changed words in `tag`.
function runs(points, from, to, flags, tag) {
  const out = [];
  for (let start = from, end = from; start < to; start = end) {
    while (end < to && Boolean(flags?.[end]) === Boolean(flags?.[start])) end += 1;
    const text = points.slice(start, end).join("");
    out.push(flags?.[start] ? el(tag, {}, text) : text);
  }
  return out;
}

function claimList(claims) {
  const w = words();
  return claims.length > 0 && el("div", {}, el("h4", {}, w.case.statements), el("ol", { class: "claims" }, claims.map((claim, index) =>
    el("li", { class: claim.verdict }, el("b", {}, `${SIGNS[claim.verdict]}${index + 1} ${w.verdicts[claim.verdict]}`), ` — ${reason(claim.reason)}`))));
}

const reason = (codes) => codes.split(",").map((code) => words().reasons[code] ?? code).join(state.lang === "zh" ? "、" : ", ");
