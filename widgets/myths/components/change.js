import { h, headed, mount, speaker } from "./shared.js";
import "./change.css";

/** @import { Option, Place, Spoken } from "./shapes.d.ts" */

/** @typedef {number | "declined" | null} Said */
/** @typedef {{ statement: string, before: Said, after: Said }} Row */

/** @param {Place<Spoken & { rows: Row[], options: Option[], title: string }>} place */
function render({ model, el }) {
  const w = speaker(model);

  /** @param {Said} answer */
  function words(answer) {
    if (answer === "declined") return w("declined");
    const option = model.get("options").find(({ value }) => value === answer);
    return option?.label ?? w("no_answer");
  }

  /** @param {Row} row */
  function dots({ before, after }) {
    const track = model.get("options").map(({ value }) => {
      const marks = [value === before && "myths-before", value === after && "myths-after"];
      return h("span", { class: ["myths-dot", ...marks.filter(Boolean)].join(" ") });
    });
    return h("div", { class: "myths-dots", "aria-hidden": "true" }, track);
  }

  /** @param {string} word */
  const head = (word) =>
    h(
      "th",
      { scope: "col" },
      h("span", { class: `myths-dot myths-${word}`, "aria-hidden": "true" }),
      w(word),
    );

  /** @param {Row} row */
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

  /** @param {Row} row */
  const line = ({ statement, before, after }) =>
    h(
      "div",
      { class: "myths-row" },
      h("p", { class: "myths-label" }, statement),
      h(
        "p",
        {},
        h("span", { class: "myths-hidden" }, `${w("before")}: `),
        words(before),
        h("span", { class: "myths-arrow", "aria-hidden": "true" }),
        h("span", { class: "myths-hidden" }, `. ${w("after")}: `),
        words(after),
      ),
    );

  function show() {
    const title = model.get("title");
    if (title) {
      mount(el, "change", headed(3, "", title), ...model.get("rows").map(line));
      return;
    }
    const rows = model.get("rows").filter(({ before, after }) => before != null || after != null);
    mount(el, "change", ...(rows.length ? rows.map(table) : [h("p", {}, w("nothing"))]));
  }

  show();
  model.on("change:rows", show);
  return () => model.off("change:rows", show);
}

export default { render };
