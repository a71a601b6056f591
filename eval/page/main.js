// Language and colours, then everything is drawn.
function draw() {
  const w = words();
  document.documentElement.lang = state.lang;
  const language = document.getElementById("language");
  language.textContent = w.other;
  language.lang = state.lang === "zh" ? "en" : "zh";
  const theme = document.getElementById("theme"), chosen = theme.value || "auto";
  theme.replaceChildren(...Object.entries(w.themes).map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
  drawVerdict();
  drawDifference();
  drawFigures();
  drawSlices();
  drawFilters();
  drawCases();
  drawAbout();
}

document.getElementById("language").addEventListener("click", () => {
  state.lang = state.lang === "zh" ? "en" : "zh";
  draw();
});
document.getElementById("theme").addEventListener("change", (event) => {
  const chosen = event.target.value;
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
});
document.getElementById("list").addEventListener("keydown", onKey);
document.getElementById("more").addEventListener("click", showMore);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", openNamed);

state.lang = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
draw();
openNamed();
