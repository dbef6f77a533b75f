// A choice by radios, which keeps its own answer: what a rating and a recall have in common.

import { hasAnswer, keeper } from "./question.js";
import { mounted, one, speaker, uniqueId } from "./shared.js";

/** @import { Place, QuestionState, AnswerContent } from "./shapes.d.ts" */

/**
 * Bring a fieldset of radios to life; `onanswer` is told of every change.
 * @param {Place<QuestionState> & { onanswer?: (answer: AnswerContent) => void }} choice
 */
export function choice({ model, el, onanswer }) {
  const w = speaker(model);
  const root = mounted({ model, el });
  const line = one(root, ".myths-foot .myths-state");
  const keep = keeper(model, w, root, { line, wording: model.get("wording") });
  /** @type {HTMLInputElement[]} */
  const inputs = Array.from(root.querySelectorAll("input[type=radio]"));
  /** @type {HTMLButtonElement} */
  const clear = one(root, ".myths-clear");
  /** @type {HTMLButtonElement | null} */
  const decline = root.querySelector(".myths-decline");
  /** @type {HTMLElement | null} */
  const chosen = root.querySelector(".myths-chosen");
  const name = uniqueId(); // the question may be shown twice

  /**
   * @param {Partial<AnswerContent>} part
   * @param {number} wait
   */
  const change = (part, wait) => {
    keep.change(part, wait);
    refresh();
  };
  for (const input of inputs) {
    input.name = name;
    input.addEventListener("change", () => change({ value: Number(input.value) }, 400));
  }
  clear.addEventListener("click", () => {
    change({}, 0);
    inputs[0].focus();
  });
  decline?.addEventListener("click", () => {
    change({ declined: true }, 0);
    clear.focus();
  });

  function refresh() {
    const { value, declined } = keep.answer;
    for (const input of inputs) input.checked = value !== null && Number(input.value) === value;
    const words = inputs.find(({ checked }) => checked)?.nextElementSibling?.firstChild;
    const said = declined ? w("decline") : words?.textContent;
    if (chosen) {
      chosen.textContent = said ?? w("choose");
      chosen.toggleAttribute("data-myths-none", !said);
      chosen.setAttribute("aria-hidden", String(!declined)); // else the radios say it
    }
    clear.hidden = !hasAnswer(keep.answer);
    if (decline) decline.hidden = !clear.hidden;
    onanswer?.(keep.answer);
  }

  keep.start();
  const early = inputs.find(({ checked, defaultChecked }) => checked && !defaultChecked);
  if (early)
    change({ value: Number(early.value) }, 0); // before the script was there
  else refresh();
  return keep;
}
