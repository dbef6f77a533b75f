import { signs } from "./personal_data.js";
import { keeper } from "./question.js";
import { announce, h, mounted, one, shield, speaker } from "./shared.js";
import "./reflection.css";

/** @import { Rival } from "./question.js" */

/** @import { Place, QuestionState, Reader, AnswerContent } from "./shapes.d.ts" */

/** @typedef {{ limit: number }} Own */

/**
 * In code points, as Python counts.
 * @param {string} text
 */
const length = (text) => [...text].length;

/** @param {Place<QuestionState & Own>} place */
function render({ model, el }) {
  const w = speaker(model);
  const limit = model.get("limit");
  const near = Math.min(100, limit / 5); // the rest is told from here on
  const objection = (/** @type {AnswerContent} */ { text }) =>
    length(text ?? "") > limit ? w("too_long") : "";
  const root = mounted({ model, el });
  const keep = keeper(model, w, root, { objection, onrival: choose });
  const rest = one(root, ".myths-rest");
  const personal = one(root, ".myths-personal");
  const print = one(root, ".myths-print");
  const rivals = one(root, ".myths-rivals");
  /** @type {HTMLTextAreaElement} */
  const box = one(root, "textarea");
  /** @type {HTMLSelectElement} */
  const select = one(root, "select");
  const early = box.value === box.defaultValue ? null : box.value; // before the script was there
  box.value = early ?? keep.answer.text ?? "";
  const { reader } = keep.answer;
  const readers = Array.from(select.options, ({ value }) => /** @type {Reader} */ (value));
  select.value = reader && readers.includes(reader) ? reader : readers[0];

  function grow() {
    if (CSS.supports("field-sizing", "content") || !box.scrollHeight) return;
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 4}px`;
  }

  /** @type {number | undefined} */
  let pause;
  /** @param {number} wait */
  function look(wait) {
    const left = limit - length(box.value);
    const count = left < 0 ? w.count("over", -left) : left <= near ? w.count("left", left) : "";
    clearTimeout(pause);
    pause = setTimeout(() => {
      announce(rest, count);
      announce(personal, signs(box.value).length ? w("personal") : "");
    }, wait);
    print.textContent = box.value && w("your_answer", { answer: box.value });
    grow();
  }

  function answer() {
    const text = box.value.trim() ? box.value : null;
    return { text, reader: text === null ? null : readers[select.selectedIndex] };
  }

  /** @param {number} wait */
  function change(wait) {
    const said = answer();
    if (said.text !== null || keep.answer.text !== null) keep.change(said, wait);
  }

  /**
   * The text was changed elsewhere: show both, and let its author choose.
   * @param {Rival} other
   */
  function choose(other) {
    const text = other?.text ?? "";
    const both = () => [text, box.value].join("\n\n");
    /**
     * @param {string} word
     * @param {() => string | null} take gives the text to keep; null: the other
     */
    const button = (word, take) => {
      const act = () => {
        const mine = take();
        rivals.hidden = true;
        box.value = mine ?? text;
        if (mine === null && other?.reader) select.value = other.reader;
        keep.settle(mine === null ? undefined : answer());
        look(0);
        box.focus();
      };
      const props = { type: "button", class: "myths-button myths-quiet", onclick: act };
      return h("button", props, w(word));
    };
    rivals.replaceChildren(
      h("p", { class: "myths-label" }, text ? w("other") : w("other_cleared")),
      text && h("p", { class: "myths-other", dir: "auto" }, text),
      h(
        "div",
        { class: "myths-buttons" },
        button("keep_mine", () => box.value),
        button("take_other", () => null),
        text && button("keep_both", both),
      ),
    );
    shield(rivals);
    rivals.hidden = false;
  }

  box.addEventListener("input", () => {
    change(800);
    look(1000);
  });
  // JupyterLab takes line breaks out of every cell; here they belong to the text.
  box.addEventListener("beforeinput", (event) => {
    if (event.inputType === "insertLineBreak") event.stopImmediatePropagation();
  });
  box.addEventListener("blur", keep.flush);
  select.addEventListener("change", () => change(0));

  keep.start();
  if (early !== null) change(0);
  look(0);
  return () => {
    clearTimeout(pause);
    keep.stop();
  };
}

export default { render };
