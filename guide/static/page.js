/* The sample pages: choose the language, then embed the widget as any shop would, by one script. */
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search).get("lang") || localStorage.getItem("lang") || navigator.language;
  const zh = asked.toLowerCase().startsWith("zh");
  localStorage.setItem("lang", zh ? "zh" : "en");
  document.documentElement.lang = zh ? "zh-CN" : "en";
  const { key } = document.documentElement.dataset; // a publishable key, where the server has keys

  function embed(options) {
    const script = document.createElement("script");
    script.src = "/widget.js";
    Object.assign(script.dataset, { locale: document.documentElement.lang, ...(key && { key }), ...options });
    document.body.append(script);
  }

  function node(tag, text, ...children) {
    const made = document.createElement(tag);
    made.append(text, ...children);
    return made;
  }

  /* Units that are words are said in the page's language; symbols such as kg and mAh stay as they are. */
  function quantity({ value, unit }) {
    const word = { h: "hour", min: "minute", day: "day", month: "month", year: "year", inch: "inch" }[unit];
    if (!word) return `${value} ${unit}`;
    return new Intl.NumberFormat(zh ? "zh-CN" : "en", { style: "unit", unit: word, unitDisplay: "long" }).format(value);
  }

  function plain(value) {
    if (Array.isArray(value)) return value.map(plain).join(zh ? "、" : ", ");
    if (typeof value === "boolean") return value ? (zh ? "是" : "yes") : zh ? "否" : "no";
    return value && typeof value === "object" ? quantity(value) : String(value);
  }

  function price({ amount, currency }) {
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol", trailingZeroDisplay: "stripIfInteger" };
    const format = new Intl.NumberFormat(zh ? "zh-CN" : "en", style);
    return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  }

  async function product(id) {
    const response = await fetch("/v1/products/" + encodeURIComponent(id), { headers: key ? { Authorization: "Bearer " + key } : {} });
    const page = document.getElementById("product");
    if (!response.ok) {
      page.append(node("h1", zh ? "没有这件商品" : "There is no such product"));
      return;
    }
    const { product, offer } = await response.json();
    const local = { ...product, ...product.translations?.[zh ? "zh" : "en"] };
    document.title = local.title;
    const cost = node("p", offer ? price(offer.price) : "");
    cost.className = "price";
    const facts = document.createElement("dl");
    for (const [name, value] of Object.entries(local.attributes || {})) facts.append(node("dt", name), node("dd", plain(value)));
    const points = node("ul", "", ...(local.bullets || []).map((bullet) => node("li", bullet)));
    page.append(node("h1", local.title), cost, node("p", local.description || ""), points, facts);
    embed({ productId: id });
  }

  addEventListener("DOMContentLoaded", () => {
    const id = /^\/p\/([^/]+)$/.exec(location.pathname)?.[1];
    if (id) product(decodeURIComponent(id));
    else if (document.getElementById("guide")) embed({ mount: "#guide" });
  });
})();
