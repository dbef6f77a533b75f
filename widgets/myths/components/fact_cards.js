// On a phone the facts come one at a time, each whole; paper, wide screens, a page of all steps and one
// without scripts have them all.

import { h, isNarrow, shield } from "./shared.js";

/** @import { Speaker } from "./shared.js" */

const FEWEST = 3;

/**
 * @param {Element} list
 * @param {Speaker} w
 */
export function factCards(list, w) {
  const facts = /** @type {HTMLElement[]} */ (Array.from(list.children));
  const total = facts.length;
  if (total < FEWEST || !isNarrow()) return;
  let at = 0;
  const button = { type: "button", class: "myths-button myths-quiet" };
  const back = h("button", {
    ...button,
    "aria-label": w("fact_before"),
    onclick: () => go(at - 1),
  });
  const on = h("button", { ...button, onclick: () => go(at + 1) });
  const dots = facts.map(() => h("span", {}));
  const all = h("button", { type: "button", class: "myths-clear", onclick: open });
  const tools = h(
    "div",
    { class: "myths-card-tools" },
    back,
    h("span", { class: "myths-card-dots", "aria-hidden": "true" }, dots),
    on,
    all,
  );
  all.textContent = w("all_facts", { n: total });
  for (const [n, fact] of facts.entries()) {
    fact.prepend(h("p", { class: "myths-flag" }, w("fact", { n: n + 1, total })));
    fact.tabIndex = -1;
  }

  function show() {
    for (const [n, fact] of facts.entries()) fact.toggleAttribute("data-shown", n === at);
    for (const [n, dot] of dots.entries())
      dot.className = n === at ? "myths-here" : n < at ? "myths-done" : "";
    on.textContent = w("next_fact", { n: at + 2 });
    back.hidden = at === 0;
    on.hidden = at === total - 1;
  }

  function open() {
    showAll();
    facts[0].focus({ preventScroll: true });
  }

  /** @param {number} to */
  function go(to) {
    at = to;
    show();
    facts[at].focus({ preventScroll: true });
    facts[at].scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function showAll() {
    tools.remove();
    list.classList.remove("myths-cards");
  }

  // A link to one of them shows it.
  function follow() {
    if (location.hash === "#all") showAll();
    const asked = facts.findIndex(({ id }) => id && `#${id}` === location.hash);
    if (asked >= 0) go(asked);
  }

  list.classList.add("myths-cards");
  list.after(tools);
  shield(tools);
  show();
  follow();
  addEventListener("hashchange", follow);
}
