// Where somebody is on a page. The document is empty until its widgets are there, so a browser cannot
// keep the place by itself: it is kept in the entry of the history, which a reload, Back and a page
// that starts again find there, and in the tab, for whoever comes by "Go on".

import { drawer } from "../../components/drawer.js";

const GO_ON = "#on"; // as in vocabulary.py
const PAUSE = 300; // ms; a browser takes few changes of the history in a row
const TOP = 100; // px, about where reading begins

/**
 * @typedef {object} ReadingPlace
 * @property {number} number the mark that was last passed, counted from 0
 * @property {number} offset px from the top of the window to it
 * @property {number} [focus] the mark with the focus, if it is a question
 * @property {number} [caret] in its text
 */

const MARKS = "main :is(h1, h2, h3, [data-myths-item])"; // headings and questions

const marks = () =>
  Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(MARKS)));

const drawn = `myths:place:${location.pathname}`;
/** @type {number | undefined} */
let pause;

/** @returns {ReadingPlace | null} */
function here() {
  const all = marks();
  const tops = all.map((mark) => mark.getBoundingClientRect().top);
  const number = Math.max(tops.map((top) => top <= TOP).lastIndexOf(true), 0);
  if (!all.length) return null;
  const active = document.activeElement;
  const focus = all.findIndex((mark) => mark.dataset.mythsItem && mark.contains(active));
  const caret = active instanceof HTMLTextAreaElement ? active.selectionStart : undefined;
  return { number, offset: tops[number], ...(focus < 0 ? {} : { focus, caret }) };
}

function keep() {
  clearTimeout(pause);
  const place = here();
  if (!place || window.mythsLeft) return;
  try {
    history.replaceState({ ...history.state, place }, "");
  } catch {} // too many in a row
  drawer.put(drawn, place);
}

function keepSoon() {
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE);
}

/** @param {ReadingPlace} place */
function go({ number, offset, focus = -1, caret = 0 }) {
  const all = marks();
  const control = all[focus]?.querySelector("textarea, :checked, input");
  if (control instanceof HTMLTextAreaElement) control.setSelectionRange(caret, caret);
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  const mark = all[Math.min(number, all.length - 1)];
  if (mark) scrollBy({ top: mark.getBoundingClientRect().top - offset, behavior: "instant" });
}

// On a device where nobody was yet: to the last answer.
function goToLastAnswer() {
  const isAnswered = marks().map((mark) => mark.hasAttribute("data-myths-answered"));
  if (isAnswered.includes(true)) go({ number: isAnswered.lastIndexOf(true), offset: TOP });
}

history.scrollRestoration = "manual";

/** Go to where somebody was, and keep from now on where they are; call it when the page is there. */
export function keepPlace() {
  const isBack = location.hash === GO_ON;
  const place = history.state?.place ?? (isBack ? drawer.look(drawn) : null);
  if (place) go(place);
  else if (isBack) setTimeout(goToLastAnswer, 50); // the questions say so a moment later
  addEventListener("scroll", keepSoon, { passive: true });
  document.addEventListener("focusin", keepSoon);
  addEventListener("pagehide", keep);
}
