// The console: each button says what it does; Python does it and sends the console anew.

import { clockTime, secondsUntil } from "../components/clock.js";
import { h, mounted, one } from "../components/shared.js";
import { notepad } from "./notepad.js";
import "./console.css";
import "./room_question.css";
import "./room_guide.css";
import "./room_inquiries.css";

/** @import { Place, Spoken, Marked } from "../components/shapes.d.ts" */
/** @typedef {Spoken & Marked & { told: string }} ConsoleState */

const AREAS = ".bar, .way, .now section, .plan"; // in which a button may make way for another

/** @param {Element | undefined} area */
const name = (area) => area?.getAttribute("aria-labelledby") ?? area?.className ?? "";

/** @param {Element | undefined} area what can be pressed there */
const buttons = (area) =>
  [
    .../** @type {NodeListOf<HTMLElement>} */ (area?.querySelectorAll("[data-act]:enabled") ?? []),
  ].filter((button) => button.offsetParent);

/** @param {Place<ConsoleState>} place */
function render({ model, el }) {
  const here = /** @type {HTMLElement | null} */ (el.querySelector(".box")); // the page's HTML
  const box = here ?? h("div", { class: "box" });
  const said = h("p", { role: "status", class: "myths-state said" });
  const areas = here?.parentElement ?? h("div", { class: "myths areas" }, box);
  areas.append(said);
  /** @type {ReturnType<typeof notepad> | undefined} */
  let notes;
  /** @type {number | undefined} */
  let clock;
  let focused = { act: "", area: "", at: 0 };
  /** @type {Set<string>} */
  const unfolded = new Set(); // by their summaries

  /** @param {Element} fold */
  const summary = (fold) => fold.querySelector("summary")?.textContent ?? "";
  for (const fold of box.querySelectorAll("details[open]")) unfolded.add(summary(fold));
  box.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.isConnected) return;
      if (target.open) unfolded.add(summary(target));
      else unfolded.delete(summary(target));
    },
    true,
  );

  const tell = () => said.replaceChildren(model.get("told"));

  // A button that was made anew while it is pressed would never be clicked.
  let isPressed = false;
  let isBehind = false;
  const press = () => {
    isPressed = true;
  };
  const release = () =>
    setTimeout(() => {
      isPressed = false;
      if (isBehind) show();
    });
  for (const begin of ["pointerdown", "keydown"]) box.addEventListener(begin, press);
  const ends = ["pointerup", "pointercancel", "keyup", "blur"];
  for (const end of ends) addEventListener(end, release);

  function show() {
    isBehind = isPressed;
    if (isPressed) return;
    const root = mounted({ model, el: box });
    clearInterval(clock);
    for (const fold of root.querySelectorAll("details")) fold.open = unfolded.has(summary(fold));
    write(one(root, ".notes"));
    tick(root);
    if (document.activeElement === document.body && focused.act) focusAgain(root);
  }

  /**
   * Who pressed a button that is no more is at the one in its place.
   * @param {HTMLElement} root
   */
  function focusAgain(root) {
    const same = buttons(root).find(({ dataset }) => dataset.act === focused.act);
    const there = buttons(
      [...root.querySelectorAll(AREAS)].find((area) => name(area) === focused.area),
    );
    (same ?? there[Math.min(focused.at, there.length - 1)])?.focus({ preventScroll: true });
  }

  /**
   * The notes stay where they are while all around them is made anew.
   * @param {HTMLElement} pad
   */
  function write(pad) {
    const pen = /** @type {HTMLElement | null} */ (pad.querySelector(":focus"));
    if (notes) pad.remove();
    else box.after(pad);
    pen?.focus();
    if (notes) notes.hear(pad);
    else notes = notepad(pad, (act) => model.send(act));
  }

  /** @param {HTMLElement} root */
  function tick(root) {
    const left = /** @type {HTMLElement | null} */ (root.querySelector("[data-left]"));
    if (!left) return;
    const ends = performance.now() + Number(left.dataset.left) * 1000;
    const show = () => {
      left.textContent = clockTime(secondsUntil(ends));
    };
    show();
    clock = setInterval(show, 1000);
  }

  box.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const area = target.closest(AREAS) ?? undefined;
    const at = buttons(area).indexOf(target);
    focused = { act: target.dataset.act ?? "", area: name(area), at };
  });
  box.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-act]");
    if (!(button instanceof HTMLElement)) return;
    const root = /** @type {HTMLElement} */ (box.querySelector("[data-version]"));
    const seen = Number(root.dataset.version);
    model.send({ ...JSON.parse(button.dataset.act ?? ""), seen });
  });
  model.on("change:told", tell);
  model.on("change:html", show);
  tell();
  show();
  if (!here) el.append(h("div", { class: "myths-lead" }, areas));
  return () => {
    clearInterval(clock);
    notes?.stop();
    for (const end of ends) removeEventListener(end, release);
    model.off("change:told", tell);
    model.off("change:html", show);
  };
}

export default { render };
