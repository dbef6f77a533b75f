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
   * @param {string} label
   * @param {Partial<AnswerContent>} part
   * @param {string} [note]
   */
  const radio = (label, part, note) => {
    const input = h("input", { type: "radio", name });
    input.addEventListener("change", () => {
      keep.change(part, 400);
      refresh();
    });
    const words = h("span", {}, label, note && h("span", { class: "myths-hidden" }, ` ${note}`));
    return { part, label, input, node: h("label", { class: "myths-option" }, input, words) };
  };
  const last = options.length - 1;
  const radios = options.map(({ value, label }, place) =>
    radio(label, { value }, place === 0 ? ends[0] : place === last ? ends[1] : undefined),
  );
  const decline = declinable ? radio(w("decline"), { declined: true }) : null;
  decline?.node.classList.add("myths-decline");
  const all = decline ? [...radios, decline] : radios;

  const question = h("legend", { id: uniqueId() }, legend);
  const clear = h(
    "button",
    { type: "button", class: "myths-clear", "aria-describedby": question.id },
    w("clear"),
  );
  clear.addEventListener("click", () => {
    keep.change({}, 0);
    refresh();
    all[0].input.focus();
  });

  function refresh() {
    const { value, declined } = keep.answer;
    for (const { part, input } of all) {
      input.checked = part.declined ? declined : value !== null && part.value === value;
    }
    clear.hidden = !hasAnswer(keep.answer);
    onanswer?.(keep.answer);
  }

  const scale = h("div", { class: "myths-scale", "data-scale": ends.length ? "row" : "list" });
  scale.append(...radios.map(({ node }) => node));
  const labels = ends.map((text, end) => h("span", {}, `${radios[end && last].label} = ${text}`));
  const group = h(
    "fieldset",
    {},
    question,
    labels.length ? h("p", { class: "myths-ends", "aria-hidden": "true" }, labels) : null,
    scale,
    decline?.node,
  );
  const foot = h("div", { class: "myths-foot" }, keep.line, clear);
  const root = mount(el, kind, group, aside, foot);
  root.classList.add("myths-question");
  keep.start(root);
  refresh();
  return keep;
}
