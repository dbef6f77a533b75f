function render({ model, el }) {
  const w = speaker(model);
  // The takeaway, the myth and a note are named in words, not only by their look.
  const flags = { myth: "myth", takeaway: "takeaway", note: "note" };

  function section({ kind, heading, html, id, items = [], level = 2 }) {
    const flag = flags[kind] && h("span", { class: "myths-flag" }, w(flags[kind]));
    const facts = items.map((fact) => {
      const entry = h("li", { "data-fact": fact.id });
      entry.append(rich(fact.html));
      return entry;
    });
    return h(
      "section",
      { class: `myths-block myths-block-${kind}`, "data-block": id },
      flag && h("p", { class: "myths-flags" }, flag),
      heading && h(`h${level}`, {}, heading),
      html && rich(html),
      facts.length ? h("ul", { class: "myths-facts" }, facts) : null,
    );
  }

  const show = () => mount(el, "reading", ...model.get("blocks").map(section));
  show();
  model.on("change:blocks", show);
  return () => model.off("change:blocks", show);
}

export default { render };
