// Copies or prints the recovery code.

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
  const code = here("recovery-code");
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    say(tools.dataset.copied);
  } catch {
    // no clipboard over plain http: select the code, so that one long press copies it
    getSelection()?.selectAllChildren(code);
    const isDone = document.execCommand("copy");
    say(isDone ? tools.dataset.copied : tools.dataset.failed);
  }
};
