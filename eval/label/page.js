"use strict";

const WORDS = {
  en: {
    question: "Question", answer: "Answer", statement: "The statement", evidence: "What it may rest on",
    labels: "Label", undo: "Undo", language: "中文", shopper: "Shopper", guide: "Guide",
    end: "All statements are labelled.", endMore: "Every label is saved. You can close this page, and stop the command.",
    lost: "Not saved: the command that serves this page does not answer.", none: "No evidence was given.",
    count: (done, total) => `${done} of ${total}`,
    supported: ["Supported", "The evidence bears out every part of it."],
    contradicted: ["Contradicted", "The evidence says otherwise, in any part of it."],
    not_enough_evidence: ["Not enough evidence", "It claims something the evidence neither bears out nor denies."],
    not_checkable: ["Nothing to check", "It claims nothing: a greeting, a question, an offer of help."],
  },
  zh: {
    question: "问题", answer: "回答", statement: "要判断的陈述", evidence: "可作依据的资料",
    labels: "判断", undo: "撤销", language: "English", shopper: "顾客", guide: "导购",
    end: "全部陈述已判断完毕。", endMore: "所有判断都已保存，可以关闭本页并停止命令。",
    lost: "未保存：提供本页的命令没有响应。", none: "没有给出资料。",
    count: (done, total) => `${done} / ${total}`,
    supported: ["有依据", "资料支持它的每个部分。"],
    contradicted: ["与资料矛盾", "其中任何部分与资料不符。"],
    not_enough_evidence: ["依据不足", "它有所断言，资料既未证实也未否认。"],
    not_checkable: ["无可核查", "没有断言：问候、提问、表示愿意帮忙。"],
  },
};
const NAMES = ["supported", "contradicted", "not_enough_evidence", "not_checkable"];

const byId = (id) => document.getElementById(id);
let language = navigator.language.startsWith("zh") ? "zh" : "en";
let view = null;
let busy = false;

// All that is shown of answers and records goes through textContent: it is never read as HTML.
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function sayFrame() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  for (const one of document.querySelectorAll("[data-says]")) one.textContent = words[one.dataset.says];
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", words[one.dataset.label]);
  for (const button of document.querySelectorAll("[data-label-name]")) {
    const [name, meaning] = words[button.dataset.labelName];
    button.querySelector("b").textContent = name;
    button.querySelector("small").textContent = meaning;
  }
  byId("language").textContent = words.language;
}

function showStatement({ statement }) {
  byId("history").replaceChildren(...statement.history.map((turn) =>
    element("li", `${WORDS[language][turn.role === "user" ? "shopper" : "guide"]}: ${turn.content}`)));
  byId("question").textContent = statement.question;
  byId("question").previousElementSibling.previousElementSibling.hidden = !statement.question;
  // Offsets are code points; a string of JavaScript is UTF-16.
  const points = Array.from(statement.answer);
  const cut = (from, to) => points.slice(from, to).join("");
  const [, before, words, after] = cut(statement.start, statement.end).match(/^(\s*)([^]*?)(\s*)$/);
  byId("answer").replaceChildren(cut(0, statement.start), before, element("mark", words), after, cut(statement.end));
  byId("statement").textContent = statement.text;
  const sources = statement.evidence.map((source) => {
    const row = document.createElement("div");
    if (source.title) row.append(element("dt", source.title));
    row.append(element("dd", source.text));
    return row;
  });
  byId("evidence").replaceChildren(...(sources.length ? sources : [element("dd", WORDS[language].none)]));
}

function show() {
  sayFrame();
  if (!view) return;
  byId("bar").max = view.total;
  byId("bar").value = view.done;
  byId("count").textContent = WORDS[language].count(view.done, view.total);
  byId("labeller").textContent = view.labeller;
  byId("work").hidden = !view.statement;
  byId("end").hidden = Boolean(view.statement);
  byId("undo").disabled = !view.can_undo;
  for (const button of document.querySelectorAll("[data-label-name]")) button.disabled = !view.statement;
  if (view.statement) showStatement(view);
}

async function ask(name, body) {
  if (busy) return;
  busy = true;
  try {
    const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(name, options);
    if (!response.ok) throw new Error(response.status);
    view = await response.json();
    byId("problem").hidden = true;
    show();
    if (body) scrollTo(0, 0);
  } catch {
    byId("problem").textContent = WORDS[language].lost;
    byId("problem").hidden = false;
  } finally {
    busy = false;
  }
}

function label(name) {
  if (view?.statement) ask("label", { id: view.statement.id, claim: view.statement.claim, label: name });
}

for (const button of document.querySelectorAll("[data-label-name]")) {
  button.addEventListener("click", () => label(button.dataset.labelName));
}
byId("undo").addEventListener("click", () => ask("undo", {}));
byId("language").addEventListener("click", () => {
  language = language === "en" ? "zh" : "en";
  show();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const name = NAMES[Number(event.key) - 1];
  if (name) label(name);
  else if (event.key.toLowerCase() === "u" && view?.can_undo) ask("undo", {});
});
sayFrame();
ask("state");
