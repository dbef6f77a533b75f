// The projector asks the server what to show, and counts down by itself.

import { clockTime, secondsUntil } from "../../components/clock.js";
import { here } from "./page_data.js";
import { posted } from "./request.js";
import "../../components/tokens.css";
import "./projector.css";
import "./projector_results.css";

const PAUSE = 700; // ms between two looks

const el = here("projector");
let mark = "";
let ends = 0; // on this page's own clock, ms
let missed = 0; // looks without an answer, one after the other

/** Say what is wrong with the connection once it lasts, as far as that is known. @param {number} status */
function tell(status) {
  const line = here("line");
  missed = status && status < 500 ? 0 : missed + 1;
  const { lost = "", device = "", server = "" } = line.dataset;
  const why = status ? server : navigator.onLine ? lost : device;
  const text = missed > 1 ? why : "";
  if (line.textContent !== text) line.textContent = text;
}

function tick() {
  const left = /** @type {HTMLElement | null} */ (el.querySelector("[data-left]"));
  if (left) left.textContent = clockTime(secondsUntil(ends));
}

function begin() {
  const left = /** @type {HTMLElement | null} */ (el.querySelector("[data-left]"));
  ends = performance.now() + Number(left?.dataset.left ?? 0) * 1000;
  tick();
}

async function look() {
  const { status, text } = await posted({ seen: mark }, el.dataset.xsrf ?? "");
  if (status === 200) {
    const { html, mark: now } = JSON.parse(text);
    mark = now;
    el.innerHTML = html;
    begin();
  } else if (status === 403 || status === 404) location.reload();
  tell(status);
  setTimeout(look, PAUSE);
}

begin();
setInterval(tick, 250);
look();
document.body.dataset.ready = "";
