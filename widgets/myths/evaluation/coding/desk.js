// The coding desk: one text at a time, its codes, its passages, its memo.

import { announce, h, mounted, shield, speaker } from "../../components/shared.js";
import { codeList } from "./codes.js";
import { filterOf } from "./filter.js";
import { keysOf } from "./keys.js";
import { markLists, quoted } from "./marks.js";
import { memoBox } from "./memo.js";
import { textBox } from "./passage.js";
import { inOrder } from "./steps.js";
import "./desk.css";

/** @import { Place } from "../../components/shapes.d.ts" */
/** @import { DeskState, Passage, Step, View } from "./shapes.d.ts" */

const KEYS = ["1", "0", "n", "t", "u", "m", "f"];

/** @param {Place<DeskState>} place */
function render({ model, el }) {
  const w = speaker(model);
  const life = new AbortController();
  const codes = model.get("codes");
  const role = model.get("role");
  /** @type {View | null} */
  let view = null;
  /** @type {Passage | null} */
  let chosen = null; // the passage that the next code goes to
  /** @type {number | undefined} */
  let settle;
  const { queue, done, hurry } = inOrder(model, tell);

  const said = h("p", { role: "status", class: "myths-state" });
  const place = h("h3", {});
  const progress = h("progress", { max: 1, value: 0 });
  const count = h("span", {});
  const asked = h("p", { class: "myths-asked", dir: "auto" });
  const passage = h("p", { class: "myths-chosen", role: "status" });
  const text = textBox(w, chosenNow, life.signal);
  const { box } = text;
  const memo = memoBox(w, here, (step) => queue(() => step));
  const list = codeList(codes, w, give, () => act("none"));

  /**
   * The next code goes to this passage, or with null to the whole text.
   * @param {Passage | null} range
   */
  function choose(range) {
    chosen = range;
    if (range) {
      const words = quoted(w, h("bdi", {}, text.part(range)));
      passage.replaceChildren(`${w("chosen")} `, ...words, ` ${w("chosen_hint")}`);
    } else {
      passage.replaceChildren();
      text.release();
    }
  }

  /**
   * While somebody is still choosing, the sentence about it waits.
   * @param {Passage | null} range
   */
  function chosenNow(range) {
    chosen = range;
    clearTimeout(settle);
    settle = setTimeout(() => choose(text.chosen(chosen)), range ? 300 : 0);
  }

  /**
   * @param {View["state"] | "saving" | "silent"} state
   * @param {string} [words]
   */
  function tell(state, words) {
    said.dataset.state = state === "saved" ? "saved" : "waiting";
    const outcome = {
      saving: w("saving"),
      saved: `✓ ${w("saved")}`,
      refused: `! ${w("not_saved")}`,
      silent: `! ${w("not_saved")} ${w("silent")}`,
    };
    announce(said, [outcome[state], words].filter(Boolean).join(" "));
  }

  function here() {
    if (!view) throw new Error("no text is shown yet");
    return view.place;
  }

  /** @param {number} by */
  function go(by) {
    memo.flush();
    choose(null);
    queue(() => ({ do: "go", by }));
  }

  /** @param {Step["do"]} what */
  function act(what) {
    memo.flush();
    queue(() => ({ do: what, text: here() }));
  }

  /** @param {string} id */
  function give(id) {
    memo.flush();
    chosen = text.chosen(chosen); // the event about a change of the selection may still be on its way
    if (chosen) {
      /** @type {Step} */
      const step = { do: "passage", text: here(), code: id, ...chosen };
      queue(() => step);
    } else queue(() => ({ do: "toggle", text: here(), code: id }));
    choose(null);
  }

  /**
   * @param {string} key
   * @param {() => void} onclick
   * @param {string} [keys]
   */
  function button(key, onclick, keys) {
    const look = "myths-button myths-quiet";
    const props = { type: "button", class: look, "aria-keyshortcuts": keys, onclick };
    return h("button", props, w(key));
  }
  const filter = filterOf(model, w, button, (step) => {
    memo.flush();
    queue(() => step);
  });
  const undo = button("undo", () => act("undo"), "u");
  const redo = button("redo", () => act("redo"), "r");
  const finish = button("finish", () => act(view?.finished ? "reopen" : "finish"));
  const confirm = button("confirm", () => act("confirm"));
  const older = h("p", { class: "myths-note", hidden: true }, w("older"), " ", confirm);
  const lists = markLists(codes, w, text.part, button, ({ code, start, end }) => {
    /** @type {Step} */
    const step = { do: "remove", text: here(), code, start, end };
    queue(() => step);
    box.focus();
  });
  const help = h(
    "details",
    {},
    h("summary", {}, w("keys")),
    h(
      "ul",
      {},
      KEYS.map((key) => h("li", {}, w(`keys_${key}`))),
    ),
  );
  const body = h(
    "div",
    { class: "myths-body" },
    h("div", {}, asked, box, passage, older, lists.nodes),
    h("div", {}, list.node, memo.nodes),
  );
  const previous = button("previous", () => go(-1), "p");
  const next = button("next", () => go(1), "n");
  const empty = h(
    "p",
    { class: "myths-note", hidden: true },
    w(role === "agreed" ? "nothing_differs" : "no_texts"),
  );
  const root = mounted({ model, el });
  root.append(
    h("div", { class: "myths-bar" }, place, progress, count),
    h("div", { class: "myths-bar" }, previous, next, undo, redo),
    said,
    empty,
    body,
    filter.node,
    h("div", { class: "myths-bar" }, finish),
    help,
  );
  shield(root);
  root.lang = model.get("language");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", w("desk"));
  root.setAttribute("data-lm-suppress-shortcuts", "true");

  /** @param {EventTarget | null} target */
  const typing = (target) => target === memo.box || target === filter.words;

  keysOf(root, {
    box,
    typing,
    code: (digit) => codes[digit - 1] && (() => give(codes[digit - 1].id)),
    arrow: { ArrowRight: () => go(1), ArrowLeft: () => go(-1) },
    press: {
      n: () => go(1),
      p: () => go(-1),
      u: () => act("undo"),
      r: () => act("redo"),
      t: () => box.focus(),
      m: () => memo.box.focus(),
      "/": () => {
        filter.node.open = true;
        filter.words.focus();
      },
      0: () => act("none"),
    },
    leave(target) {
      if (!typing(target) && !chosen) return false;
      memo.flush();
      choose(null);
      getSelection()?.removeAllRanges();
      box.focus();
      text.caretTo(0);
      return true;
    },
  });

  /**
   * Show what Python says.
   * @param {View} message
   */
  function receive(message) {
    if (!message || typeof message.count !== "number") return;
    const isNew = view?.place !== message.place || view?.text !== message.text;
    view = message;
    const { count: all, decided } = view;
    place.textContent = w("place", { n: Math.min(view.place + 1, all), count: all });
    progress.max = all || 1;
    progress.value = decided;
    progress.setAttribute("aria-label", w("progress", { n: decided, count: all }));
    count.textContent = w("progress", { n: decided, count: all });
    filter.count(view.shown, all);
    undo.setAttribute("aria-disabled", String(!view.undo));
    redo.setAttribute("aria-disabled", String(!view.redo));
    finish.textContent = w(view.finished ? "reopen" : "finish");
    empty.hidden = all > 0;
    body.hidden = filter.node.hidden = finish.hidden = all === 0;
    if (all) showText(view, isNew);
    tell(message.state, [isNew && place.textContent, message.said].filter(Boolean).join(". "));
    done(message.step);
  }

  /**
   * @param {View} view
   * @param {boolean} isNew
   */
  function showText(view, isNew) {
    asked.replaceChildren(h("bdi", { lang: view.language }, view.question), ` (${view.part})`);
    box.setAttribute("aria-label", `${w("text")}, ${place.textContent}`);
    const marks = view.marks.filter((mark) => mark.start !== null);
    const caret = text.caret();
    const isDrawn = text.show(view.text, view.language, marks);
    if (isDrawn && caret !== null) text.caretTo(isNew ? 0 : caret);
    if (isNew) choose(null);
    list.show(view);
    memo.box.disabled = view.stands;
    if (isNew) memo.flush();
    if (isNew || !memo.isOpen()) memo.box.value = view.memo;
    older.hidden = !view.older || view.stands;
    lists.show(view, marks);
  }

  model.on("msg:custom", receive);
  queue(() => ({ do: "hello" }));
  return () => {
    memo.flush();
    hurry();
    life.abort();
    clearTimeout(settle);
    model.off("msg:custom", receive);
  };
}

export default { render };
