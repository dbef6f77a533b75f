// The steps of a coder, sent to Python one by one.

import { uuid } from "../../components/shared.js";

/** @import { AnyModel } from "@anywidget/types" */
/** @import { Step } from "./shapes.d.ts" */

const SLOW = 1000; // ms until it is told that a step is being saved
const PATIENCE = 6000; // ms until it is told that no answer came

/**
 * Sends each step when those before it are done, so that a quick "n 1" is about the next text and
 * not about this one. `tell(state)` is called with "saving" or "silent". Gives {queue(make),
 * done(id), hurry()}; `make` gives a step when its time has come.
 * @param {AnyModel} model
 * @param {(state: "saving" | "silent") => void} tell
 */
export function inOrder(model, tell) {
  /** @type {(() => Step)[]} */
  const steps = [];
  /** @type {string | null} */
  let waiting = null;
  /** @type {number | undefined} */
  let slow;
  /** @type {number | undefined} */
  let patience;

  function advance() {
    const make = steps.shift();
    if (!make) return;
    waiting = uuid();
    slow = setTimeout(() => tell("saving"), SLOW);
    patience = setTimeout(giveUp, PATIENCE);
    try {
      model.send({ step: waiting, ...make() });
    } catch {
      giveUp();
    }
  }

  function settled() {
    clearTimeout(slow);
    clearTimeout(patience);
    waiting = null;
  }

  function giveUp() {
    settled();
    steps.length = 0;
    tell("silent");
  }

  return {
    /** @param {() => Step} make */
    queue(make) {
      steps.push(make);
      if (!waiting) advance();
    },
    /** @param {string} id */
    done(id) {
      if (id !== waiting) return;
      settled();
      advance();
    },
    /** The desk goes: send all that is left, and wait for nothing. */
    hurry() {
      settled();
      for (const make of steps.splice(0)) model.send({ step: uuid(), ...make() });
    },
  };
}
