import { drawer } from "./drawer.js";
import { announce, h, headed, mount, speaker } from "./shared.js";
import "./discussion.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

/** @typedef {{ prompts: string[], card: string, minutes: number, level: number }} Own */

/** @param {Place<Spoken & Own>} place */
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

  const clock = h("div", { class: "myths-clock", role: "timer", "aria-label": w("timer") });
  const said = h("p", { class: "myths-said", role: "status" });
  const go = h("button", {
    type: "button",
    class: "myths-button myths-quiet",
    onclick: () => (end ? pause() : start()),
  });
  const reset = h(
    "button",
    { type: "button", class: "myths-button myths-quiet", onclick: again },
    w("reset"),
  );

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

  const card = model.get("card");
  const prompts = model.get("prompts").map((prompt) => h("li", {}, prompt));
  mount(
    el,
    "discussion",
    headed(model.get("level") === 3 ? 3 : 2, w("heading")),
    h("ol", { class: "myths-prompts" }, prompts),
    card && h("p", { class: "myths-card" }, h("strong", {}, w("card")), h("span", {}, card)),
    h(
      "div",
      { class: "myths-timer" },
      clock,
      h("div", { class: "myths-buttons" }, go, reset),
      said,
    ),
  );
  if (end) run();
  else show();
  return stop;
}

export default { render };
