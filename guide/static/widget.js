/* Shopguide's widget: <script src="/widget.js" data-key data-product-id data-locale data-mount></script>
   One custom element in a shadow root. Everything a shop or a model says becomes text nodes, never markup. */
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(script.src).origin;
  const options = { ...script.dataset };
  const allowed = options.key ? { Authorization: "Bearer " + options.key } : {};
  const spoken = options.locale || document.documentElement.lang || navigator.language || "en";
  const zh = spoken.toLowerCase().startsWith("zh");
  const locale = zh ? "zh-CN" : spoken;
  const TURNS = 8; // earlier turns sent along where the server keeps no conversation, for "the second one"
  const RESUMES = 4; // times in a row that a broken stream is taken up again
  const KEPT = 30; // messages that survive a change of page, in this tab only

  const say = zh
    ? {
        name: "导购", open: "打开导购", close: "收起", clear: "新对话", log: "对话", ask: "想买什么，或想问什么？", send: "发送",
        stop: "停止", hello: "你好，想找点什么？", sub: "可以问商品、比价格，也可以问配送和退换。回答都来自本店资料，点数字看原文。",
        wait: "正在查找", stopped: "已停止", retry: "重试", examples: "试试这样问", more: "接着问", was: "原价",
        in_stock: "有货", out_of_stock: "缺货", preorder: "可预订", backorder: "可下单，稍后发货", unsaid: "未注明",
        unverified: "资料未注明：", none: "暂无报价", cite: "出处", table: "商品对比", price: "价格", you: "你",
        merchant: "商品说明", customer: "买家评价", policy: "店铺政策", faq: "常见问题", qa: "商品问答",
        busy: "现在咨询的人有点多，请稍后再试。", long: "问题太长了，请精简一些。", offline: "连接不上，请检查网络后重试。",
        failed: "这次没能回答出来，请再试一次。", join: "、",
      }
    : {
        name: "Shopping guide", open: "Open the shopping guide", close: "Close", clear: "New conversation", log: "Conversation",
        ask: "What are you looking for?", send: "Send", stop: "Stop", hello: "Hello, what are you looking for?",
        sub: "Ask about products, prices, delivery or returns. Answers come from this shop’s records; numbers open the source.",
        wait: "Looking", stopped: "Stopped", retry: "Try again", examples: "Try asking", more: "Ask next", was: "was",
        in_stock: "In stock", out_of_stock: "Sold out", preorder: "Preorder", backorder: "Ships later", unsaid: "not stated",
        unverified: "Not stated by the seller: ", none: "No price", cite: "Source", table: "Comparison", price: "Price", you: "You",
        merchant: "Product description", customer: "Customer review", policy: "Shop policy", faq: "FAQ", qa: "Product Q&A",
        busy: "Many people are asking right now. Please try again in a moment.", long: "That question is too long.",
        offline: "No connection. Please check your network and try again.", failed: "That did not work. Please try again.",
        join: ", ",
      };

  /* An element with attributes, listeners (on…) and children; strings become text nodes. */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child != null && child !== ""));
    return node;
  }

  function money({ amount, currency }) {
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol", trailingZeroDisplay: "stripIfInteger" };
    const format = new Intl.NumberFormat(locale, style);
    return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  }

  /* Web addresses only; anything else a record may hold (javascript:, data:) is no link. */
  function safe(address, root) {
    try {
      const url = new URL(address, root);
      return address && /^https?:$/.test(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  }

  /* Server-sent events of a fetched response, as [name, data, id]. */
  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const field = (name) => block.split("\n").find((line) => line.startsWith(name + ": "))?.slice(name.length + 2);
        if (field("data")) yield [field("event"), JSON.parse(field("data")), field("id")];
      }
    }
  }

  const store = {
    key: "shopguide:" + base,
    load() {
      try {
        const { messages, conversation } = JSON.parse(sessionStorage.getItem(this.key));
        return { messages: [...messages], conversation };
      } catch {
        return { messages: [], conversation: null };
      }
    },
    save({ messages, conversation }) {
      try {
        sessionStorage.setItem(this.key, JSON.stringify({ messages: messages.slice(-KEPT), conversation }));
      } catch { /* private mode or full: the conversation lasts as long as the page */ }
    },
  };

  function card(product) {
    const offer = product.offer;
    const href = safe(product.url, document.baseURI);
    const source = safe(product.image, document.baseURI);
    const image = source && el("img", { src: source, alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: () => image.remove() });
    const price = offer
      ? el("span", { class: "price" }, money(offer.price),
          offer.list_price && el("s", {}, el("span", { class: "hide" }, say.was + " "), money(offer.list_price)))
      : el("span", { class: "price" }, say.none);
    return el("li", {}, el(href ? "a" : "div", { class: "card", href },
      el("span", { class: "pic", "aria-hidden": "true" }, [...product.title][0] || "", image),
      el("span", { class: "body" },
        el("span", { class: "title" }, product.title), price,
        offer && el("span", { class: "state " + offer.availability }, say[offer.availability] || offer.availability),
        product.why && el("span", { class: "why" }, product.why),
        product.unverified?.length && el("span", { class: "unsure" }, say.unverified + product.unverified.join(say.join)))));
  }

  /* One answer on the page. `message` is plain data, so that it can be kept and shown again. */
  class Turn {
    constructor(message, widget) {
      Object.assign(this, { message, widget });
      for (const part of ["cards", "prose", "table", "note", "more"]) this[part] = el("div", { class: part === "prose" ? part : "" });
      this.node = el("article", { class: "turn" }, this.cards, this.prose, this.table, this.note, this.more);
      this.drawCards();
      this.drawText();
      this.drawTable();
      this.drawNote();
    }

    take(name, data) {
      const m = this.message;
      if (name === "products") { m.products = data.products; this.drawCards(); }
      if (name === "text") { m.text += data.text; this.drawText(); }
      if (name === "citation") { m.citations[data.n] = data; this.drawText(); this.drawTable(); }
      if (name === "table") { m.table = data.table; this.drawTable(); }
      if (name === "follow_ups") m.follow_ups = data.follow_ups;
      if (name === "done") { m.state = "done"; m.language = data.language; this.node.lang = data.language; }
      if (name === "error") { m.state = "failed"; }
      this.drawNote();
    }

    drawCards() {
      const { products } = this.message;
      this.cards.replaceChildren(...(products.length ? [el("ul", { class: "cards" }, ...products.map(card))] : []));
    }

    drawText() {
      const blocks = [];
      for (const line of this.message.text.split("\n").filter((part) => part.trim())) {
        const item = /^\s*[-•·]\s+(.*)/.exec(line);
        if (!item) blocks.push(el("p", {}, ...this.marked(line)));
        else {
          if (blocks.at(-1)?.tagName !== "UL") blocks.push(el("ul"));
          blocks.at(-1).append(el("li", {}, ...this.marked(item[1])));
        }
      }
      this.prose.replaceChildren(...blocks);
    }

    marked(line) {
      // A mark keeps to the word before it and to the stop after it: no line begins with 。 or a bare number.
      return line.split(/((?:[\x21-\x5a\x5c\x5e-\x7e]{1,20}|[^\s\]])?\s*\[\d{1,3}\][，。！？；：、）”」,.;:!?)]*)/u).filter(Boolean).map((part) => {
        const [, before, n, after] = /^(.*?)\s*\[(\d+)\](.*)$/u.exec(part) || [];
        return n ? el("span", { class: "keep" }, before, this.mark(Number(n)), after) : part;
      });
    }

    mark(n) {
      const found = this.message.citations[n];
      return el("button", {
        type: "button", class: "cite", disabled: !found, "aria-expanded": "false", "aria-label": `${say.cite} ${n}`,
        onclick: (event) => this.quote(event.currentTarget, found),
      }, String(n));
    }

    quote(button, found) {
      const open = button.getAttribute("aria-expanded") === "true";
      this.node.querySelectorAll(".quoted, .quote").forEach((old) => old.remove());
      this.node.querySelectorAll(".cite").forEach((other) => other.setAttribute("aria-expanded", "false"));
      if (open) return;
      button.setAttribute("aria-expanded", "true");
      const about = this.message.products.find((p) => found.record_id === p.id || found.record_id.startsWith(p.id + "/"));
      const field = /^attributes\.(.+)/.exec(found.field || "")?.[1]; // a bare "yes" says nothing without it
      const label = [say[found.source] || found.source, about?.title, field].filter(Boolean).join(" · ");
      const note = el("blockquote", { class: "quote", role: "note" }, el("cite", {}, label), el("span", { lang: found.language }, found.quote));
      const row = button.closest("tr");
      if (row) row.after(el("tr", { class: "quoted" }, el("td", { colspan: row.cells.length }, note)));
      else button.closest("p,ul").after(note);
      note.scrollIntoView({ block: "nearest" });
    }

    drawTable() {
      const { table, products } = this.message;
      if (!table) return;
      const title = (id) => products.find((p) => p.id === id)?.title || id;
      const cell = ({ value, n }) =>
        el("td", {}, ...(value == null ? [el("span", { class: "why" }, say.unsaid)] : n == null ? [value] : this.marked(`${value} [${n}]`)));
      this.table.replaceChildren(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say.table }, el("table", {},
        el("thead", {}, el("tr", {}, el("td"), ...table.columns.map((id) => el("th", { scope: "col" }, title(id))))),
        el("tbody", {}, ...table.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.field === "price" ? say.price : row.field), ...row.cells.map(cell)))))));
    }

    drawNote() {
      const { state, text, products, error } = this.message;
      const retry = () => el("button", { type: "button", onclick: () => this.widget.again() }, say.retry);
      const notes = [];
      if (state === "busy" && !text && !products.length) notes.push(el("div", { class: "note dots" }, say.wait));
      if (state === "stopped") notes.push(el("div", { class: "note" }, say.stopped, retry()));
      if (state === "failed") notes.push(el("div", { class: "note bad", role: "alert" }, say[error] || say.failed, retry()));
      this.note.replaceChildren(...notes);
    }

    offer(follow_ups) {
      this.more.replaceChildren(...(follow_ups?.length ? [el("p", { class: "label" }, say.more), this.widget.chips(follow_ups)] : []));
    }
  }

  class ShopGuide extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      this.dress(root);
      this.lang = locale;
      this.mounted = Boolean(options.mount);
      Object.assign(this, store.load());
      this.turns = [];
      this.config = { name: "", examples: {} };
      this.build(root);
      this.show();
      this.takeUp();
      fetch(base + "/v1/widget/config", { headers: allowed }).then((answer) => answer.json()).then((config) => {
        this.config = config;
        if (config.name) this.name.textContent = config.name;
        if (!this.messages.length) this.show();
      }).catch(() => {}); // no examples then; asking still works
    }

    /* Constructed style sheets pass a page's CSP without unsafe-inline; unseen until dressed. */
    async dress(root) {
      this.hidden = true;
      const sheet = new CSSStyleSheet();
      root.adoptedStyleSheets = [sheet];
      try {
        await sheet.replace(await (await fetch(base + "/static/widget.css")).text());
      } finally {
        this.hidden = false;
        this.log.scrollTop = this.log.scrollHeight;
      }
    }

    build(root) {
      this.classList.toggle("mounted", this.mounted);
      this.name = el("strong", {}, say.name);
      this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": say.log, tabindex: "0" });
      this.input = el("textarea", { rows: "1", maxlength: "4000", placeholder: say.ask, "aria-label": say.ask, enterkeyhint: "send",
        oninput: () => this.ready(), onkeydown: (event) => {
          // While an input method composes, Enter chooses a word and sends nothing.
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
        } });
      this.button = el("button", { type: "submit" }, say.send);
      const form = el("form", { onsubmit: (event) => { event.preventDefault(); this.running ? this.running.abort() : this.submit(); } },
        this.input, this.button);
      this.head = el("div", { class: "head" }, this.name, el("button", { type: "button", onclick: () => this.clear() }, say.clear),
        this.mounted ? null : el("button", { type: "button", onclick: () => this.toggle(false) }, say.close));
      this.panel = el("section", { class: "panel " + (this.mounted ? "mount" : "float"), role: this.mounted ? "region" : "dialog", "aria-label": say.name,
        hidden: !this.mounted, onkeydown: (event) => { if (event.key === "Escape" && !this.mounted) this.toggle(false); } },
        this.head, this.log, form);
      this.launch = el("button", { type: "button", class: "launch", "aria-label": say.open, hidden: this.mounted, onclick: () => this.toggle(true) },
        el("span", { "aria-hidden": "true" }, "✦"), say.name);
      root.append(this.launch, this.panel);
      this.ready();
    }

    toggle(open) {
      this.panel.hidden = !open;
      this.launch.hidden = open;
      (open ? this.input : this.launch).focus();
      this.log.scrollTop = this.log.scrollHeight;
    }

    chips(questions) {
      return el("ul", { class: "chips" }, ...questions.map((question) =>
        el("li", {}, el("button", { type: "button", onclick: () => this.ask(question) }, question))));
    }

    show() {
      this.turns = [];
      this.head.hidden = this.mounted && !this.messages.length;
      if (!this.messages.length) {
        const examples = this.config.examples[zh ? "zh" : "en"] || [];
        this.log.replaceChildren(el("p", { class: "hello" }, say.hello), el("p", { class: "sub" }, say.sub),
          ...(examples.length ? [el("p", { class: "label" }, say.examples), this.chips(examples)] : []));
        return;
      }
      this.log.replaceChildren();
      this.messages.forEach((message) => this.add(message));
      this.log.scrollTop = this.log.scrollHeight;
    }

    add(message) {
      if (message.role === "user") {
        this.log.append(el("div", { class: "mine" }, el("span", { class: "hide" }, say.you + ": "), el("span", {}, message.text)));
        return null;
      }
      this.turns.at(-1)?.offer();
      const turn = new Turn(message, this);
      this.turns.push(turn);
      this.log.append(turn.node);
      if (message.state === "done") turn.offer(message.follow_ups);
      return turn;
    }

    ready() {
      this.button.textContent = this.running ? say.stop : say.send;
      this.button.disabled = !this.running && !this.input.value.trim();
    }

    submit() {
      const question = this.input.value.trim();
      if (!question || this.running) return;
      this.input.value = "";
      this.ask(question);
    }

    /* The last question once more, in place of the answer that failed. */
    again() {
      const at = this.messages.findLastIndex((message) => message.role === "user");
      const [{ text }] = this.messages.splice(at);
      this.show();
      this.ask(text);
    }

    clear() {
      this.running?.abort();
      this.messages = [];
      this.conversation = null;
      store.save(this);
      this.show();
      this.input.focus();
    }

    /* Whole exchanges only: what failed or was stopped is no part of the conversation. */
    history() {
      const whole = this.messages.filter((message, i, all) => (message.role === "user" ? all[i + 1] : message)?.state === "done");
      return whole.slice(-TURNS).map(({ role, text, products }) =>
        role === "user" ? { role, content: text } : { role, content: text, product_ids: products.map((p) => p.id) });
    }

    ask(question) {
      if (this.running) return;
      const message = { role: "assistant", text: "", products: [], citations: {}, table: null, follow_ups: [], state: "busy" };
      if (!this.messages.length) this.log.replaceChildren();
      this.head.hidden = false;
      const asked = this.said(question);
      this.add({ role: "user", text: question });
      const turn = this.add(message);
      this.messages.push({ role: "user", text: question }, message);
      this.log.scrollTo({ top: turn.node.previousSibling.offsetTop - 16, behavior: "smooth" });
      this.run(turn, () => this.post(asked));
    }

    /* After a change of page: the answer that was being written is read once more, from its first event. */
    takeUp() {
      const message = this.messages.at(-1);
      if (message?.state !== "busy") return;
      Object.assign(message, { text: "", products: [], citations: {}, table: null, follow_ups: [], last: "0" });
      this.show();
      this.run(this.turns.at(-1), () => this.resumed(message));
    }

    async run(turn, open) {
      const { message } = turn;
      const { messages } = this;
      this.running = new AbortController();
      this.log.setAttribute("aria-busy", "true"); // read out once, when it is whole
      this.ready();
      try {
        for await (const [name, data] of this.read(message, open)) turn.take(name, data);
        if (message.state === "busy") message.state = "failed";
      } catch (error) {
        message.state = error.name === "AbortError" ? "stopped" : "failed";
        message.error = error.reason || "offline";
      }
      turn.drawNote();
      if (message.state === "done") turn.offer(message.follow_ups);
      this.log.removeAttribute("aria-busy");
      this.running = null;
      this.ready();
      if (messages === this.messages) store.save(this);
    }

    /* The events of an answer; when the stream breaks it is taken up behind the last event that came. */
    async *read(message, open) {
      for (let broken = 0; ; broken++) {
        try {
          for await (const [name, data, id] of events(await open())) {
            broken = 0;
            message.last = id;
            if (name === "status") this.begun(message, data);
            yield [name, data];
            if (name === "done" || name === "error") return;
          }
        } catch (error) {
          if (error.name === "AbortError" || error.reason || !message.answer || broken >= RESUMES) throw error;
        }
        if (!message.answer || broken >= RESUMES) return;
        open = () => this.resumed(message);
        await new Promise((done) => setTimeout(done, 250 * 2 ** broken));
      }
    }

    begun(message, { answer_id, conversation_id }) {
      message.answer = answer_id;
      this.conversation = conversation_id ?? null;
      store.save(this);
    }

    /* What the server must know besides the question: its own conversation, or what was said here. */
    said(question) {
      const product_ids = options.productId ? [options.productId] : [];
      return { question, locale, product_ids, history: this.history() };
    }

    async post({ history, ...body }) {
      const headers = { "Content-Type": "application/json" };
      const send = (more) => this.fetch("/v1/ask", { method: "POST", headers, body: JSON.stringify({ ...body, ...more }) });
      if (!this.conversation) return send({ history });
      return send({ conversation_id: this.conversation }).catch((error) => {
        if (error.status === 404) return send({ history }); // erased, or too old
        throw error;
      });
    }

    resumed(message) {
      return this.fetch(`/v1/answers/${message.answer}/events`, { headers: { "Last-Event-ID": message.last } });
    }

    async fetch(path, { headers, ...request }) {
      const accepted = { Accept: "text/event-stream", ...headers, ...allowed };
      const response = await fetch(base + path, { ...request, headers: accepted, signal: this.running.signal });
      if (response.ok) return response;
      const reason = { 413: "long", 429: "busy", 503: "busy" }[response.status] || "failed";
      throw Object.assign(new Error(`status ${response.status}`), { reason, status: response.status });
    }
  }

  customElements.define("shop-guide", ShopGuide);
  const place = () => (document.querySelector(options.mount || "body") || document.body).append(document.createElement("shop-guide"));
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
