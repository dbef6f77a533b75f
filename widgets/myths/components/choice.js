// A choice by radios, which keeps its own answer: what a rating and a recall have in common.

import { hasAnswer, keeper } from "./question.js";
import { h, mount, speaker, uniqueId } from "./shared.js";

/** @import { Option, Place, QuestionState, AnswerContent } from "./shapes.d.ts" */

/**
 * @typedef {object} Choice
 * @property {string} kind
 * @property {string} legend the question
 * @property {boolean} [declinable]
 * @property {string[]} [ends] names both ends of a row of numbers
 * @property {HTMLElement} [aside] comes after the radios
 * @property {(answer: AnswerContent) => void} [onanswer] is told of every change
 */

/**
 * A fieldset of radios.
 * @param {Place<QuestionState & { options: Option[] }> & Choice} choice
 */
export function choice({ model, el, kind, legend, declinable, ends = [], aside, onanswer }) {
  const w = speaker(model);
  const keep = keeper(model, w, { wording: model.get("wording") });
  const name = uniqueId();
  const options = model.get("options");

  /**
   * @param {number} value
   * @param {string} label
   * @param {string} [note]
   */
  const radio = (value, label, note) => {
    const input = h("input", { type: "radio", name });
    input.addEventListener("change", () => {
      keep.change({ value }, 400);
      refresh();
    });
    const hint = note && h("span", { class: "myths-hidden" }, ` ${note}`);
    const words = h("span", { class: "myths-words" }, label, hint);
    return { value, label, input, node: h("label", { class: "myths-option" }, input, words) };
  };
  const last = options.length - 1;
  const look = ends.length ? "row" : kind === "rating" ? "track" : "list";
  const radios = options.map(({ value, label }, place) =>
    radio(value, label, place === 0 ? ends[0] : place === last ? ends[1] : undefined),
  );
  const question = h("legend", { id: uniqueId() }, legend);
  const about = { type: "button", "aria-describedby": question.id };
  const clear = h("button", { ...about, class: "myths-clear" }, w("clear"));
  clear.addEventListener("click", () => {
    keep.change({}, 0);
    refresh();
    radios[0].input.focus();
  });
  const decline = h("button", { ...about, class: "myths-decline" }, w("decline"));
  decline.addEventListener("click", () => {
    keep.change({ declined: true }, 0);
    refresh();
    clear.focus();
  });

  const chosen = h("span", { class: "myths-chosen" });

  function refresh() {
    const { value, declined } = keep.answer;
    for (const each of radios) each.input.checked = each.value === value;
    const said = declined ? w("decline") : radios.find(({ input }) => input.checked)?.label;
    chosen.textContent = said ?? w("choose");
    chosen.toggleAttribute("data-myths-none", !said);
    chosen.setAttribute("aria-hidden", String(!declined)); // else the radios say it
    clear.hidden = !hasAnswer(keep.answer);
    decline.hidden = !declinable || !clear.hidden;
    onanswer?.(keep.answer);
  }

  const scale = h("div", { class: "myths-scale", "data-scale": look });
  scale.append(...radios.map(({ node }) => node));
  const outer = ends.length ? ends : look === "track" ? [radios[0].label, radios[last].label] : [];
  const labels = outer.map((text) => h("span", {}, text));
  const named = labels.length
    ? h("p", { class: "myths-ends", "aria-hidden": "true" }, labels)
    : null;
  const word = look === "list" ? null : chosen;
  const foot = h("div", { class: "myths-foot" }, word, keep.line, decline, clear);
  const group = h("fieldset", {}, question, scale, named, aside, foot);
  const root = mount(el, kind, group);
  root.classList.add("myths-question");
  keep.start(root);
  refresh();
  return keep;
}
