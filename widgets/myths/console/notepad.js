// The trainer's notes: saved while one writes, and never taken from under the hands of whoever writes.

import { announce, one, uuid } from "../components/shared.js";

const PAUSE = 800; // ms after the last letter
const PATIENCE = 8000; // ms until what was not confirmed is sent again

/**
 * @param {HTMLElement} pad the notes as the console first came with them
 * @param {(act: object) => void} send
 */
export function notepad(pad, send) {
  /** @type {HTMLTextAreaElement} */
  const box = one(pad, "textarea");
  const state = one(pad, "[role=status]");
  const words = pad.dataset;
  let base = box.defaultValue; // what the other trainers know of what is in the box
  let version = Number(pad.dataset.version);
  let sent = { id: "", text: "" };
  /** @type {number | undefined} */
  let timer;

  /** @param {string} word */
  function say(word) {
    state.dataset.state = word;
    announce(state, words[word] ?? "");
  }

  /** @param {() => void} then @param {number} pause */
  function later(then, pause) {
    clearTimeout(timer);
    timer = setTimeout(then, pause);
  }

  function save() {
    if (sent.id || box.value === base) return;
    sent = { id: uuid(), text: box.value };
    later(again, PATIENCE);
    send({ do: "note", id: sent.id, text: sent.text, base });
  }

  function again() {
    sent = { id: "", text: "" };
    say("waiting");
    save();
  }

  /** Put another text into the box; who writes there stays where they are. @param {string} text */
  function put(text) {
    const { value, selectionStart: at } = box;
    if (text === value) return;
    box.value = text;
    if (document.activeElement !== box) return;
    const shift = text.endsWith(value.slice(at)) ? text.length - value.length : 0;
    const place = text.startsWith(value.slice(0, at)) ? at : at + shift;
    box.setSelectionRange(place, place);
  }

  /**
   * What the console came with now.
   * @param {HTMLElement} fresh
   */
  function hear(fresh) {
    const { value } = /** @type {HTMLTextAreaElement} */ (one(fresh, "textarea"));
    if (Number(fresh.dataset.version) < version) return;
    version = Number(fresh.dataset.version);
    const isAnswered = sent.id && fresh.dataset.kept === sent.id;
    if (!isAnswered && (sent.id || box.value !== base)) return;
    const isSame = !isAnswered || box.value === sent.text;
    base = isSame ? value : sent.text;
    if (isSame) put(value);
    if (!isAnswered) return;
    sent = { id: "", text: "" };
    clearTimeout(timer);
    if (isSame) say("saved");
    else later(save, PAUSE);
  }

  function change() {
    say("saving");
    if (!sent.id) later(save, PAUSE);
  }

  box.addEventListener("input", change);
  box.addEventListener("blur", save);
  document.addEventListener("visibilitychange", save);
  if (box.value !== base) change(); // typed before this script was there
  const stop = () => {
    save();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", save);
  };
  return { hear, stop };
}
