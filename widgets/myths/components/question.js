// How an answer is kept until Python says that it is saved. Joined in front of every question.

const nothing = { value: null, text: null, declined: false, reader: null };
const hasAnswer = (answer) => answer.value !== null || answer.declined || answer.text !== null;

/** sessionStorage may be full or forbidden: then an answer is held in memory only. */
const drawer = {
  look(place) {
    try {
      const answer = JSON.parse(sessionStorage.getItem(place));
      return typeof answer?.key === "string" ? { ...nothing, ...answer } : null;
    } catch {
      return null;
    }
  },
  put(place, answer) {
    try {
      sessionStorage.setItem(place, JSON.stringify(answer));
    } catch {}
  },
  empty(place) {
    try {
      sessionStorage.removeItem(place);
    } catch {}
  },
};

const SAVE_ICONS = { saving: "…", saved: "✓", preview: "○", waiting: "!", refused: "!" };
const PATIENCE = 6000; // ms until an answer without a receipt is sent again
const LONGEST_WAIT = 30000;

/**
 * Keeps one question's answer. `objection(answer)` is a sentence if it must not be sent.
 * Gives {answer, line, change(part, wait), flush(), start(root), stop()}; `answer` is what to show.
 */
function keeper(model, w, objection = () => "") {
  const item = model.get("item");
  const place = ["myths", model.get("owner"), location.pathname, item].join(":");
  const seen = h("span", { "aria-hidden": "true" });
  const said = h("span", { role: "status", class: "myths-hidden" });
  const line = h("p", { class: "myths-state" }, seen, said);
  const life = new AbortController();
  let root, pending, timer, speech, state, sent;
  let tries = 0;

  function show(next, message = "") {
    if (life.signal.aborted) return;
    state = next;
    const sentence = { saving: w("saving"), saved: w("saved"), preview: w("preview"), waiting: w("waiting") };
    const text = [sentence[state], message].filter(Boolean).join(" ");
    seen.textContent = state ? `${SAVE_ICONS[state]} ${text}` : "";
    line.dataset.state = root.dataset.mythsState = state;
    root.toggleAttribute("data-myths-answered", hasAnswer(self.answer));
    clearTimeout(speech);
    speech = setTimeout(() => announce(said, text), state === "saving" ? 1000 : 0);
    root.dispatchEvent(new CustomEvent("myths:save", { bubbles: true, detail: { id: item, state } }));
  }

  function tryAgain(message) {
    show("waiting", message);
    clearTimeout(timer);
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** tries++);
    timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
  }

  function send() {
    clearTimeout(timer);
    if (!pending || window.mythsLeft) return;
    const reason = objection(pending);
    if (reason) {
      show("refused", reason);
      return;
    }
    sent = true;
    timer = setTimeout(tryAgain, PATIENCE);
    try {
      model.set("answer", { ...pending, sent: Date.now() });
      model.save_changes();
    } catch {
      tryAgain();
    }
  }

  function receive() {
    const { key, state: outcome, message } = model.get("receipt") ?? {};
    if (!pending || key !== pending.key) return;
    if (outcome === "failed") {
      tryAgain(message);
      return;
    }
    clearTimeout(timer);
    if (outcome !== "refused") {
      drawer.empty(place);
      pending = null;
    }
    show(outcome, message);
  }

  const self = {
    line,
    answer: { ...nothing },
    change(part, wait) {
      self.answer = { ...nothing, ...part };
      pending = { key: uuid(), ...self.answer };
      sent = false;
      tries = 0;
      if (!window.mythsLeft) drawer.put(place, pending);
      show("saving");
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    },
    flush() {
      if (pending && !sent) send();
    },
    start(node) {
      root = node;
      root.dataset.mythsItem = item;
      const again = () => pending && sent && send(); // nobody knows whether it arrived
      const hide = () => document.visibilityState === "hidden" && self.flush();
      // "myths:online" is said by a page that has its kernel back.
      addEventListener("online", again, { signal: life.signal });
      addEventListener("myths:online", again, { signal: life.signal });
      addEventListener("pagehide", self.flush, { signal: life.signal });
      document.addEventListener("visibilitychange", hide, { signal: life.signal });
      model.on("change:receipt", receive);
      // After this turn the root is in the page, so that the first event is heard.
      timer = setTimeout(() => {
        show(pending ? "saving" : hasAnswer(self.answer) ? "saved" : "");
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

  const draft = drawer.look(place);
  const mine = model.get("answer")?.key ? model.get("answer") : null;
  const receipt = model.get("receipt") ?? {};
  const isKept = mine && mine.key === receipt.key && ["saved", "preview"].includes(receipt.state);
  pending = draft ?? (isKept ? null : mine);
  const { value, text, declined, reader } = { ...nothing, ...(pending ?? mine ?? model.get("given")) };
  self.answer = { value, text, declined, reader };
  if (pending) pending = { key: pending.key, ...self.answer };
  return self;
}

/** What print shows in place of the controls. */
const printed = (w, text) => w("your_answer", { answer: text || w("no_answer") });

/**
 * A fieldset of radios that keeps its own answer. `legend` is its question; `aside` comes after
 * it and is told of every change by `onanswer`; `ends` names both ends of a row of numbers.
 */
function choice({ model, el, kind, legend, declinable = false, ends = [], aside, onanswer }) {
  const w = speaker(model);
  const keep = keeper(model, w);
  const name = uniqueId();
  const options = model.get("options");
  const print = h("p", { class: "myths-print" });

  const radio = (label, part, note) => {
    const input = h("input", { type: "radio", name });
    input.addEventListener("change", () => {
      keep.change(part, 400);
      refresh();
    });
    const words = h("span", {}, label, note && h("span", { class: "myths-hidden" }, ` ${note}`));
    return { part, label, input, node: h("label", { class: "myths-option" }, input, words) };
  };
  const last = options.length - 1;
  const radios = options.map(({ value, label }, place) =>
    radio(label, { value }, place === 0 ? ends[0] : place === last ? ends[1] : null),
  );
  const decline = declinable ? radio(w("decline"), { declined: true }) : null;
  decline?.node.classList.add("myths-decline");
  const all = decline ? [...radios, decline] : radios;

  const question = h("legend", { id: uniqueId() }, legend);
  const clear = h("button", { type: "button", class: "myths-clear", "aria-describedby": question.id }, w("clear"));
  clear.addEventListener("click", () => {
    keep.change({}, 0);
    refresh();
    all[0].input.focus();
  });

  function refresh() {
    const { value, declined } = keep.answer;
    for (const { part, input } of all) {
      input.checked = part.declined ? declined : value !== null && part.value === value;
    }
    clear.hidden = !hasAnswer(keep.answer);
    print.textContent = printed(w, all.find(({ input }) => input.checked)?.label);
    onanswer?.(keep.answer);
  }

  const scale = h("div", { class: "myths-scale", "data-scale": ends.length ? "row" : "list" });
  scale.append(...radios.map(({ node }) => node));
  const labels = ends.map((text, end) => h("span", {}, `${radios[end && last].label} = ${text}`));
  const group = h(
    "fieldset",
    {},
    question,
    labels.length ? h("p", { class: "myths-ends", "aria-hidden": "true" }, labels) : null,
    scale,
    decline?.node,
  );
  const parts = [group, print, aside, h("div", { class: "myths-foot" }, keep.line, clear)].filter(Boolean);
  const root = mount(el, kind, ...parts);
  root.classList.add("myths-question");
  keep.start(root);
  refresh();
  return keep;
}
