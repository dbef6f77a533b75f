// Where somebody is on a page: which heading or question they see, and which has the focus. It is kept in
// the entry of the history, which a reload, Back and a page that starts again find there, and in the tab,
// for whoever comes back to the step by a link.

import { drawer } from "../../components/drawer.js";

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
  Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(MARKS))).filter(
    (mark) => mark.getClientRects().length,
  );

const drawn = () => `myths:place:${location.pathname}${location.hash}`;
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
  drawer.put(drawn(), place);
}

function keepSoon() {
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE);
}

/** @param {ReadingPlace} place */
function go({ number, offset, focus = -1, caret = 0 }) {
  const all = marks();
  const control = all[focus]?.querySelector("textarea, :checked, input:not([type=hidden])");
  if (control instanceof HTMLTextAreaElement) control.setSelectionRange(caret, caret);
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  const mark = all[Math.min(number, all.length - 1)];
  if (mark) scrollBy({ top: mark.getBoundingClientRect().top - offset, behavior: "instant" });
}

history.scrollRestoration = "manual";

/** Go to where one was in this entry of the history; tells whether there was such a place. */
export function goBack() {
  const place = history.state?.place;
  if (place) go(place);
  return Boolean(place);
}

/** Go to where somebody was, and keep from now on where they are; call it when the page is there. */
export function keepPlace() {
  const place = drawer.look(drawn());
  if (!goBack() && place) go(place);
  addEventListener("scroll", keepSoon, { passive: true });
  document.addEventListener("focusin", keepSoon);
  document.addEventListener("selectionchange", keepSoon); // where in a sentence
  addEventListener("pagehide", keep);
}
