import { one, showing } from "./shared.js";
import "./vignette.css";

/** @import { Marked, Place } from "./shapes.d.ts" */

/** @param {Place<Marked>} place */
function render(place) {
  return showing(place, (root) => {
    one(root, ".myths-skip").addEventListener("click", () => one(root, ".myths-hint").focus());
  });
}

export default { render };
