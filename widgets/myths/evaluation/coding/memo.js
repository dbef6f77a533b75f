// The memo to a text on the desk: kept while it is written, and always for its own text.

import { h, uniqueId } from "../../components/shared.js";

/** @import { Speaker } from "../../components/shared.js" */
/** @import { Step } from "./shapes.d.ts" */

const PAUSE = 800; // ms of rest before a memo is sent

/**
 * Gives {box, nodes, flush(), isOpen()}; `place` tells which text is shown, `send` gets the step.
 * @param {Speaker} w
 * @param {() => number} place
 * @param {(step: Step) => void} send
 */
export function memoBox(w, place, send) {
  const box = h("textarea", { id: uniqueId(), rows: 2, dir: "auto", "aria-keyshortcuts": "m" });
  const hint = h("p", { id: uniqueId(), class: "myths-hint" }, w("memo_hint"));
  const label = h("label", { class: "myths-label", for: box.id }, w("memo"));
  box.setAttribute("aria-describedby", hint.id);
  /** @type {number | null} */
  let pause = null;
  let of = 0;

  /** Send a memo that is still being written, so that it goes to its own text. */
  function flush() {
    if (pause === null) return;
    clearTimeout(pause);
    pause = null;
    send({ do: "memo", text: of, memo: box.value });
  }

  box.addEventListener("input", () => {
    if (pause !== null) clearTimeout(pause);
    of = place();
    pause = setTimeout(flush, PAUSE);
  });
  box.addEventListener("blur", flush);
  // JupyterLab takes line breaks out of every cell; here they belong to the text.
  box.addEventListener("beforeinput", (event) => {
    if (event.inputType === "insertLineBreak") event.stopImmediatePropagation();
  });

  const isOpen = () => document.activeElement === box || pause !== null;
  return { box, nodes: [label, hint, box], flush, isOpen };
}
