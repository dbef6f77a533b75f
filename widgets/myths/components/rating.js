import { choice } from "./choice.js";
import "./rating.css";

/** @import { Option, Place, QuestionState } from "./shapes.d.ts" */

/** @typedef {{ statement: string, options: Option[], ends: string[], scale: string }} Own */

/** @param {Place<QuestionState & Own>} place */
function render({ model, el }) {
  const keep = choice({
    model,
    el,
    kind: model.get("scale") === "choice" ? "choice" : "rating",
    legend: model.get("statement"),
    declinable: true,
    ends: model.get("ends"),
  });
  return keep.stop;
}

export default { render };
