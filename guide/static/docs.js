/* The API page: /openapi.json drawn as text, with no library and nothing from elsewhere. */
(async () => {
  "use strict";
  const api = await (await fetch("/openapi.json")).json();
  const schemas = api.components?.schemas || {};

  function node(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.filter((child) => child != null));
    return made;
  }

  /* Text with `names` in it. */
  function prose(text) {
    return text.split("`").map((part, i) => (i % 2 ? node("code", {}, part) : part));
  }

  /* A schema in a few words; named ones link to their table below. */
  function kind(schema) {
    if (schema.$ref) {
      const name = schema.$ref.split("/").pop();
      return [node("a", { href: "#" + name }, name)];
    }
    const options = schema.oneOf || schema.anyOf;
    if (options) return options.flatMap((option, i) => [...(i ? [" | "] : []), ...kind(option)]);
    if (schema.enum) return [schema.enum.map((value) => JSON.stringify(value)).join(" | ")];
    if (schema.type === "array") return ["list of ", ...kind(schema.items || {})];
    if (schema.additionalProperties) return ["map of ", ...kind(schema.additionalProperties)];
    return [schema.type || "any"];
  }

  function fields(schema) {
    const needed = new Set(schema.required || []);
    const rows = Object.entries(schema.properties || {}).map(([name, field]) =>
      node("tr", {}, node("th", { scope: "row" }, node("code", {}, name)), node("td", {}, ...kind(field)),
        node("td", { class: "muted" }, needed.has(name) ? "always" : "optional")));
    return node("div", { class: "scroll" }, node("table", {}, node("tbody", {}, ...rows)));
  }

  function content(label, part) {
    const [type, body] = Object.entries(part?.content || {})[0] || [];
    return type ? node("p", {}, node("span", { class: "muted" }, `${label} (${type}) `), ...kind(body.schema || {})) : null;
  }

  function operation(method, path, about) {
    const answers = Object.entries(about.responses || {});
    const refusals = answers.filter(([status]) => status >= "400").map(([status]) => status);
    return node("details", { class: "operation", open: "" },
      node("summary", {}, node("code", { class: "method" }, method.toUpperCase()), node("code", {}, path)),
      node("div", {},
        ...(about.description || "").split("\n\n").map((text) => node("p", {}, ...prose(text))),
        content("Body", about.requestBody),
        ...answers.filter(([status]) => status < "400").map(([status, answer]) => content(status, answer)),
        refusals.length ? node("p", { class: "muted" }, `Problems (application/problem+json): ${refusals.join(", ")}`) : null));
  }

  const main = document.querySelector("main");
  main.append(node("h1", {}, `${api.info.title} API`), node("p", { class: "muted" }, api.info.description || ""));
  const tags = {};
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, about] of Object.entries(methods))
      (tags[about.tags?.[0] || "Other"] ??= []).push(operation(method, path, about));
  for (const [tag, operations] of Object.entries(tags)) main.append(node("h2", {}, tag), ...operations);
  main.append(node("h2", {}, "Schemas"));
  for (const [name, schema] of Object.entries(schemas))
    main.append(node("section", { id: name }, node("h3", {}, name), node("p", { class: "muted" }, ...prose(schema.description || "")), fields(schema)));
})();
