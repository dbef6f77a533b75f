// Where one is in a page of steps. What is seen the address decides, with steps.css; this says it in the
// header, beside the page and to the server, and brings the focus along.

import { h, questionsHere, speaker } from "../../components/shared.js";
import { here, told } from "./page_data.js";

const WORDS_A_MINUTE = 180;
const QUESTION = 0.3; // minutes

const words = told("step-words");
const w = speaker({ get: () => words });
/** @type {Record<string, { steps?: string[], step?: string, done?: boolean }>} */
const places = told("places");
const page = location.pathname.split("/").pop() ?? "";
/** @type {HTMLElement[]} */
const steps = Array.from(document.querySelectorAll("main > .step"));
const been = new Set(places[page]?.steps);

const isWhole = () => location.hash === "#all";

/** The step that is seen; in a page that shows all, the first. */
export function present() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  return steps.find((step) => target && (step === target || step.contains(target))) ?? steps[0];
}

/** About how many minutes each step takes, told before scripts change anything in it. */
const minutes = steps.map((step) => {
  const folded = Array.from(
    step.querySelectorAll("details:not([open]), noscript"),
    (el) => el.textContent,
  );
  const all = [step.textContent, ...folded].map((text) => text?.trim().split(/\s+/).length ?? 0);
  const read = all[0] - all.slice(1).reduce((one, other) => one + other, 0);
  return read / WORDS_A_MINUTE + step.querySelectorAll("[data-myths-item]").length * QUESTION;
});

/** About how many minutes somebody needs who goes on from this step. */
const left = (/** @type {number} */ from) =>
  Math.max(1, Math.round(minutes.slice(from).reduce((sum, one) => sum + one, 0)));

const title = document.title;
const segments = steps.map(() => h("li", {}));
const links = steps.map((step, at) => {
  const number = h("span", { class: "number" }, String(at + 1));
  return h("a", { href: `#${step.id}` }, number, h("span", {}, step.dataset.title));
});

const OPEN = ["saving", "waiting", "refused", "newer"];
const SOON = 2500; // ms: an answer that is saved by then is not worth two changes

/** How many answers are not saved yet. */
const unsaved = () =>
  questionsHere().filter(({ dataset }) => OPEN.includes(dataset.mythsState ?? "")).length;

/** Say in the header where one is, or how much is not saved. */
function showPlace() {
  const at = steps.indexOf(present());
  const open = unsaved();
  const place = [
    steps.length > 1 && !isWhole() && w("step", { n: at + 1, total: steps.length }),
    w.count("minutes", left(isWhole() ? 0 : at)),
  ].filter((part) => typeof part === "string");
  const parts = open ? [w.count("unsaved", open)] : place;
  here("at").replaceChildren(
    ...parts.map((part, n) => h("span", {}, n ? `\u00a0· ${part}` : part)),
  );
}

function show() {
  showPlace();
  const at = steps.indexOf(present());
  been.add(steps[at].id);
  for (const [number, step] of steps.entries()) {
    const isHere = number === at && !isWhole();
    const isDone = been.has(step.id) && !isHere;
    segments[number].className = isHere ? "here" : isDone ? "done" : "";
    links[number].className = isDone ? "done" : "";
    if (isHere) links[number].setAttribute("aria-current", "step");
    else links[number].removeAttribute("aria-current");
  }
  const isStep = steps.length > 1 && !isWhole();
  const step = isStep && w("step", { n: at + 1, total: steps.length });
  document.title = step ? `${title} · ${step}` : title;
  for (const all of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll("[data-whole]")
  )) {
    all.textContent = isWhole() ? words.by_step : words.whole;
    all.href = isWhole() ? `#${steps[0].id}` : "#all";
  }
  tell(steps[at].id, at === steps.length - 1 || isWhole());
}

/** @param {string} step @param {boolean} isLast */
function tell(step, isLast) {
  const known = places[page];
  if (window.mythsLeft || (known?.step === step && (known.done || !isLast))) return;
  places[page] = { ...known, step, done: known?.done || isLast };
  const body = new URLSearchParams({ _xsrf: told("kernel").xsrf, page, step });
  if (isLast) body.set("last", "1");
  navigator.sendBeacon?.("/place", body);
}

function fillMenu() {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-part]")
  )) {
    const part = link.dataset.part ?? "";
    const place = places[part];
    const state = /** @type {HTMLElement} */ (link.nextElementSibling);
    if (part === page) state.textContent = words.here;
    else if (place?.done) state.textContent = `${words.done} ✓`;
    else if (place) state.textContent = words.begun;
    if (place?.step && part !== page) link.setAttribute("href", `/m/${part}#${place.step}`);
  }
}

function fillContents() {
  const doors = Array.from(document.querySelectorAll("[data-door]"), (door) =>
    door.cloneNode(true),
  );
  const [list, others] = [links, doors].map((each) => each.map((link) => h("li", {}, link)));
  here("contents").replaceChildren(h("ol", {}, list), h("ul", {}, others));
}

/** Say where one is, now and after each step; `arrive` puts the page where it was. */
export function walk(/** @type {() => boolean} */ arrive) {
  const menu = /** @type {HTMLDetailsElement} */ (here("menu"));
  /** @type {number | undefined} */
  let pause;
  document.addEventListener("myths:save", () => {
    clearTimeout(pause);
    pause = setTimeout(showPlace, unsaved() ? SOON : 100);
  });
  fillMenu();
  here("bar").replaceChildren(...(steps.length > 1 ? segments : []));
  if (steps.length > 1) fillContents();
  show();
  addEventListener("hashchange", () => {
    menu.open = false;
    show();
    if (arrive()) return;
    const step = present();
    if (!isWhole() && location.hash !== `#${step.id}`) return; // something in it was asked for
    const heading = /** @type {HTMLElement | null} */ (step.querySelector("h1, h2"));
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "instant" });
  });
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus({ preventScroll: true });
  });
  menu.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a[href^='#']")) menu.open = false;
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  // The address says which step is seen, so the way past the header leaves it as it is.
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    here("main").focus();
  });
  document.addEventListener("submit", (event) => {
    if (event.target instanceof Element && event.target.matches(".answers")) event.preventDefault();
  });
}
