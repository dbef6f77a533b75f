// The list of codes on the desk, with what each of them means.

import { h } from "../../components/shared.js";

/** @import { Speaker } from "../../components/shared.js" */
/** @import { Code, View } from "./shapes.d.ts" */

/**
 * Gives {node, show(view)}. `give` gets the code that was ticked, `none` is for "no code fits".
 * @param {Code[]} codes
 * @param {Speaker} w
 * @param {(id: string) => void} give
 * @param {() => void} giveNone
 */
export function codeList(codes, w, give, giveNone) {
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();

  /** @param {string} digit */
  const key = (digit) => h("span", { class: "myths-key", "aria-hidden": "true" }, digit);

  /**
   * @param {Code} code
   * @param {"include" | "exclude"} which
   */
  function examples(code, which) {
    if (!code[which].length) return [];
    const items = code[which].map((each) => h("li", { dir: "auto" }, each));
    return [h("p", { class: "myths-label" }, w(which)), h("ul", {}, items)];
  }

  const list = codes.map((code, n) => {
    const digit = n < 9 ? `${n + 1}` : null;
    const tick = h("input", { type: "checkbox", "aria-keyshortcuts": digit });
    tick.addEventListener("change", () => give(code.id));
    boxes.set(code.id, tick);
    const name = h("bdi", {}, code.name);
    const about = h("span", { class: "myths-hidden" }, ` ${code.name}`);
    return h(
      "div",
      { class: "myths-code" },
      h("label", { class: "myths-option" }, tick, name, digit && key(digit)),
      h(
        "details",
        {},
        h("summary", {}, w("definition", { n: code.version }), about),
        h("p", { dir: "auto" }, code.definition),
        examples(code, "include"),
        examples(code, "exclude"),
      ),
    );
  });
  const none = h("input", { type: "checkbox", "aria-keyshortcuts": "0" });
  none.addEventListener("change", giveNone);
  const node = h(
    "fieldset",
    {},
    h("legend", {}, w("codes")),
    codes.length ? list : h("p", { class: "myths-note" }, w("no_codes")),
    h("label", { class: "myths-option" }, none, w("none"), key("0")),
  );

  /** @param {View} view */
  function show(view) {
    for (const [id, tick] of boxes) {
      tick.checked = view.marks.some((mark) => mark.code === id);
      tick.disabled = view.stands;
    }
    none.checked = view.none;
    none.disabled = view.stands;
  }

  return { node, show };
}
