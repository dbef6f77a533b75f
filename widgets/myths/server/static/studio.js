// The studio on the staff pages: what a widget's model does in JupyterLab, requests do here.

import studio from "../../studio/studio.js";
import { here } from "./page_data.js";
import { posted } from "./request.js";

const el = here("studio");
const { xsrf = "", away = "" } = el.dataset;
/** @type {Record<string, unknown>} */
const state = { html: "", checked: {}, page: "", away: "", words: {} };
/** @type {Map<string, Set<() => void>>} */
const hearers = new Map();
/** @type {Promise<void>} */
let asking = Promise.resolve();
let isDirty = false;

/** @param {Record<string, unknown>} values */
function set(values) {
  for (const [name, value] of Object.entries(values)) {
    state[name] = value;
    for (const hear of hearers.get(`change:${name}`) ?? []) hear();
  }
}

/** @param {{ do: string, turn: number }} wish */
async function ask(wish) {
  const { status, text } = await posted({ wish }, xsrf);
  if (status === 403) location.reload();
  else if (status !== 200) set({ away });
  else {
    const { html, checked } = JSON.parse(text);
    if (wish.do !== "check") isDirty = false;
    if (html) set({ away: "", html });
    if (checked) set({ checked: { ...checked, turn: wish.turn } });
  }
}

/** @type {any} */
const model = {
  get: (/** @type {string} */ name) => state[name],
  on(/** @type {string} */ name, /** @type {() => void} */ hear) {
    hearers.set(name, (hearers.get(name) ?? new Set()).add(hear));
  },
  off: (/** @type {string} */ name, /** @type {() => void} */ hear) =>
    hearers.get(name)?.delete(hear),
  send(/** @type {{ do: string, turn: number, choose?: Record<string, string> }} */ wish) {
    if (wish.choose) location.search = `${new URLSearchParams(wish.choose)}`;
    else asking = asking.then(() => ask(wish));
  },
};

el.addEventListener("input", () => {
  isDirty = true;
});
studio.render({ model, el });
addEventListener("beforeunload", (event) => {
  if (isDirty && !window.mythsLeft) event.preventDefault();
});
document.body.dataset.ready = "";
