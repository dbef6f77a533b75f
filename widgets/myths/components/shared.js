// What all components share: elements, words, names.

import "./tokens.css";
import "./icons.css";
import "./shared.css";
import "./controls.css";

/** @import { Readable, Spoken } from "./shapes.d.ts" */

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
export function rich(html) {
  const node = h("div", { class: "myths-rich" });
  node.innerHTML = html;
  return node;
}

/**
 * A heading with what it is named first, such as "Myth", so that who goes by headings hears both.
 * @param {1 | 2 | 3} level
 * @param {string | false | undefined} flag
 * @param {string} [words]
 */
export function headed(level, flag, words) {
  const name = flag && h("span", { class: "myths-flag" }, flag);
  return h(/** @type {"h1" | "h2" | "h3"} */ (`h${level}`), {}, name, words);
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
 * Fill `el` with the component. The mark keeps JupyterLab's shortcuts out of its controls.
 * @param {HTMLElement} el
 * @param {string} kind
 * @param {...Child} children
 */
export function mount(el, kind, ...children) {
  const root = h("div", { class: `myths myths-${kind}` }, ...children);
  for (const control of root.querySelectorAll("a, button, input, select, summary, textarea")) {
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  el.replaceChildren(root);
  return root;
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
 * Print one part of the page alone.
 * @param {Element} part
 */
export function printAlone(part) {
  part.classList.add("myths-printed");
  addEventListener("afterprint", () => part.classList.remove("myths-printed"), { once: true });
  print();
}

/**
 * Every question that is on the page now.
 * @returns {HTMLElement[]}
 */
export const questionsHere = () => Array.from(document.querySelectorAll("[data-myths-item]"));
