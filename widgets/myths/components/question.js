// How an answer is kept until Python says that it is saved.

import { drawer } from "./drawer.js";
import { announce, one, uuid } from "./shared.js";

/** @import { AnyModel } from "@anywidget/types" */
/** @import { AnswerMessage, QuestionState, ReceiptMessage } from "./shapes.d.ts" */
/** @import { AnswerContent, KnownAnswer } from "./shapes.d.ts" */
/** @import { Speaker } from "./shared.js" */

/** @typedef {Omit<AnswerMessage, "sent">} Pending */
/** @typedef {Exclude<ReceiptMessage["state"], "failed"> | "saving" | "waiting" | ""} State */
/** @typedef {ReturnType<typeof keeper>} Keeper */

/** @type {AnswerContent} */
const nothing = { value: null, text: null, declined: false, reader: null };

/** @param {AnswerContent} answer */
export const hasAnswer = (answer) =>
  answer.value !== null || answer.declined || answer.text !== null;

/**
 * @param {AnswerContent} answer
 * @returns {AnswerContent}
 */
const content = ({ value, text, declined, reader }) => ({ value, text, declined, reader });

/**
 * @param {Partial<AnswerContent>} one
 * @param {AnswerContent} other
 */
const isSame = ({ text = null, reader = null }, other) =>
  text === other.text && reader === other.reader;

const ICONS = { saving: "…", saved: "✓", preview: "○", waiting: "!", refused: "!", newer: "!" };
const PATIENCE = 6000; // ms until an answer without a receipt is sent again
const LONGEST_WAIT = 30000;
const MOST = 20; // versions that Python takes

/** @typedef {Partial<KnownAnswer> | null} Rival what stands in the store and was not seen here */

/**
 * Keeps one question's answer. `objection(answer)` is a sentence if it must not be sent; `onrival`
 * is told of what was answered elsewhere meanwhile: until `settle` nothing more is sent. An unsent
 * answer is found again under the same `wording`.
 * Gives {answer, change(part, wait), settle(part), flush(), start(), stop()}; `answer` is what to
 * show, and the `line` in `root` says what became of it.
 * @param {AnyModel<QuestionState>} model
 * @param {Speaker} w
 * @param {HTMLElement} root
 * @param {{ line?: HTMLElement, objection?: (answer: AnswerContent) => string, onrival?: (rival: Rival) => void, wording?: string }} options
 */
export function keeper(
  model,
  w,
  root,
  { line = one(root, ".myths-state"), objection = () => "", onrival = () => {}, wording = "" } = {},
) {
  const item = model.get("item");
  const place = ["myths", model.get("owner"), location.pathname, item, wording].join(":");
  const [seen, said] = line.children;
  const life = new AbortController();
  /** @type {Pending | null} */
  let pending = null;
  /** @type {number | undefined} */
  let timer;
  /** @type {number | undefined} */
  let speech;
  let isSent = false;
  let tries = 0;
  /** @type {string[]} the version that this one is based on, and those that were sent since */
  let after = [];
  /** @type {Rival} */
  let rival = null;

  /**
   * @param {State} state
   * @param {string} message
   * @param {boolean} isNews what was so before is not said
   */
  function show(state, message = "", isNews = true) {
    if (life.signal.aborted) return;
    const sentences = {
      "": "",
      saving: w("saving"),
      saved: w("saved"),
      preview: w("preview"),
      waiting: w("waiting"),
      refused: "",
      newer: "",
    };
    const text = [sentences[state], message].filter(Boolean).join(" ");
    seen.textContent = state ? `${ICONS[state]} ${text}` : "";
    line.dataset.state = root.dataset.mythsState = state;
    root.toggleAttribute("data-myths-answered", hasAnswer(self.answer));
    clearTimeout(speech);
    if (isNews) speech = setTimeout(() => announce(said, text), state === "saving" ? 1000 : 0);
    root.dispatchEvent(
      new CustomEvent("myths:save", { bubbles: true, detail: { id: item, state } }),
    );
  }

  /** @param {string} [message] */
  function tryAgain(message) {
    show("waiting", message);
    clearTimeout(timer);
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** tries++);
    timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
  }

  function send() {
    clearTimeout(timer);
    if (!pending || rival || window.mythsLeft) return;
    const reason = objection(pending);
    if (reason) {
      show("refused", reason);
      return;
    }
    isSent = true;
    timer = setTimeout(tryAgain, PATIENCE);
    try {
      model.set("answer", { ...pending, sent: Date.now() });
      model.save_changes();
    } catch {
      tryAgain();
    }
  }

  function receive() {
    const { key, state, message } = model.get("receipt") ?? {};
    if (!pending || !state || key !== pending.key) return;
    if (state === "failed") {
      tryAgain(message);
      return;
    }
    clearTimeout(timer);
    if (state === "newer" && !isSame(model.get("known"), pending)) {
      rival = model.get("known");
      show(state, message);
      onrival(rival);
      return;
    }
    if (state !== "refused") {
      after = [state === "newer" ? (model.get("known").key ?? "") : key];
      drawer.empty(place);
      pending = null;
    }
    show(state === "newer" ? "saved" : state, message);
  }

  const self = {
    answer: { ...nothing },
    /**
     * @param {Partial<AnswerContent>} part
     * @param {number} wait
     */
    change(part, wait) {
      if (pending && isSent && !rival) after.push(pending.key);
      if (after.length > MOST) after.splice(1, after.length - MOST);
      self.answer = { ...nothing, ...part };
      pending = { key: uuid(), ...self.answer, after: [...after] };
      isSent = false;
      tries = 0;
      if (!window.mythsLeft) drawer.put(place, pending);
      if (rival) return; // it is kept here, and waits for the choice
      show("saving");
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    },
    /**
     * Take what stands, or with `part` put this in its place.
     * @param {Partial<AnswerContent>} [part]
     */
    settle(part) {
      after = [rival?.key ?? ""];
      self.answer = content({ ...nothing, ...rival });
      rival = pending = null;
      drawer.empty(place);
      if (part) self.change(part, 0);
      else show(hasAnswer(self.answer) ? "saved" : "");
    },
    flush() {
      if (pending && !isSent) send();
    },
    start() {
      root.dataset.mythsItem = item;
      const again = () => pending && isSent && send(); // nobody knows whether it arrived
      const hide = () => document.visibilityState === "hidden" && self.flush();
      // "myths:online" is said by a page that has its kernel back.
      addEventListener("online", again, { signal: life.signal });
      addEventListener("myths:online", again, { signal: life.signal });
      addEventListener("pagehide", self.flush, { signal: life.signal });
      // "myths:restart" asks whether the page may be loaded again: not if this answer would be lost.
      const keep = (/** @type {Event} */ event) => {
        if (pending && drawer.look(place)?.key !== pending.key) event.preventDefault();
      };
      addEventListener("myths:restart", keep, { signal: life.signal });
      document.addEventListener("visibilitychange", hide, { signal: life.signal });
      model.on("change:receipt", receive);
      // After this turn the root is in the page, so that the first event is heard.
      timer = setTimeout(() => {
        show(pending ? "saving" : hasAnswer(self.answer) ? "saved" : "", "", Boolean(pending));
        send();
      });
    },
    stop() {
      self.flush();
      life.abort();
      clearTimeout(timer);
      clearTimeout(speech);
      model.off("change:receipt", receive);
    },
  };

  const found = drawer.look(place);
  /** @type {Pending | null} */
  const draft = typeof found?.key === "string" ? { ...nothing, after: null, ...found } : null;
  const last = model.get("answer");
  const mine = last?.key ? { ...nothing, after: null, ...last, key: last.key } : null;
  const receipt = model.get("receipt") ?? {};
  const isKept =
    mine?.key === receipt.key && (receipt.state === "saved" || receipt.state === "preview");
  pending = draft ?? (isKept ? null : mine);
  const known = { ...nothing, ...(pending ?? mine ?? model.get("known")) };
  self.answer = content(known);
  after = pending ? [...(pending.after ?? [])] : [known.key ?? ""];
  if (pending) pending = { key: pending.key, ...self.answer, after: pending.after };
  return self;
}
