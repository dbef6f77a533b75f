import { keepsake } from "./keepsake.js";
import { showing, speaker } from "./shared.js";
import "./plans.css";

/** @import { Marked, Place, Spoken } from "./shapes.d.ts" */

/** @param {Place<Spoken & Marked>} place */
function render(place) {
  return showing(place, (root) => keepsake(root, speaker(place.model)));
}

export default { render };
