import { choice } from "./choice.js";
import "./rating.css";

/** @import { Place, QuestionState } from "./shapes.d.ts" */

/** @param {Place<QuestionState>} place */
function render(place) {
  return choice(place).stop;
}

export default { render };
