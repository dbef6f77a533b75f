import { announce, mounted, one, speaker } from "./shared.js";
import "./quickexit.css";

/** @import { Marked, Readable, Spoken } from "./shapes.d.ts" */

const WITHIN = 5000; // ms

/** @typedef {{ url: string, leave_url: string, mark?: string, preview?: boolean, xsrf?: string }} Own */

/**
 * Needs only model.get, so that a page can call it before there is a kernel. `xsrf`, if the page
 * has one, goes with the beacon. The cookie `mark` ends the visit when no server hears that.
 * @param {{ model: Readable<Spoken & Marked & Own>, el: HTMLElement }} place
 */
function render({ model, el }) {
  const w = speaker(model);
  const life = new AbortController();
  const root = mounted({ model, el });
  const presses = one(root, ".myths-presses");
  const dots = Array.from(presses.children);
  const said = one(root, ".myths-exit-said");
  let count = 0;
  let isAlone = false; // no other key or click while Shift is down
  /** @type {number | undefined} */
  let timer;

  function leave() {
    if (model.get("preview")) {
      announce(said, w("preview"));
      return;
    }
    window.mythsLeft = true;
    document.documentElement.style.setProperty("display", "none", "important");
    document.title = "";
    try {
      sessionStorage.clear();
    } catch {}
    dispatchEvent(new Event("myths:left"));
    const told = model.get("leave_url");
    const mark = model.get("mark");
    // biome-ignore lint/suspicious/noDocumentCookie: the other way may not be done before the page goes
    if (mark) document.cookie = `${mark}=1; path=/; SameSite=Lax`;
    const _xsrf = model.get("xsrf") ?? "";
    if (told) navigator.sendBeacon?.(told, new URLSearchParams({ _xsrf }));
    location.replace(model.get("url"));
  }

  /** @param {string} text */
  function forget(text) {
    clearTimeout(timer);
    if (count) announce(said, text);
    count = 0;
    show();
  }

  function show() {
    presses.hidden = !count;
    for (const [place, dot] of dots.entries()) dot.toggleAttribute("data-on", place < count);
  }

  function press() {
    if (!count) timer = setTimeout(() => forget(w("too_late")), WITHIN);
    count += 1;
    show();
    if (count < dots.length) {
      announce(said, w.count("presses", dots.length - count));
      return;
    }
    clearTimeout(timer);
    count = 0;
    announce(said, w("leaving"));
    leave();
  }

  const { signal } = life;
  document.addEventListener(
    "keydown",
    ({ key, ctrlKey, altKey, metaKey }) => {
      isAlone = key === "Shift" && !ctrlKey && !altKey && !metaKey;
      if (key !== "Shift") forget("");
    },
    { signal },
  );
  document.addEventListener(
    "keyup",
    ({ key }) => {
      if (key === "Shift" && isAlone) press();
      isAlone = false;
    },
    { signal },
  );
  document.addEventListener(
    "pointerdown",
    () => {
      isAlone = false;
    },
    { signal },
  );
  // The browser may show a page again as it was left: then fetch it anew.
  const refresh = (/** @type {PageTransitionEvent} */ { persisted }) => {
    if (persisted && window.mythsLeft) location.reload();
  };
  addEventListener("pageshow", refresh, { signal });

  one(root, "a").addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  el.classList.add("myths-exit-place");
  return () => life.abort();
}

export default { render };
