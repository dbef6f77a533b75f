// What one may take along, copied or on paper: all that is marked on the page, in its order.

import { copied } from "./clipboard.js";
import { announce, one, printAlone } from "./shared.js";

/** @import { Speaker } from "./shared.js" */

/** @returns {HTMLElement[]} */
const kept = () => Array.from(document.querySelectorAll("[data-kept]"));

/**
 * Bring the buttons of a component to life, if it has them.
 * @param {HTMLElement} root
 * @param {Speaker} w
 */
export function keepsake(root, w) {
  const copy = root.querySelector("[data-copy]");
  copy?.addEventListener("click", async () =>
    announce(one(root, "[role=status]"), w((await copied(...kept())) ? "copied" : "not_copied")),
  );
  root.querySelector("[data-print]")?.addEventListener("click", () => printAlone(...kept()));
}
