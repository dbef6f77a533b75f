/**
 * Does a text look as if it points to a person? A modest guess, made here and sent nowhere: an
 * e-mail address, a long number such as a telephone's, a street with a house number, a postcode
 * with a town, or a title with a name. Two capitals in a row are no sign: German has many.
 */
const PERSONAL = [
  /\S@\S+\.\S/,
  /(^|\D)(\+|0)\d([\s()/.-]*\d){5}/,
  /\d([\s-]?\d){8}/,
  /\p{L}(straße|strasse|str\.|gasse|allee|platz|weg|straat|gatan)\s*\d/iu,
  /\d\s+(\p{Lu}\p{L}+\s+)+(Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court)(?!\p{L})/u,
  /(^|[^\p{L}])(rue|via|calle|rua|ulica|ul\.)\s+[\p{L} .]+,?\s*\d/iu,
  /(^|\D)\d{5}\s+\p{Lu}\p{Ll}/u,
  /(^|[^\p{L}])([Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Pp]rof|[Jj]udge|[Oo]fficer|Herrn?|Frau|Richter(in)?|Madame|Monsieur|Mme|Señora?|Signora?|Pani?)\.?\s+\p{Lu}/u,
];
const looksPersonal = (text) => PERSONAL.some((pattern) => pattern.test(text));

const length = (text) => [...text].length;

function render({ model, el }) {
  const w = speaker(model);
  const limit = model.get("limit");
  const near = Math.min(100, limit / 5); // the rest is told from here on
  const readers = model.get("readers");
  const objection = ({ text }) => (length(text ?? "") > limit ? w("too_long") : "");
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
  select.value = readers.includes(keep.answer.reader) ? keep.answer.reader : readers[0];

  function grow() {
    if (CSS.supports("field-sizing", "content") || !box.scrollHeight) return;
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 4}px`;
  }

  let pause;
  function look(wait) {
    const left = limit - length(box.value);
    const count = left < 0 ? w.count("over", -left) : left <= near ? w.count("left", left) : "";
    clearTimeout(pause);
    pause = setTimeout(() => {
      announce(rest, count);
      announce(personal, looksPersonal(box.value) ? w("personal") : "");
    }, wait);
    print.textContent = printed(w, box.value);
    grow();
  }

  function change(wait) {
    const text = box.value.trim() ? box.value : null;
    if (text === null && keep.answer.text === null) return;
    keep.change({ text, reader: text === null ? null : select.value }, wait);
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
    h("p", { id: hintId, class: "myths-hint" }, [hint, w("about_people")].filter(Boolean).join(" ")),
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
