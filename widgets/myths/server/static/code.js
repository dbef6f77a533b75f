// Copies or prints the recovery code.

import { copied } from "../../components/clipboard.js";
import { here } from "./page_data.js";

const tools = here("code-tools");
const status = here("copy-status");

/** @param {string | undefined} outcome */
const say = (outcome) => {
  status.textContent = outcome ?? "";
};

tools.hidden = false;
here("print").onclick = () => print();
here("copy").onclick = async () => {
  const isDone = await copied(here("recovery-code"));
  say(isDone ? tools.dataset.copied : tools.dataset.failed);
};
