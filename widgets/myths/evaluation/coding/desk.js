const PAUSE = 800; // ms of rest before a memo is sent
const DIGIT = /^(?:Digit|Numpad)(\d)$/;
const KEYS = ["1", "0", "n", "t", "u", "m", "f"];

function render({ model, el }) {
  const w = speaker(model);
  const life = new AbortController();
  const codes = model.get("codes");
  const names = Object.fromEntries(codes.map(({ id, name }) => [id, name]));
  let view = null;
  let chosen = null; // the passage that the next code goes to
  const { then, done, hurry } = inOrder(model, tell);
  let [memoPause, memoOf, settle] = [];

  const said = h("p", { role: "status", class: "myths-state" });
  const place = h("h3", {});
  const progress = h("progress", { max: 1, value: 0 });
  const count = h("span", {});
  const asked = h("p", { class: "myths-asked", dir: "auto" });
  const passage = h("p", { class: "myths-chosen", role: "status" });
  const text = textBox(w, chosenNow, life.signal);
  const { box } = text;

  /** The next code goes to this passage, or with null to the whole text. */
  function choose(range) {
    chosen = range;
    if (range) passage.replaceChildren(`${w("chosen")} “`, h("bdi", {}, text.part(range)), `” ${w("chosen_hint")}`);
    else {
      passage.replaceChildren();
      text.release();
    }
  }

  /** While somebody is still choosing, the sentence about it waits. */
  function chosenNow(range) {
    chosen = range;
    clearTimeout(settle);
    settle = setTimeout(() => choose(chosen), range ? 300 : 0);
  }

  function tell(state, words) {
    said.dataset.state = state === "saved" ? "saved" : "waiting";
    const outcome = { saving: w("saving"), saved: `✓ ${w("saved")}`, refused: `! ${w("not_saved")}`, silent: `! ${w("not_saved")} ${w("silent")}` };
    announce(said, [outcome[state], words].filter(Boolean).join(" "));
  }

  function go(by) {
    flush();
    choose(null);
    then(() => ({ do: "go", by }));
  }

  function act(what) {
    flush();
    then(() => ({ do: what, text: view.place }));
  }

  function give(id) {
    flush();
    chosen = text.chosen(chosen); // the event about a change of the selection may still be on its way
    if (chosen) {
      const step = { do: "passage", text: view.place, code: id, ...chosen };
      then(() => step);
    } else then(() => ({ do: "toggle", text: view.place, code: id }));
    choose(null);
  }

  /* Codes */
  const boxes = new Map();
  const list = codes.map((code, n) => {
    const tick = h("input", { type: "checkbox", "aria-keyshortcuts": n < 9 ? `${n + 1}` : null });
    tick.addEventListener("change", () => give(code.id));
    boxes.set(code.id, tick);
    const examples = (key) =>
      code[key].length ? [h("p", { class: "myths-label" }, w(key)), h("ul", {}, code[key].map((x) => h("li", { dir: "auto" }, x)))] : [];
    return h(
      "div",
      { class: "myths-code" },
      h(
        "label",
        { class: "myths-option" },
        tick,
        h("bdi", {}, code.name),
        n < 9 ? h("span", { class: "myths-key", "aria-hidden": "true" }, `${n + 1}`) : null,
      ),
      h(
        "details",
        {},
        h("summary", {}, w("definition", { n: code.version }), h("span", { class: "myths-hidden" }, ` ${code.name}`)),
        h("p", { dir: "auto" }, code.definition),
        examples("include"),
        examples("exclude"),
      ),
    );
  });
  const none = h("input", { type: "checkbox", "aria-keyshortcuts": "0" });
  none.addEventListener("change", () => act("none"));
  const noneRow = h("label", { class: "myths-option" }, none, w("none"), h("span", { class: "myths-key", "aria-hidden": "true" }, "0"));
  const group = h(
    "fieldset",
    {},
    h("legend", {}, w("codes")),
    codes.length ? list : h("p", { class: "myths-note" }, w("no_codes")),
    noneRow,
  );

  /* Passages, what others gave, the note on an older decision */
  const passages = h("div", { class: "myths-passages" });
  const others = h("div", { class: "myths-others" });
  const confirm = button("confirm", () => act("confirm"));
  const older = h("p", { class: "myths-note", hidden: true }, w("older"), " ", confirm);

  /* Memo */
  const memo = h("textarea", { id: uniqueId(), rows: 2, dir: "auto", "aria-keyshortcuts": "m" });
  const hint = h("p", { id: uniqueId(), class: "myths-hint" }, w("memo_hint"));
  memo.setAttribute("aria-describedby", hint.id);
  const keepMemo = () => {
    clearTimeout(memoPause);
    memoPause = null;
    const step = { do: "memo", text: memoOf, memo: memo.value };
    then(() => step);
  };
  memo.addEventListener("input", () => {
    clearTimeout(memoPause);
    memoOf = view.place;
    memoPause = setTimeout(keepMemo, PAUSE);
  });
  memo.addEventListener("blur", flush);
  memo.addEventListener("beforeinput", lineBreak);

  /** Send a memo that is still being written, so that it goes to its own text. */
  function flush() {
    if (memoPause) keepMemo();
  }

  // JupyterLab takes line breaks out of every cell; here they belong to the text.
  function lineBreak(event) {
    if (event.inputType === "insertLineBreak") event.stopImmediatePropagation();
  }

  const filter = filterOf(model, w, button, (step) => {
    flush();
    then(() => step);
  });

  /* Buttons */
  function button(key, onclick, keys) {
    return h("button", { type: "button", class: "myths-button myths-quiet", "aria-keyshortcuts": keys, onclick }, w(key));
  }
  const undo = button("undo", () => act("undo"), "u");
  const redo = button("redo", () => act("redo"), "r");
  const finish = button("finish", () => act(view?.finished ? "reopen" : "finish"));
  const help = h("details", {}, h("summary", {}, w("keys")), h("ul", {}, KEYS.map((key) => h("li", {}, w(`keys_${key}`)))));
  const body = h(
    "div",
    { class: "myths-body" },
    h("div", {}, asked, box, passage, older, passages, others),
    h("div", {}, group, h("label", { class: "myths-label", for: memo.id }, w("memo")), hint, memo),
  );
  const top = [
    h("div", { class: "myths-bar" }, place, progress, count),
    h("div", { class: "myths-bar" }, button("previous", () => go(-1), "p"), button("next", () => go(1), "n"), undo, redo),
  ];
  const empty = h("p", { class: "myths-note", hidden: true }, w("no_texts"));
  const root = mount(el, "desk", ...top, said, empty, body, filter.node, h("div", { class: "myths-bar" }, finish), help);
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", w("desk"));
  root.setAttribute("data-lm-suppress-shortcuts", "true");

  /* Keys */
  const press = {
    n: () => go(1),
    p: () => go(-1),
    u: () => act("undo"),
    r: () => act("redo"),
    t: () => box.focus(),
    m: () => memo.focus(),
    "/": () => {
      filter.node.open = true;
      filter.words.focus();
    },
    0: () => act("none"),
  };
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = target === memo || target === filter.words;
    if (key === "Escape" && (typing || chosen)) {
      flush();
      choose(null);
      getSelection().removeAllRanges();
      box.focus();
      text.caretTo(0);
      event.preventDefault();
      return;
    }
    if (typing || target.tagName === "SELECT") return;
    const digit = /^\d$/.test(key) ? key : event.shiftKey ? null : DIGIT.exec(event.code)?.[1];
    const arrow = target !== box && { ArrowRight: press.n, ArrowLeft: press.p }[key];
    const does = Number(digit) ? codes[digit - 1] && (() => give(codes[digit - 1].id)) : press[digit ?? key] ?? arrow;
    if (!does) return;
    event.preventDefault();
    does();
  });

  /* What Python says */
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
    undo.setAttribute("aria-disabled", !view.undo);
    redo.setAttribute("aria-disabled", !view.redo);
    finish.textContent = w(view.finished ? "reopen" : "finish");
    empty.hidden = all > 0;
    body.hidden = filter.node.hidden = finish.hidden = all === 0;
    if (all) showText(isNew);
    tell(message.state, [isNew && place.textContent, message.said].filter(Boolean).join(". "));
    done(message.step);
  }

  function showText(isNew) {
    asked.replaceChildren(h("bdi", { lang: view.language }, view.question), ` (${view.part})`);
    box.setAttribute("aria-label", `${w("text")}, ${place.textContent}`);
    const marks = view.marks.filter(({ start }) => start !== null);
    const caret = text.caret();
    const isDrawn = text.show(view.text, view.language, marks);
    if (isDrawn && caret !== null) text.caretTo(isNew ? 0 : caret);
    if (isNew) choose(null);
    for (const [id, tick] of boxes) {
      tick.checked = view.marks.some((mark) => mark.code === id);
      tick.disabled = view.finished;
    }
    none.checked = view.none;
    none.disabled = memo.disabled = view.finished;
    if (isNew) flush();
    if (isNew || (document.activeElement !== memo && !memoPause)) memo.value = view.memo;
    older.hidden = !view.older || view.finished;
    showPassages(marks);
    const gave = ({ coder, codes }) => h("li", {}, h("bdi", {}, coder), ": ", codes.join(", ") || w("others_none"));
    section(others, "others", view.others.map(gave));
  }

  /** Fill a part of the desk with a heading and a list; without items it goes. */
  function section(part, key, items) {
    part.hidden = !items.length;
    part.replaceChildren(h("h3", {}, w(key)), h("ul", {}, items));
  }

  function showPassages(marks) {
    const items = marks.map(({ code: id, start, end }) => {
      const part = text.part({ start, end });
      const away = button("remove", () => {
        const step = { do: "remove", text: view.place, code: id, start, end };
        then(() => step);
        box.focus();
      });
      away.setAttribute("aria-label", w("remove_from", { name: names[id], words: part }));
      const name = h("bdi", { class: "myths-label" }, names[id]);
      return h("li", {}, h("span", {}, name, " “", h("bdi", {}, part), "”"), view.finished ? null : away);
    });
    section(passages, "passages", items);
  }

  model.on("msg:custom", receive);
  then(() => ({ do: "hello" }));
  return () => {
    flush();
    hurry();
    life.abort();
    clearTimeout(settle);
    model.off("msg:custom", receive);
  };
}

export default { render };
