import { choice } from "./choice.js";
import "./rating.css";

/** @import { Option, Place, QuestionState } from "./shapes.d.ts" */

/** @typedef {{ statement: string, options: Option[], ends: string[] }} Own */

/** @param {Place<QuestionState & Own>} place */
function render({ model, el }) {
  const keep = choice({
    model,
    el,
    kind: "rating",
    legend: model.get("statement"),
    declinable: true,
    ends: model.get("ends"),
  });
  return keep.stop;
}

export default { render };
