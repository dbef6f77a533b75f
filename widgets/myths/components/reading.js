import { factCards } from "./fact_cards.js";
import { folds, printAlone, showing, speaker } from "./shared.js";
import "./reading.css";

/** @import { Marked, Place, Spoken } from "./shapes.d.ts" */

/** @param {Place<Spoken & Marked>} place */
function render(place) {
  const w = speaker(place.model);
  return showing(place, (root) => {
    for (const button of root.querySelectorAll("[data-print]")) {
      const card = /** @type {Element} */ (button.parentElement);
      button.addEventListener("click", () => printAlone(card));
    }
    folds(root);
    for (const list of root.querySelectorAll("[data-facts]")) factCards(list, w);
  });
}

export default { render };
