// What the room answered, before and now: one table, whose cells are bars to who sees them.

import { h } from "../../components/shared.js";

/**
 * @typedef {object} Share how many chose an option; a number only where neither nearly nobody nor nearly all
 * @property {string} option
 * @property {"nearly none" | "some" | "nearly all"} level
 * @property {number | null} percent
 *
 * @typedef {{ people: number, shares: Share[], fewest: number }} GroupShares
 * @typedef {{ before?: GroupShares, after?: GroupShares, followup?: GroupShares }} GroupResult
 */

const PHASES = /** @type {const} */ (["before", "after"]);
const FULL = { "nearly none": 1, "nearly all": 99 };

/** @param {Share} share */
const percent = (share) => share.percent ?? FULL[/** @type {"nearly none"} */ (share.level)];

/**
 * How many agree on a scale of five, as exactly as it is shown.
 * @param {GroupShares | undefined} group
 * @param {import("../../components/shared.js").Speaker} w
 */
function agreeing(group, w) {
  const some = group?.shares.filter(({ option }) => option === "4" || option === "5") ?? [];
  if (some.some(({ level }) => level === "nearly all")) return w("nearly_all");
  const sum = some.reduce((all, share) => all + (share.percent ?? 0), 0);
  return sum ? `${sum} %` : w("nearly_none");
}

/**
 * A question of this page, where it is asked last.
 * @param {string} name its page and item
 */
export function asked(name) {
  const ids = ["after", "before"].map((phase) => CSS.escape(`${name.replace("/", ".")}.${phase}`));
  return ids.map((id) => document.querySelector(`[data-myths-item="${id}"]`)).find(Boolean);
}

/**
 * What a question of this page says, and the labels of its options by their numbers.
 * @param {string} name its page and item
 */
function labels(name) {
  const question = asked(name);
  const options = Array.from(question?.querySelectorAll("input[type=radio]") ?? []);
  /** @type {Record<string, string>} */
  const words = {};
  for (const option of options) {
    const label = option.parentElement?.textContent?.trim();
    if (option instanceof HTMLInputElement && option.value && label) words[option.value] = label;
  }
  const statement = question?.querySelector("legend")?.textContent?.trim() ?? "";
  return { statement, words, isAgreeing: question?.hasAttribute("data-agreeing") };
}

/**
 * Draw what the room answered to a question of this page.
 * @param {string} name
 * @param {GroupResult} result
 * @param {import("../../components/shared.js").Speaker} w
 */
export function groupResults(name, result, w) {
  const { statement, words, isAgreeing } = labels(name);
  const phases = PHASES.filter((phase) => result[phase]?.people);
  const heading = h("h3", {}, w("result"));
  if (!phases.length) {
    const few = w("few", { k: result.after?.fewest ?? 5 });
    return h("section", { class: "group" }, heading, h("p", {}, statement), h("p", {}, few));
  }
  const last = /** @type {GroupShares} */ (result[phases[phases.length - 1]]);
  const largest = Math.max(...phases.flatMap((each) => result[each]?.shares.map(percent) ?? []));
  /** @param {Share} share */
  const text = (share) =>
    share.percent == null ? w(share.level.replace(" ", "_")) : `${share.percent} %`;
  /** @param {Share} share */
  const said = (share) => [
    h("span", { class: "bar", style: `--part: ${percent(share) / largest}` }),
    h("span", {}, text(share)),
  ];
  const rows = last.shares.map(({ option }) => {
    const cells = phases.map((phase) => {
      const share = result[phase]?.shares.find((each) => each.option === option);
      return h("td", { class: phase }, share ? said(share) : []);
    });
    return h("tr", {}, h("th", { scope: "row" }, words[option] ?? w(option)), cells);
  });
  const isScale = phases.length === 2 && isAgreeing;
  const [before, after] = PHASES.map((phase) => agreeing(result[phase], w));
  const most = Math.max(...last.shares.map(percent));
  const top = last.shares.filter((share) => percent(share) === most);
  const chosen = top.map(({ option }) => words[option] ?? w(option)).join("; ");
  const heads = phases.map((phase) =>
    h(
      "th",
      { scope: "col" },
      w(phase),
      h("span", { class: "people" }, w.count("people", result[phase]?.people ?? 0)),
    ),
  );
  return h(
    "section",
    { class: "group" },
    heading,
    h("p", { class: "said" }, statement),
    h(
      "p",
      {},
      isScale ? w("agreed", { before, after }) : w("chosen_most", { chosen, share: text(top[0]) }),
    ),
    h("table", {}, h("thead", {}, h("tr", {}, h("td", {}), heads)), h("tbody", {}, rows)),
    h("p", { class: "hint" }, w("result_hint")),
  );
}

/**
 * Draw texts of the room, which their authors and the trainer let it see.
 * @param {string[]} texts
 * @param {import("../../components/shared.js").Speaker} w
 */
export const groupTexts = (texts, w) =>
  h(
    "section",
    { class: "group" },
    h("h3", {}, w("wall")),
    texts.map((text) => h("p", { dir: "auto" }, text)),
  );
