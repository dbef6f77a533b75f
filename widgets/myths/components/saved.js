import { h, mount, questionsHere, speaker } from "./shared.js";
import "./saved.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

const OPEN = ["saving", "waiting", "refused", "newer"];

/** @param {Place<Spoken>} place */
function render({ model, el }) {
  const w = speaker(model);
  const line = h("p", {}); // no live region: each question says it for itself
  const root = mount(el, "saved", line);
  /** @type {number | undefined} */
  let pause;

  const states = () => questionsHere().map((question) => question.dataset.mythsState);

  /** @param {(string | undefined)[]} states */
  function sum(states) {
    const open = states.filter((state) => OPEN.includes(state ?? "")).length;
    if (open) return ["open", w.count("open", open)];
    if (states.includes("preview")) return ["preview", w("preview")];
    return states.includes("saved") ? ["saved", w("all")] : ["", w("none")];
  }

  function show() {
    const [state, text] = sum(states());
    root.dataset.state = state;
    line.textContent = text;
  }

  // An answer that is soon saved is not worth two changes.
  function hear() {
    clearTimeout(pause);
    pause = setTimeout(show, states().includes("saving") ? 2500 : 100);
  }

  show();
  document.addEventListener("myths:save", hear);
  return () => {
    clearTimeout(pause);
    document.removeEventListener("myths:save", hear);
  };
}

export default { render };
