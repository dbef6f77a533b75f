// One chooses and keeps the first try, talks, and asks for the feedback: never before it is asked for.

import { choice } from "./choice.js";
import { hasAnswer, keeper } from "./question.js";
import { h, made, one, speaker } from "./shared.js";
import "./recall.css";

/** @import { AnyModel } from "@anywidget/types" */
/** @import { AnswerContent, Place, QuestionState, RecallState } from "./shapes.d.ts" */

const PATIENCE = 6000; // ms until feedback that did not come is asked for again

/**
 * The first try as a question of its own: what is its own begins with "first_" in the model.
 * @param {AnyModel<any>} model
 * @returns {AnyModel<QuestionState>}
 */
function firstOf(model) {
  const named = (/** @type {string} */ name) =>
    name.replace(/^(change:)?(?=(item|known|answer|receipt)$)/, "$1first_");
  /** @type {any} */
  const first = {
    get: (/** @type {string} */ name) => model.get(named(name)),
    set: (/** @type {string} */ name, /** @type {unknown} */ value) =>
      model.set(named(name), value),
    save_changes: () => model.save_changes(),
    on: (/** @type {string} */ event, /** @type {any} */ act) => model.on(named(event), act),
    off: (/** @type {string} */ event, /** @type {any} */ act) => model.off(named(event), act),
  };
  return first;
}

/** @param {Place<RecallState>} place */
function render({ model, el }) {
  const w = speaker(model);
  let isLive = false;
  const keep = choice({ model, el, onanswer: (answer) => isLive && take(answer) });
  const tries = one(el, ".myths-tries");
  const region = one(tries, ".myths-feedback");
  const keepIt = one(tries, ".myths-keep");
  const showIt = one(tries, ".myths-show");
  const first = keeper(firstOf(model), w, tries, { wording: model.get("wording") });
  /** @type {number | null} */
  let chosen = null;
  let isShown = false;
  let isLate = false;
  let told = "";
  /** @type {number | undefined} */
  let timer;

  /** @returns {[string, ...Node[]]} what the region has, and a name for it */
  function words() {
    const { value, html } = model.get("feedback") ?? {};
    if (chosen === null || !hasAnswer(first.answer)) return [""];
    if (!isShown) return ["kept", h("p", {}, w("kept"))];
    if (value !== chosen) return isLate ? ["late", h("p", {}, w("late"))] : [""];
    return [`shown ${value}`, ...made(html ?? "").childNodes];
  }

  function tell() {
    const isKept = hasAnswer(first.answer);
    keepIt.hidden = chosen === null || isKept;
    showIt.hidden = chosen === null || !isKept || isShown;
    const [name, ...nodes] = words();
    if (name === told) return;
    told = name;
    region.replaceChildren(...nodes);
  }

  function ask() {
    clearTimeout(timer);
    if (!isShown || chosen === null || window.mythsLeft) return;
    model.set("wish", { value: chosen, sent: Date.now() });
    model.save_changes();
    timer = setTimeout(() => {
      isLate = true;
      tell();
      ask();
    }, PATIENCE);
  }

  function hear() {
    if (model.get("feedback")?.value === chosen) clearTimeout(timer);
    isLate = false;
    tell();
  }

  // A button that goes leaves the focus at what was chosen.
  function goBack() {
    tell();
    /** @type {HTMLInputElement | null} */
    const radio = el.querySelector("input:checked");
    radio?.focus({ preventScroll: true });
  }

  keepIt.addEventListener("click", () => {
    first.change({ value: chosen }, 0);
    goBack();
  });
  showIt.addEventListener("click", () => {
    isShown = true;
    ask();
    goBack();
  });

  /** @param {AnswerContent} answer */
  function take(answer) {
    chosen = answer.value;
    if (chosen === null) {
      isShown = false;
      if (isLive && hasAnswer(first.answer)) first.change({}, 0);
    }
    isLate = false;
    ask();
    tell();
  }

  first.start();
  take(keep.answer);
  isLive = true;
  // What a page opens with is no news: the region speaks from the next turn on.
  setTimeout(() => region.setAttribute("role", "status"));
  model.on("change:feedback", hear);
  addEventListener("myths:online", ask);
  return () => {
    clearTimeout(timer);
    removeEventListener("myths:online", ask);
    model.off("change:feedback", hear);
    first.stop();
    keep.stop();
  };
}

export default { render };
