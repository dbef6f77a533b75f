// A question to the trainer: it stays in its field until the server has it, whatever happens on the way.

import { drawer } from "../../components/drawer.js";
import { signs } from "../../components/personal_data.js";
import { here } from "./page_data.js";
import { answered } from "./request.js";
import "./ask.css";

const DRAFT = "myths:ask";

let isSending = false;
const field = () => /** @type {HTMLTextAreaElement} */ (here("ask-text"));

function look() {
  const hint = here("ask-personal");
  const words = signs(field().value).length ? (hint.dataset.words ?? "") : "";
  if (hint.textContent !== words) hint.textContent = words;
  drawer.put(DRAFT, field().value);
}

document.addEventListener("input", look);

if (!field().value) field().value = drawer.look(DRAFT) ?? "";
look(); // a draft, and what was written before this script was there

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.failed) return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  const values = Array.from(new FormData(form), ([name, value]) => [name, String(value)]);
  const sent = await answered(form.action, { method: "POST", body: new URLSearchParams(values) });
  isSending = false;
  const page = new DOMParser().parseFromString(sent.text, "text/html");
  const main = page.querySelector("main");
  if (sent.status && main) show(page, main, form.contains(field()) ? "" : field().value);
  else fail(form.dataset.failed);
});

/**
 * Show what the server answered, and keep what was typed meanwhile into another form.
 * @param {Document} page
 * @param {HTMLElement} main
 * @param {string} typed
 */
function show(page, main, typed) {
  const place = here("main");
  place.replaceChildren(...main.childNodes);
  drawer.put(DRAFT, typed || field().value);
  document.title = page.title;
  if (typed) field().value = typed;
  /** @type {HTMLElement} */ (place.querySelector("[autofocus]") ?? place).focus();
}

/** @param {string} why */
function fail(why) {
  const line = here("ask-fault");
  line.hidden = false;
  line.lastElementChild?.replaceChildren(why);
  line.scrollIntoView({ block: "center" });
}
