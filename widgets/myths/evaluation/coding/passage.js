// The text on the desk, its passages, and the words chosen in it.

import { h } from "../../components/shared.js";

/** @import { Speaker } from "../../components/shared.js" */
/** @import { Passage } from "./shapes.d.ts" */

/** What cannot be seen, or turns the direction of what follows: shown by its number. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
/** @param {string} point */
const shownAs = (point) =>
  `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/**
 * Pieces of a text, cut where a passage begins or ends and around what is unseen.
 * @param {string[]} points
 * @param {Passage[]} marks
 */
function pieces(points, marks) {
  const cuts = new Set([0, points.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  points.forEach((point, at) => {
    if (UNSEEN.test(point)) cuts.add(at).add(at + 1);
  });
  const ends = [...cuts].sort((a, b) => a - b);
  return ends.slice(1).map((end, n) => {
    const start = ends[n];
    const deep = marks.filter((mark) => mark.start <= start && end <= mark.end).length;
    return { start, end, deep };
  });
}

/** @param {Node} node */
const dataOf = (node) => (node instanceof HTMLElement ? node.dataset : {});

/**
 * Where an end of the selection is, in code points from the start of the text.
 * @param {HTMLElement} box
 * @param {Node} node
 * @param {number} at
 * @param {number} count
 */
function pointAt(box, node, at, count) {
  if (node === box) return Number(box.childNodes[at] ? dataOf(box.childNodes[at]).at : count);
  const inside = node instanceof Element ? node : node.parentElement;
  const piece = inside?.closest("[data-at]") ?? box;
  const { at: start, unseen } = dataOf(piece);
  if (unseen) return Number(start) + (at > 0 ? 1 : 0);
  const before = node instanceof Text ? node.data.slice(0, at) : at > 0 ? piece.textContent : "";
  return Number(start) + [...(before ?? "")].length;
}

/**
 * A text that can be read and chosen from by keyboard, but not changed. `onchoose` gets the chosen
 * {start, end} in code points, or null. Gives {box, show(text, language, marks),
 * caretTo(at), caret(), part(range), chosen(before), release()}.
 * @param {Speaker} w
 * @param {(range: Passage | null) => void} onchoose
 * @param {AbortSignal} signal
 */
export function textBox(w, onchoose, signal) {
  /** @type {string[]} */
  let points = [];
  let drawn = "";
  /** @type {Parameters<typeof show>} */
  let shown = ["", "", []];
  const box = h("div", {
    class: "myths-words",
    role: "textbox",
    contenteditable: "true",
    inputmode: "none",
    spellcheck: "false",
    dir: "auto",
    tabindex: 0,
    "aria-readonly": "true",
    "aria-multiline": "true",
    "aria-keyshortcuts": "t",
    "aria-label": w("text"),
  });

  /** @param {Passage & { deep: number }} piece */
  function element({ start, end, deep }) {
    const part = points.slice(start, end).join("");
    if (end - start === 1 && UNSEEN.test(part)) {
      const props = {
        class: "myths-unseen",
        "data-at": start,
        "data-unseen": "true",
        contenteditable: "false",
      };
      return h("span", props, shownAs(part));
    }
    return h(
      deep ? "mark" : "span",
      { "data-at": start, "data-deep": Math.min(deep, 2) || null },
      part,
    );
  }

  /**
   * Draw the text, unless it stands there already; tells whether it was drawn.
   * @param {string} text
   * @param {string} language
   * @param {Passage[]} marks
   */
  function show(text, language, marks) {
    points = [...text];
    shown = [text, language, marks];
    const cut = pieces(points, marks).filter(({ start, end }) => end > start);
    const fresh = JSON.stringify([text, cut]);
    if (fresh === drawn) return false;
    drawn = fresh;
    box.lang = language;
    box.replaceChildren(...cut.map(element));
    return true;
  }

  /** @param {number} at */
  function caretTo(at) {
    const piece = [...box.children].findLast((child) => Number(dataOf(child).at) <= at);
    const inner = piece?.firstChild;
    if (!piece || !(inner instanceof Text) || dataOf(piece).unseen) return;
    const before = points.slice(Number(dataOf(piece).at), at).join("").length;
    getSelection()?.collapse(inner, Math.min(before, inner.length));
  }

  function range() {
    const selection = getSelection();
    if (!selection?.rangeCount) return null;
    if (!box.contains(selection.anchorNode) || !box.contains(selection.focusNode)) return null;
    const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
    const start = pointAt(box, startContainer, startOffset, points.length);
    const end = pointAt(box, endContainer, endOffset, points.length);
    return { start, end };
  }

  /**
   * Keep the chosen words marked when the focus goes on to the codes; null takes the mark away.
   * @param {Range | null} words
   */
  function keep(words) {
    if (words) CSS.highlights?.set("myths-chosen", new Highlight(words));
    else CSS.highlights?.delete("myths-chosen");
  }

  /**
   * The passage chosen now; `before` stands as long as the selection is elsewhere.
   * @param {Passage | null} before
   */
  function chosen(before) {
    const now = range();
    if (!now) return before;
    return now.start < now.end ? now : null;
  }

  function release() {
    keep(null);
    if (chosen(null)) getSelection()?.collapseToEnd();
  }

  const selected = () => {
    if (!range()) return;
    const now = chosen(null);
    keep(now && (getSelection()?.getRangeAt(0).cloneRange() ?? null));
    onchoose(now);
  };
  document.addEventListener("selectionchange", selected, { signal });
  for (const kind of ["beforeinput", "paste", "cut", "drop", "dragstart"]) {
    box.addEventListener(kind, (event) => event.preventDefault());
  }
  box.addEventListener("input", () => {
    drawn = ""; // an input method wrote into the text in spite of all: put it back as it was
    show(...shown);
  });

  const caret = () => (document.activeElement === box ? (range()?.end ?? 0) : null);
  /** @param {Passage} range */
  const part = ({ start, end }) => points.slice(start, end).join("");
  return { box, show, caretTo, caret, part, chosen, release };
}
