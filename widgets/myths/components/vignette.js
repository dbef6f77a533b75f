import { h, mount, rich, speaker } from "./shared.js";
import "./vignette.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

/** @typedef {{ title: string, html: string, prompts: string[], level: number }} Own */

/** @param {Place<Spoken & Own>} place */
function render({ model, el }) {
  const w = speaker(model);
  const prompts = model.get("prompts").map((prompt) => h("li", {}, prompt));
  mount(
    el,
    "vignette",
    h("p", { class: "myths-flags" }, h("span", { class: "myths-flag" }, w("fictional"))),
    h(model.get("level") === 3 ? "h3" : "h2", {}, model.get("title")),
    rich(model.get("html")),
    prompts.length ? h("p", { class: "myths-label" }, w("prompts")) : "",
    prompts.length ? h("ol", { class: "myths-prompts" }, prompts) : "",
    h("p", { class: "myths-hint" }, w("fictional_note")),
  );
}

export default { render };
