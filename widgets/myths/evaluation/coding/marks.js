// Two lists on the desk: the passages that have a code, and what other coders gave.

import { h } from "../../components/shared.js";

/** @import { Child, Speaker } from "../../components/shared.js" */
/** @import { DeskState, Mark, Passage, View } from "./shapes.d.ts" */

/**
 * Words between the quotation marks of the desk's language.
 * @param {Speaker} w
 * @param {HTMLElement} words
 */
export function quoted(w, words) {
  const [open, close] = w("quoted").split("{words}");
  return [open, words, close];
}

/**
 * Gives {nodes, show(view, marks)}.
 * @param {DeskState["codes"]} codes
 * @param {Speaker} w
 * @param {(range: Passage) => string} part the words of a passage
 * @param {(key: string, onclick: () => void) => HTMLButtonElement} button
 * @param {(mark: Mark & Passage) => void} remove
 */
export function markLists(codes, w, part, button, remove) {
  const names = Object.fromEntries(codes.map(({ id, name }) => [id, name]));
  const passages = h("div", { class: "myths-passages" });
  const others = h("div", { class: "myths-others" });

  /**
   * Fill a list under a heading; without items both go.
   * @param {HTMLElement} node
   * @param {string} key
   * @param {Child[]} items
   */
  function fill(node, key, items) {
    node.hidden = !items.length;
    node.replaceChildren(h("h3", {}, w(key)), h("ul", {}, items));
  }

  /**
   * @param {View} view
   * @param {(Mark & Passage)[]} marks
   */
  function show(view, marks) {
    const given = marks.map((mark) => {
      const words = part(mark);
      const away = button("remove", () => remove(mark));
      away.setAttribute("aria-label", w("remove_from", { name: names[mark.code], words }));
      const name = h("bdi", { class: "myths-label" }, names[mark.code]);
      const told = h("span", {}, name, " ", quoted(w, h("bdi", {}, words)));
      return h("li", {}, told, view.stands ? null : away);
    });
    fill(passages, "passages", given);
    const by = view.others.map((other) => {
      const gave = other.codes.join(", ") || w("others_none");
      return h("li", {}, h("bdi", {}, other.coder), ": ", gave);
    });
    fill(others, "others", by);
  }

  return { nodes: [passages, others], show };
}
