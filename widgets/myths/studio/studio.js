// The studio: what is typed is looked over, a button says what it does, and Python sends the form anew.

import { h, mounted, one } from "../components/shared.js";
import "./studio.css";

/** @import { Place, Spoken, Marked } from "../components/shapes.d.ts" */
/** @typedef {{ turn: number, notes: Record<string, string>, summary: string, unsaved: string }} Checked */
/** @typedef {ReturnType<typeof written>} Written */
/** @typedef {Spoken & Marked & { checked: Partial<Checked>, page: string, away: string }} StudioState */

const PAUSE = 500; // ms after the last letter until what was typed is looked over
const HEADER = 120; // px at the top of the page
const SAMPLE = 40; // letters by which a text is found on the page
const SHOWN = "p, li, h1, h2, h3, h4, legend, summary, label, blockquote, .myths-label"; // what has words

/**
 * Which part is shown, all that stands in the fields of its form, and what it was when this was made.
 * @param {HTMLFormElement} form
 */
function written(form) {
  /** @type {Record<string, string>} */
  const fields = {};
  /** @type {Record<string, string>} */
  const was = {};
  /** @type {Record<string, string>} */
  const place = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || name === "_xsrf") continue;
    if (name.startsWith("was:")) was[name.slice(4)] = value;
    else if (/^[tpn]:/.test(name)) fields[name] = value;
    else place[name] = value;
  }
  return { place, fields, was };
}

/**
 * Whether a field says something else than when it was made.
 * @param {Element} field
 */
function isTouched(field) {
  if (field instanceof HTMLSelectElement) {
    const given = [...field.options].findIndex(({ defaultSelected }) => defaultSelected);
    return field.selectedIndex !== Math.max(given, 0);
  }
  return (
    (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) &&
    field.value !== field.defaultValue
  );
}

/** @param {string | null} text */
const squeezed = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/**
 * The first words of a text as a page shows them, without the signs of Markdown.
 * @param {string} text
 */
const begin = (text) =>
  squeezed(text.replace(/\]\([^)]*\)|[*_#[\]`]|^\s*(?:[-+]|\d+\.)\s+/gm, "")).slice(0, SAMPLE);

/** @param {Place<StudioState>} place */
function render({ model, el }) {
  const here = /** @type {HTMLElement | null} */ (el.querySelector(".box")); // the page's HTML
  const box = here ?? h("div", { class: "box" });
  /** @type {Set<string>} */
  const unfolded = new Set(); // by their ids
  let step = "";
  let turn = 0;
  let focused = { id: "", act: "", set: "" };
  /** @type {number | undefined} */
  let pause;
  /** @type {Written | undefined} */
  let known; // what Python has of the form

  const form = () => /** @type {HTMLFormElement} */ (one(box, "form.edit"));
  const frame = () => /** @type {HTMLIFrameElement | null} */ (box.querySelector("iframe"));

  const pen = () => {
    const at = document.activeElement;
    const isText = at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement;
    return isText && box.contains(at) ? at : null;
  };

  function show() {
    clearTimeout(pause);
    const gone = known && { had: known, has: written(form()) };
    const at = pen()?.selectionStart ?? null;
    const root = mounted({ model, el: box });
    known = written(form());
    for (const fold of root.querySelectorAll("details")) {
      if (unfolded.has(fold.id)) fold.open = true;
      else if (fold.open) unfolded.add(fold.id);
    }
    draw();
    if (gone) carry(gone.had, gone.has);
    if (document.activeElement === document.body && (focused.id || focused.act)) focusAgain(root);
    if (at !== null) pen()?.setSelectionRange(at, at);
  }

  /**
   * Put into the new form of a part what was typed into the one before since Python had it.
   * @param {Written} had
   * @param {Written} has
   */
  function carry(had, has) {
    if (JSON.stringify(has.place) !== JSON.stringify(known?.place)) return;
    for (const [name, text] of Object.entries(has.fields)) {
      const field = form().elements.namedItem(name);
      if (text === had.fields[name] || !(field instanceof HTMLElement)) continue;
      Object.assign(field, { value: text });
      hear(field);
    }
  }

  /** @param {Element} field into which was typed when nobody listened */
  const hear = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  /** @param {object} act */
  function send(act) {
    known = written(form());
    model.send({ ...act, turn, step, ...known });
  }

  /**
   * Who pressed a button that is no more is at what stands in its place.
   * @param {HTMLElement} root
   */
  function focusAgain(root) {
    const same = [...root.querySelectorAll("button")].find(({ value }) => value === focused.act);
    const set = focused.set ? root.querySelector(`#${CSS.escape(focused.set)}`) : null;
    const field = focused.id ? root.querySelector(`#${CSS.escape(focused.id)}`) : null;
    const near = set?.querySelector("textarea, input:not([type=hidden]), select, button");
    const found = field ?? same ?? near ?? root.querySelector(".foot button");
    if (found instanceof HTMLElement) found.focus({ preventScroll: found === same });
  }

  /** @param {string} wanted the step that the page beside the form shows */
  function open(wanted) {
    if (step === wanted) return;
    step = wanted;
    go();
  }

  function go() {
    const page = frame();
    const there = page?.contentWindow?.location;
    if (!there || !step) return;
    if (there.href === "about:blank") {
      page.addEventListener("load", go, { once: true });
      return;
    }
    const { scrollX, scrollY } = window;
    there.replace(`${there.href.split("#")[0]}#${step}`);
    scrollTo({ left: scrollX, top: scrollY, behavior: "instant" }); // the step would come into sight
  }

  /** @param {string} at the id of a part of this form */
  function lead(at) {
    const place = one(box, `#${CSS.escape(at)}`);
    place.scrollIntoView();
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  /**
   * Show where the words of a field stand on the page; whether they do.
   * @param {string} text
   */
  function find(text) {
    const doc = frame()?.contentDocument;
    const sample = begin(text);
    if (!doc || sample.length < 4) return false;
    for (const here of doc.querySelectorAll(".step")) {
      const found = [...here.querySelectorAll(SHOWN)].find(({ textContent }) =>
        squeezed(textContent).includes(sample),
      );
      if (!found) continue;
      open(here.id);
      const top = found.getBoundingClientRect().top + (doc.scrollingElement?.scrollTop ?? 0);
      doc.scrollingElement?.scrollTo({ top: top - HEADER });
      return true;
    }
    return false;
  }

  /** Where the page has no address, its HTML came along. */
  function draw() {
    const page = frame();
    if (!page || page.getAttribute("src")) return;
    page.addEventListener("load", go, { once: true });
    page.srcdoc = model.get("page");
  }

  function lookOver() {
    turn += 1;
    model.send({ do: "check", turn, step, ...written(form()) });
  }

  function told() {
    const { turn: answered, notes = {}, summary = "", unsaved = "" } = model.get("checked");
    if (answered !== turn) return;
    for (const [name, html] of Object.entries(notes)) {
      const field = form().elements.namedItem(name);
      if (!(field instanceof HTMLElement)) continue;
      const note = box.querySelector(`#${CSS.escape(field.id)}-note`);
      if (note && note.innerHTML.trim() !== html.trim()) note.innerHTML = html;
      if (html.includes('class="wrong"')) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    say(".summary", summary);
    say(".saved", unsaved);
  }

  /**
   * @param {string} place
   * @param {string} words
   */
  function say(place, words) {
    const region = box.querySelector(place);
    if (region && region.textContent !== words) region.textContent = words;
  }

  const away = () => model.get("away") && say(".saved", model.get("away"));

  box.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.closest("form.edit")) return;
    clearTimeout(pause);
    pause = setTimeout(lookOver, PAUSE);
  });
  box.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.isConnected) return;
      if (target.open) unfolded.add(target.id);
      else unfolded.delete(target.id);
      if (target.open && target.dataset.step) open(target.dataset.step);
    },
    true,
  );
  box.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const set = target.closest(".set")?.id ?? "";
    const act = target instanceof HTMLButtonElement ? target.value : "";
    focused = { id: act ? "" : target.id, act, set };
    if (!target.matches("textarea, input, select")) return;
    if ("value" in target && find(String(target.value))) return;
    const here = /** @type {HTMLElement | null} */ (target.closest(".chapter[data-step]"));
    if (here?.dataset.step) open(here.dataset.step);
  });
  box.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const at = link?.getAttribute("href")?.split("#")[1];
    if (!link || !at) return;
    event.preventDefault();
    if (link.target) open(at);
    const isBeside = frame() && one(box, "#draft").getBoundingClientRect().top < innerHeight;
    if (!link.target) lead(at);
    else if (!isBeside) lead("draft");
  });
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const sent = /** @type {HTMLFormElement} */ (event.target);
    if (sent.matches(".chooser")) {
      step = "";
      unfolded.clear();
      const choose = Object.fromEntries(new FormData(sent));
      send({ do: "save", choose });
      return;
    }
    clearTimeout(pause);
    const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
    turn += 1;
    const act = JSON.parse(pressed?.value || '{"do": "save"}');
    send(act);
  });

  const hearers = { html: show, checked: told, page: draw, away };
  for (const [name, hear] of Object.entries(hearers)) model.on(`change:${name}`, hear);
  show();
  if (!here) el.append(h("div", { class: "myths-studio-box" }, box));
  for (const field of form().elements) if (isTouched(field)) hear(field);
  return () => {
    clearTimeout(pause);
    for (const [name, hear] of Object.entries(hearers)) model.off(`change:${name}`, hear);
  };
}

export default { render };
