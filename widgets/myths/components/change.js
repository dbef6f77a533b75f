import { keepsake } from "./keepsake.js";
import { following, made, mounted, speaker } from "./shared.js";
import "./change.css";

/** @import { Marked, Place, Spoken } from "./shapes.d.ts" */

/**
 * @param {Element} root
 * @returns {HTMLElement[]}
 */
const parts = (root) => Array.from(root.querySelectorAll("[data-piece]"));

/**
 * Put only what is new in its place: a sentence is a live region, and one that is put in anew is
 * not told, or told twice.
 * @param {HTMLElement} part
 * @param {HTMLElement} next
 */
function renew(part, next) {
  part.toggleAttribute("data-told", next.hasAttribute("data-told"));
  if (part.dataset.piece === "turn" || part.innerHTML === next.innerHTML) return;
  part.innerHTML = next.innerHTML;
  part.toggleAttribute("data-new", part.querySelector("svg") !== null); // the arc is drawn once, and not at each visit
}

/** @param {Place<Spoken & Marked>} place */
function render({ model, el }) {
  let root = mounted({ model, el });
  const show = () => {
    const [old, fresh] = [parts(root), parts(made(model.get("html")))];
    if (old.length && old.length === fresh.length) {
      for (const [place, part] of old.entries()) renew(part, fresh[place]);
    } else {
      root = mounted({ model, el });
      keepsake(root, speaker(model));
    }
  };
  const drawn = (/** @type {AnimationEvent} */ { target }) => {
    if (target instanceof Element) target.closest("[data-new]")?.removeAttribute("data-new");
  };
  keepsake(root, speaker(model));
  el.addEventListener("animationend", drawn);
  const unfollow = following(model, show);
  return () => {
    unfollow();
    el.removeEventListener("animationend", drawn);
  };
}

export default { render };
