import { copied } from "./clipboard.js";
import { announce, h, headed, mount, printAlone, speaker } from "./shared.js";
import "./plans.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

/** @typedef {{ title: string, parts: { label: string, text: string }[] }} Row */

/** @param {Place<Spoken & { rows: Row[], tools: boolean }>} place */
function render({ model, el }) {
  const w = speaker(model);

  /** @param {Row} row */
  const plan = ({ title, parts }) =>
    h(
      "div",
      { class: "myths-plan" },
      headed(3, "", title),
      parts.map(({ label, text }) =>
        h(
          "p",
          {},
          h("span", { class: "myths-plan-part" }, label),
          " ",
          h("span", { class: "myths-plan-text", dir: "auto" }, text),
        ),
      ),
    );

  function show() {
    const plans = h("div", { class: "myths-plan-list" }, model.get("rows").map(plan));
    const status = h("span", { role: "status" });
    const copy = async () => announce(status, w((await copied(plans)) ? "copied" : "not_copied"));
    const props = { type: "button", class: "myths-button myths-quiet" };
    const tools = h(
      "div",
      { class: "myths-buttons" },
      h("button", { ...props, onclick: copy }, w("copy_button")),
      h("button", { ...props, onclick: () => printAlone(plans) }, w("print")),
      status,
    );
    mount(el, "plans", plans, model.get("tools") && tools);
  }

  show();
  model.on("change:rows", show);
  return () => model.off("change:rows", show);
}

export default { render };
