// Brings a page to life: connects it to its kernel and puts the widgets in place.

import { connect, failed, id, ready, xsrf } from "./connection.js";
import { Kernel } from "./kernel.js";
import { Models } from "./models.js";
import "./page.css";
import "./header.css";
import "./steps.css";
import "./room.css";

const kernel = new Kernel(id, xsrf);
const models = new Models(kernel);
connect(kernel, models);

// Voila's own front end shows what this one cannot; the answers come along, in the store.
models.addEventListener("foreign", () => {
  const url = new URL(location.href);
  if (url.searchParams.get("front") === "stock") return;
  url.searchParams.set("front", "stock");
  location.replace(url);
});

// Paper has no folds.
addEventListener("beforeprint", () => {
  const folded = /** @type {NodeListOf<HTMLDetailsElement>} */ (
    document.querySelectorAll("main details:not([open])")
  );
  for (const each of folded) each.open = true;
  const fold = () => {
    for (const each of folded) each.open = false;
  };
  addEventListener("afterprint", fold, { once: true });
});

await models.loaded;
for (const el of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".view"))) {
  await models.mount(el.dataset.model ?? "", el).catch((error) => {
    console.error(error);
    failed(el);
  });
}
ready();
