// A form goes out once, however often somebody taps while the answer is on its way.

const PATIENCE = 10000; // ms, then another try is meant

const sent = new WeakMap(); // form -> when
addEventListener("submit", (event) => {
  if (Date.now() - (sent.get(event.target) ?? -PATIENCE) < PATIENCE) event.preventDefault();
  else sent.set(event.target, Date.now());
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const form of document.forms) sent.delete(form);
});
