function render({ model, el }) {
  const w = speaker(model);

  function words(answer) {
    if (answer === "declined") return w("declined");
    const option = model.get("options").find(({ value }) => value === answer);
    return option?.label ?? w("no_answer");
  }

  function dots({ before, after }) {
    const track = model.get("options").map(({ value }) => {
      const marks = [value === before && "myths-before", value === after && "myths-after"];
      return h("span", { class: ["myths-dot", ...marks.filter(Boolean)].join(" ") });
    });
    return h("div", { class: "myths-dots", "aria-hidden": "true" }, track);
  }

  const head = (word) =>
    h(
      "th",
      { scope: "col" },
      h("span", { class: `myths-dot myths-${word}`, "aria-hidden": "true" }),
      w(word),
    );

  const table = (row) =>
    h(
      "div",
      { class: "myths-row" },
      h(
        "table",
        {},
        h("caption", {}, row.statement),
        h("thead", {}, h("tr", {}, head("before"), head("after"))),
        h("tbody", {}, h("tr", {}, h("td", {}, words(row.before)), h("td", {}, words(row.after)))),
      ),
      dots(row),
    );

  function show() {
    const rows = model.get("rows").filter(({ before, after }) => before != null || after != null);
    mount(el, "change", ...(rows.length ? rows.map(table) : [h("p", {}, w("nothing"))]));
  }

  show();
  model.on("change:rows", show);
  return () => model.off("change:rows", show);
}

export default { render };
