import { h, mount, questionsHere, speaker } from "./shared.js";
import "./progress.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

/** @typedef {{ title: string, url: string, state?: "done" | "here" | "open" }} Entry */

/** @param {Place<Spoken & { modules: Entry[], sections: Entry[] }>} place */
function render({ model, el }) {
  const w = speaker(model);
  const count = h("span", { class: "myths-count" });
  let isOpen = matchMedia("(min-width: 64em)").matches;

  /** @param {Entry} entry */
  const link = ({ title, url, state }) =>
    h(
      "li",
      { "data-state": state },
      h("a", { href: url, "aria-current": state === "here" ? "page" : null }, title),
      state && h("span", { class: "myths-module-state" }, w(`state_${state}`)),
    );

  function show() {
    const modules = model.get("modules");
    const sections = model.get("sections");
    const here = modules.findIndex(({ state }) => state === "here");
    const place = here < 0 ? w("series") : w("place", { n: here + 1, total: modules.length });
    const summary = h("summary", {}, h("span", {}, place), count);
    const list = h("details", { open: isOpen }, summary);
    list.addEventListener("toggle", () => {
      isOpen = list.open;
    });
    list.append(h("ol", { class: "myths-modules" }, modules.map(link)));
    if (sections.length) {
      list.append(h("p", { class: "myths-label" }, w("sections")));
      list.append(h("ul", { class: "myths-modules" }, sections.map(link)));
    }
    /**
     * @param {Entry | undefined} module
     * @param {string} word
     */
    const step = (module, word) =>
      module &&
      h(
        "a",
        { href: module.url, class: word === "next" ? "myths-button myths-next" : "myths-step" },
        `${w(word)}: ${module.title}`,
      );
    const steps =
      here < 0 ? [] : [step(modules[here - 1], "previous"), step(modules[here + 1], "next")];
    mount(
      el,
      "progress",
      h("nav", { "aria-label": w("label") }, list, h("div", { class: "myths-steps" }, steps)),
    );
    tally();
  }

  function tally() {
    const questions = questionsHere().filter((each) => each.matches(".myths-question"));
    const answered = questions.filter((question) => question.hasAttribute("data-myths-answered"));
    const text = w("answered", { n: answered.length, total: questions.length });
    count.textContent = questions.length ? text : "";
  }

  show();
  model.on("change:modules", show);
  document.addEventListener("myths:save", tally);
  return () => {
    model.off("change:modules", show);
    document.removeEventListener("myths:save", tally);
  };
}

export default { render };
