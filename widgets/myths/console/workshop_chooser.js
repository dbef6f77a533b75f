// The form of a workshop: a button sends what stands in its form, and Python sends the form anew.

import { one, showing } from "../components/shared.js";
import "./workshop_chooser.css";

/** @import { Marked, Place } from "../components/shapes.d.ts" */

/** @param {Place<Marked>} place */
function render({ model, el }) {
  let isSent = false;

  /** @param {HTMLElement} root */
  function answer(root) {
    if (!isSent) return;
    isSent = false;
    /** @type {HTMLElement} */ (root.querySelector("[autofocus]") ?? one(root, ".told")).focus();
  }

  el.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
    /** @type {Record<string, string[]>} */
    const fields = {};
    for (const [name, value] of new FormData(form))
      if (typeof value === "string") fields[name] = [...(fields[name] ?? []), value];
    isSent = true;
    model.send({ do: pressed?.value ?? "choose", fields });
  });
  return showing({ model, el }, answer);
}

export default { render };
