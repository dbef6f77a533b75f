// The filter of the desk.

import { h, uniqueId } from "../../components/shared.js";

/** @import { Readable } from "../../components/shapes.d.ts" */
/** @import { Speaker } from "../../components/shared.js" */
/** @import { DeskState, Step } from "./shapes.d.ts" */

/** @type {("all" | "undecided" | "older")[]} */
const KINDS = ["all", "undecided", "older"];
const REST = 400; // ms of rest before the words of a filter are sent

/**
 * Gives {node, words, count(shown, all)}; `send` gets the step for Python.
 * @param {Readable<DeskState>} model
 * @param {Speaker} w
 * @param {(key: string, onclick: () => void) => HTMLButtonElement} button
 * @param {(step: Step) => void} send
 */
export function filterOf(model, w, button, send) {
  /**
   * @param {string} value
   * @param {string} words
   */
  const option = (value, words) => h("option", { value }, words);
  /**
   * @param {string} key
   * @param {HTMLElement} control
   */
  const field = (key, control) => {
    control.id = uniqueId();
    return h("div", {}, h("label", { class: "myths-label", for: control.id }, w(key)), control);
  };
  const names = model.get("codes").map(({ id, name }) => option(id, name));
  const questions = model.get("questions").map((question) => option(question, question));
  const kinds = KINDS.map((key) => option(key, w(`show_${key}`)));
  const words = h("input", { type: "search", dir: "auto", "aria-keyshortcuts": "/" });
  const show = h("select", {}, kinds);
  const question = h("select", {}, option("", w("any_question")), questions);
  const code = h("select", {}, option("", w("any_code")), names);
  const summary = h("summary", {});
  /** @type {number | undefined} */
  let rest;

  function sift() {
    clearTimeout(rest);
    const chosen = { words: words.value, question: question.value, code: code.value };
    send({ do: "filter", show: KINDS[show.selectedIndex], ...chosen });
  }
  words.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(sift, REST);
  });
  for (const control of [show, question, code]) control.addEventListener("change", sift);
  const clear = button("clear", () => {
    words.value = question.value = code.value = "";
    show.selectedIndex = 0;
    sift();
  });

  const fields = [
    field("words", words),
    field("show", show),
    field("question", question),
    field("code", code),
  ];
  const node = h(
    "details",
    {},
    summary,
    h("div", { class: "myths-filter", role: "search" }, fields, h("div", {}, clear)),
  );
  /**
   * @param {number} shown
   * @param {number} all
   */
  const count = (shown, all) => {
    summary.textContent = w(shown === all ? "filter_all" : "filter_some", { n: shown, count: all });
  };
  return { node, words, count };
}
