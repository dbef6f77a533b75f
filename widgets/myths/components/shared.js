// What all components share: elements, words, names.

import "./tokens.css";
import "./icons.css";
import "./shared.css";
import "./controls.css";

/** @import { Marked, Place, Readable, Spoken } from "./shapes.d.ts" */

/** @typedef {Node | string | false | null | undefined} Child */
/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Prop */

/**
 * An element. Props are attributes, `on…` functions are listeners; null and false are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Prop>} props
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) if (child != null && child !== false) node.append(child);
  return node;
}

/**
 * HTML that Python made safe. Everything else goes in as text.
 * @param {string} html
 */
export function made(html) {
  const node = h("div", {});
  node.innerHTML = html;
  return node;
}

/** @typedef {ReturnType<typeof speaker>} Speaker */

/**
 * The words of a model: w("key", {n: 2}), and w.count("key", 2) for key_one, key_other and so on.
 * @param {Readable<Spoken>} model
 */
export function speaker(model) {
  /**
   * @param {string} key
   * @param {Record<string, string | number>} values
   */
  const w = (key, values = {}) =>
    (model.get("words")[key] ?? key).replace(/\{(\w+)\}/g, (all, name) =>
      String(values[name] ?? all),
    );
  /**
   * @param {string} key
   * @param {number} n
   */
  w.count = (key, n) => {
    const form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
    return w(model.get("words")[`${key}_${form}`] ? `${key}_${form}` : `${key}_other`, { n });
  };
  return w;
}

/** A random UUID, also where a page came by plain http. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export const uniqueId = () => `myths-${uuid().slice(0, 8)}`;

/**
 * Keep JupyterLab's shortcuts off every control: the mark must be on the control itself.
 * @param {Element} root
 */
export function shield(root) {
  for (const control of root.querySelectorAll("a, button, input, select, summary, textarea"))
    control.setAttribute("data-lm-suppress-shortcuts", "true");
}

/**
 * The component's HTML in `el`: what the page came with, or what Python sends. Ids are new
 * then, since one widget may be shown twice.
 * @param {{ model: Readable<Marked>, el: HTMLElement }} place
 */
export function mounted({ model, el }) {
  const html = model.get("html");
  if (html) el.innerHTML = html.replaceAll(/\bmyths-[0-9a-f]{8}\b/g, uniqueId());
  const root = one(el, ".myths");
  shield(root);
  return root;
}

/**
 * Do what makes a page longer, and keep in sight what has the focus: what is put in above it would push it out.
 * @param {() => void} change
 */
export function keepSight(change) {
  const here = document.activeElement ?? document.body;
  const isInSight = () => {
    const { top, bottom } = here.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const was = isInSight();
  change();
  if (was && !isInSight()) here.scrollIntoView({ block: "nearest" });
}

/**
 * Show a component anew when Python sends other HTML for it; returns what ends that.
 * @template {Marked} State
 * @param {Place<State>["model"]} model
 * @param {() => void} show
 */
export function following(model, show) {
  const follow = () => keepSight(show);
  model.on("change:html", follow);
  return () => model.off("change:html", follow);
}

/**
 * A component that only shows: `enliven` gets its root, and again each time it is made anew.
 * @template {Marked} State
 * @param {Place<State>} place
 * @param {(root: HTMLElement) => void} [enliven]
 */
export function showing({ model, el }, enliven = () => {}) {
  const show = () => enliven(mounted({ model, el }));
  show();
  return following(model, show);
}

export const isNarrow = () => matchMedia("(max-width: 44rem)").matches;

/**
 * Fold on a phone what stands open on wide screens, on paper, in a page of all steps and without scripts.
 * @param {Element} root
 */
export function folds(root) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const parts = root.querySelectorAll("details[data-folds]");
  const unfold = () => {
    if (location.hash === "#all") for (const part of parts) part.open = true;
  };
  for (const part of parts) part.open = !isNarrow();
  unfold();
  addEventListener("hashchange", unfold);
}

/**
 * What a template has for certain.
 * @template {HTMLElement} [Found=HTMLElement]
 * @param {Element} root
 * @param {string} selector
 * @returns {Found}
 */
export function one(root, selector) {
  const found = /** @type {Found | null} */ (root.querySelector(selector));
  if (!found) throw new Error(`the template has no ${selector}`);
  return found;
}

/**
 * Put text into a live region, and only if it is new, so that nothing is said twice.
 * @param {Element} region
 * @param {string} text
 */
export function announce(region, text) {
  if (region.textContent !== text) region.textContent = text;
}

/**
 * Print parts of the page alone.
 * @param {...Element} parts
 */
export function printAlone(...parts) {
  const mark = (/** @type {boolean} */ isOn) => {
    for (const part of parts) part.classList.toggle("myths-printed", isOn);
  };
  mark(true);
  addEventListener("afterprint", () => mark(false), { once: true });
  print();
}

/**
 * Every question that is on the page now.
 * @returns {HTMLElement[]}
 */
export const questionsHere = () => Array.from(document.querySelectorAll("[data-myths-item]"));
