import { signs } from "./personal_data.js";
import { keeper } from "./question.js";
import { announce, h, mount, speaker, uniqueId } from "./shared.js";
import "./reflection.css";

/** @import { Place, QuestionState, Reader, AnswerContent } from "./shapes.d.ts" */

/** @typedef {{ label: string, hint: string, limit: number, readers: Reader[] }} Own */

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
  const readers = model.get("readers");
  const objection = (/** @type {AnswerContent} */ { text }) =>
    length(text ?? "") > limit ? w("too_long") : "";
  const keep = keeper(model, w, objection);
  const [id, hintId, readersId] = [uniqueId(), uniqueId(), uniqueId()];

  const hint = model.get("hint");
  const rest = h("p", { class: "myths-rest", role: "status" });
  const personal = h("p", { class: "myths-personal", role: "status" });
  const print = h("p", { class: "myths-print" });
  const box = h("textarea", { id, rows: 3, "aria-describedby": hintId });
  const select = h(
    "select",
    { id: readersId },
    readers.map((reader) => h("option", { value: reader }, w(`reader_${reader}`))),
  );
  box.value = keep.answer.text ?? "";
  const { reader } = keep.answer;
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

  /** @param {number} wait */
  function change(wait) {
    const text = box.value.trim() ? box.value : null;
    if (text === null && keep.answer.text === null) return;
    const reader = readers[select.selectedIndex];
    keep.change({ text, reader: text === null ? null : reader }, wait);
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

  const root = mount(
    el,
    "reflection",
    h("label", { class: "myths-label", for: id }, model.get("label")),
    h(
      "p",
      { id: hintId, class: "myths-hint" },
      [hint, w("about_people")].filter(Boolean).join(" "),
    ),
    box,
    rest,
    personal,
    h("div", { class: "myths-readers" }, h("label", { for: readersId }, w("readers")), select),
    keep.line,
    print,
  );
  root.classList.add("myths-question");
  keep.start(root);
  look(0);
  return () => {
    clearTimeout(pause);
    keep.stop();
  };
}

export default { render };
