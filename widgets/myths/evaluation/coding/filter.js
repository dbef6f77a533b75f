// The filter of the desk. Joined in front of it.

const REST = 400; // ms of rest before the words of a filter are sent

/** Gives {node, words, count(shown, all)}; `send` gets the step for Python. */
function filterOf(model, w, button, send) {
  const option = (value, words) => h("option", { value }, words);
  const field = (key, control) => {
    control.id = uniqueId();
    return h("div", {}, h("label", { class: "myths-label", for: control.id }, w(key)), control);
  };
  const names = model.get("codes").map(({ id, name }) => option(id, name));
  const questions = model.get("questions").map((question) => option(question, question));
  const kinds = ["all", "undecided", "older"].map((key) => option(key, w(`show_${key}`)));
  const words = h("input", { type: "search", dir: "auto", "aria-keyshortcuts": "/" });
  const show = h("select", {}, kinds);
  const question = h("select", {}, option("", w("any_question")), questions);
  const code = h("select", {}, option("", w("any_code")), names);
  const summary = h("summary", {});
  let rest;

  function sift() {
    clearTimeout(rest);
    send({ do: "filter", words: words.value, show: show.value, question: question.value, code: code.value });
  }
  words.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(sift, REST);
  });
  for (const control of [show, question, code]) control.addEventListener("change", sift);
  const clear = button("clear", () => {
    words.value = question.value = code.value = "";
    show.value = "all";
    sift();
  });

  const fields = [field("words", words), field("show", show), field("question", question), field("code", code)];
  const node = h("details", {}, summary, h("div", { class: "myths-filter", role: "search" }, fields, h("div", {}, clear)));
  const count = (shown, all) => {
    summary.textContent = w(shown === all ? "filter_all" : "filter_some", { n: shown, count: all });
  };
  return { node, words, count };
}
