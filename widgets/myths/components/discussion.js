import { drawer } from "./drawer.js";
import { announce, folds, mounted, one, speaker } from "./shared.js";
import "./discussion.css";

/** @import { Marked, Place, Spoken } from "./shapes.d.ts" */

/** @typedef {{ minutes: number }} Own */

/** @param {Place<Spoken & Marked & Own>} place */
function render({ model, el }) {
  const w = speaker(model);
  const total = Math.min(Math.max(Math.trunc(model.get("minutes")) || 1, 1), 180) * 60;
  const number = document.querySelectorAll(".myths-discussion").length;
  const place = ["myths", "timer", location.pathname, number].join(":");
  const kept = drawer.look(place) ?? {};
  let left = Math.min(kept.left ?? total, total); // seconds
  /** @type {number | null} */
  let end = kept.end ?? null; // clock time in ms at which a running timer ends
  /** @type {number | undefined} */
  let tick;

  const root = mounted({ model, el });
  folds(root);
  const clock = one(root, ".myths-clock");
  const said = one(root, ".myths-said");
  /** @type {HTMLButtonElement} */
  const go = one(root, ".myths-go");
  const reset = one(root, ".myths-reset");
  go.hidden = false;
  go.addEventListener("click", () => (end ? pause() : start()));
  reset.addEventListener("click", again);

  /** @param {number} seconds */
  const minutes = (seconds) => w.count("minutes", Math.ceil(seconds / 60));
  /** @type {[number, () => string][]} */
  const marks = [
    [0, () => w("end")],
    [60, () => w("one_minute")],
    [Math.floor(total / 2), () => w("half", { left: minutes(total / 2) })],
  ];

  function show() {
    /** @param {number} number */
    const two = (number) => String(number).padStart(2, "0");
    clock.textContent = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
    go.textContent = end ? w("pause") : left < total && left ? w("resume") : w("start");
    go.disabled = left === 0;
    reset.hidden = left === total && !end;
  }

  /** The clock decides, so that a tab that slept is right again at once. */
  function update() {
    const before = left;
    left = Math.max(0, Math.ceil(((end ?? Date.now()) - Date.now()) / 1000));
    const passed = marks.find(([at]) => left <= at && at < before);
    if (passed) announce(said, passed[1]());
    if (left === 0) {
      stop();
      keep();
    }
    show();
  }

  function keep() {
    drawer.put(place, { left, end });
  }

  function stop() {
    clearInterval(tick);
    end = null;
  }

  function run() {
    tick = setInterval(update, 250);
    update();
  }

  function start() {
    end = Date.now() + left * 1000;
    run();
    keep();
    announce(said, w("started", { left: minutes(left) }));
  }

  function pause() {
    update();
    stop();
    keep();
    if (left) announce(said, w("paused"));
    show();
  }

  function again() {
    stop();
    left = total;
    drawer.empty(place);
    announce(said, w("was_reset"));
    show();
    go.focus();
  }

  if (end) run();
  else show();
  return stop;
}

export default { render };
