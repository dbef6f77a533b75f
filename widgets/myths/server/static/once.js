// A form goes out once, however often somebody taps while the answer is on its way.

const PATIENCE = 10000; // ms, then another try is meant

/** @type {WeakMap<EventTarget, number>} */
const sent = new WeakMap(); // form -> when
addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (Date.now() - (sent.get(form) ?? -PATIENCE) < PATIENCE) event.preventDefault();
  else sent.set(form, Date.now());
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const form of document.forms) sent.delete(form);
});
