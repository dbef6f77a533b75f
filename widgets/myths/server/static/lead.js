// The console on the staff pages: what a widget's model does in JupyterLab, requests do here.

import console from "../../console/console.js";
import { here } from "./page_data.js";
import { posted } from "./request.js";

const PAUSE = 1000; // ms between two looks

const el = here("console");
const { xsrf = "", away = "", device = "", network = "" } = el.dataset;
const state = { html: "", told: "", words: {} };
/** @type {Map<string, Set<() => void>>} */
const hearers = new Map();
let mark = "";
let isAsking = false;
let isAway = false; // the last request was not answered

/** @param {Partial<typeof state>} values */
function set(values) {
  for (const name of /** @type {(keyof typeof state)[]} */ (Object.keys(values))) {
    if (state[name] === values[name]) continue;
    Object.assign(state, { [name]: values[name] });
    for (const hear of hearers.get(`change:${name}`) ?? []) hear();
  }
}

/** @param {object | null} act what a button says; null to look only */
async function ask(act) {
  if (isAsking && !act) return;
  isAsking = true;
  const { status, text } = await posted({ act, seen: mark }, xsrf);
  isAsking = false;
  if (status === 200) {
    const { told, html, mark: now } = JSON.parse(text);
    mark = now;
    set(act || isAway ? { html, told } : { html });
    isAway = false;
  } else if (status === 403) location.reload();
  else if (status !== 204) {
    isAway = true;
    set({ told: status ? away : navigator.onLine ? network : device });
  } else if (isAway) {
    isAway = false;
    set({ told: "" });
  }
  return status === 200 && !state.told ? Number(shown()?.dataset.version) : undefined;
}

/** @returns {HTMLElement | null} */
const shown = () => el.querySelector("[data-version]");

/** @type {Promise<number | undefined> | undefined} */
let acting; // the version that one's own act makes of the room

/** @param {object} act clicked before the answer to an earlier one came, it follows on that one */
function send(act) {
  const before = acting;
  const now = (async () => {
    const seen = await before;
    return ask(seen === undefined ? act : { ...act, seen });
  })();
  acting = now;
  now.finally(() => {
    if (acting === now) acting = undefined;
  });
}

/** @type {any} */
const model = {
  get: (/** @type {keyof typeof state} */ name) => state[name],
  on(/** @type {string} */ name, /** @type {() => void} */ hear) {
    hearers.set(name, (hearers.get(name) ?? new Set()).add(hear));
  },
  off: (/** @type {string} */ name, /** @type {() => void} */ hear) =>
    hearers.get(name)?.delete(hear),
  send,
};

console.render({ model, el });
setInterval(() => document.hidden || ask(null), PAUSE);
document.addEventListener("visibilitychange", () => document.hidden || ask(null));
document.body.dataset.ready = "";
