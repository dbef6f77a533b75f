import { h, headed, mount, rich, speaker } from "./shared.js";
import "./vignette.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

/**
 * @typedef {object} Own
 * @property {string} title
 * @property {string} html safe HTML
 * @property {string} next safe HTML
 * @property {string[]} prompts
 * @property {2 | 3} level
 */

/** @param {Place<Spoken & Own>} place */
function render({ model, el }) {
  const w = speaker(model);
  const prompts = model.get("prompts").map((prompt) => h("li", {}, prompt));
  const after = h("p", { class: "myths-hint", tabindex: "-1" }, w("fictional_note"));
  const next = model.get("next");
  mount(
    el,
    "vignette",
    headed(model.get("level"), w("fictional"), model.get("title")),
    h(
      "button",
      { type: "button", class: "myths-button myths-quiet", onclick: () => after.focus() },
      w("skip"),
    ),
    rich(model.get("html")),
    next && h("details", {}, h("summary", {}, w("next")), rich(next)),
    prompts.length ? h("p", { class: "myths-label" }, w("prompts")) : "",
    prompts.length ? h("ol", { class: "myths-prompts" }, prompts) : "",
    after,
  );
}

export default { render };
