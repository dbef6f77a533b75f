// Copies or prints the recovery code.

const tools = document.getElementById("code-tools");
const status = document.getElementById("copy-status");
tools.hidden = false;
document.getElementById("print").onclick = () => print();
document.getElementById("copy").onclick = async () => {
  const code = document.getElementById("recovery-code");
  try {
    await navigator.clipboard.writeText(code.textContent);
    status.textContent = tools.dataset.copied;
  } catch { // no clipboard over plain http: select the code, so that one long press copies it
    getSelection().selectAllChildren(code);
    const done = document.execCommand("copy");
    status.textContent = done ? tools.dataset.copied : tools.dataset.failed;
  }
};
