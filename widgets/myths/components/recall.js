import { choice } from "./choice.js";
import { h, rich, speaker } from "./shared.js";
import "./recall.css";

/** @import { Option, Place, QuestionState } from "./shapes.d.ts" */

/** @typedef {{ value: number, right: boolean, html: string }} Feedback */
/** @typedef {{ question: string, options: Option[], feedback: Partial<Feedback> }} Own */

/** @param {Place<QuestionState & Own>} place */
function render({ model, el }) {
  const w = speaker(model);
  const region = h("div", { role: "status", class: "myths-feedback" });
  /** @type {number | null} */
  let chosen = null;

  function tell() {
    const { value, right, html } = model.get("feedback") ?? {};
    region.replaceChildren();
    if (chosen === null || value !== chosen) return;
    const verdict = h("p", { class: "myths-verdict" });
    verdict.append(h("span", { "aria-hidden": "true" }, right ? "✓ " : "↻ "));
    verdict.append(w(right ? "right" : "not_quite"));
    region.append(verdict, rich(html ?? ""));
    if (!right) region.append(h("p", { class: "myths-again" }, w("try_again")));
  }

  const keep = choice({
    model,
    el,
    kind: "recall",
    legend: model.get("question"),
    aside: region,
    onanswer(answer) {
      chosen = answer.value;
      tell();
    },
  });
  model.on("change:feedback", tell);
  return () => {
    model.off("change:feedback", tell);
    keep.stop();
  };
}

export default { render };
