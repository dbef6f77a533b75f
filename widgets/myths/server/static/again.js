// Loads a page again by itself, after pauses that grow. How often it did is kept beside the page's
// address in this tab's history, which every browser has.

import { answered } from "./request.js";

const LONGEST = 30000; // ms
const CALM = 120000; // ms since the last time, after which the page had worked

/** How often this page has loaded itself again of late. */
const tries = () => {
  const { count = 0, at = 0 } = history.state?.again ?? {};
  return Date.now() - at < CALM ? count : 0;
};

/**
 * Load the page again when the server is there. Thirty browsers at once: each at a time of its own.
 * @param {number} pause the longest of the first pauses, in ms
 * @param {(count: number) => void} tell called before each try with the number of those before it
 */
export const loadAgain = (pause, tell = () => {}) => {
  const count = tries();
  tell(count);
  const wait = Math.random() * Math.min(LONGEST, pause * 2 ** count);
  setTimeout(async () => {
    history.replaceState({ ...history.state, again: { count: count + 1, at: Date.now() } }, "");
    const { status } = await answered("/healthz");
    if (status === 200) location.reload();
    else loadAgain(pause, tell);
  }, wait);
};
