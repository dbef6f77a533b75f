import { h, headed, mount, printAlone, rich, speaker } from "./shared.js";
import "./reading.css";

/** @import { Place, Spoken } from "./shapes.d.ts" */

/**
 * @typedef {object} Block
 * @property {string} kind
 * @property {string} [heading]
 * @property {string} [html] safe HTML
 * @property {string} [id]
 * @property {{ id: string, html: string }[]} [items]
 * @property {1 | 2 | 3} [level]
 */

// What a block is stands above it in words, and not only in its look.
const FLAGGED = ["myth", "misleads", "takeaway", "note"];

/** @param {Place<Spoken & { blocks: Block[] }>} place */
function render({ model, el }) {
  const w = speaker(model);
  /** @param {MouseEvent} event */
  const alone = ({ currentTarget }) =>
    printAlone(/** @type {Element} */ (/** @type {Element} */ (currentTarget).parentElement));
  /** @param {Block} block */
  function section({ kind, heading, html, id, items = [], level = 2 }) {
    let flag = FLAGGED.includes(kind) ? w(kind) : undefined;
    if (kind === "folded")
      return h("details", { class: "myths-block" }, h("summary", {}, heading), rich(html ?? ""));
    if (kind === "core") [flag, heading] = [heading, undefined];
    const facts = items.map((fact) => {
      const entry = h("li", { "data-fact": fact.id });
      entry.append(rich(fact.html));
      return entry;
    });
    return h(
      "section",
      { class: `myths-block myths-block-${kind}`, "data-block": id },
      (flag || heading) && headed(level, flag, heading),
      html && rich(html),
      facts.length ? h("ul", { class: "myths-list" }, facts) : null,
      kind === "card" &&
        h(
          "button",
          { type: "button", class: "myths-button myths-quiet", onclick: alone },
          w("print"),
        ),
    );
  }

  const show = () => mount(el, "reading", ...model.get("blocks").map(section));
  show();
  model.on("change:blocks", show);
  return () => model.off("change:blocks", show);
}

export default { render };
