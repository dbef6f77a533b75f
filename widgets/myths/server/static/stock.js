// Voila's own front end in our frame: it shows every widget, and says nothing of its connection.
// This follows its socket, tells the truth about it, and starts again when the kernel is gone.

import { connect, failed, id, ready, startAgain, xsrf } from "./connection.js";
import { DEAD, Kernel } from "./kernel.js";
import { here } from "./page_data.js";
import "./stock.css";

/**
 * @typedef {object} Wire what JupyterLab's services call a kernel connection
 * @property {() => Promise<void>} reconnect
 * @property {(content: object) => Promise<{ content: any }>} requestCommInfo
 * @property {{ connect: (act: (wire: Wire, status: string) => void) => void }} statusChanged
 */

/**
 * @typedef {object} Manager Voila's widget manager
 * @property {Wire} kernel
 * @property {Iterable<string>} registeredModels
 * @property {(id: string) => Promise<Waiting>} get_model
 */

/** @typedef {{ _pending_msgs: number, _handle_status: (message: object) => void }} Waiting */

const FAULTS = ".jupyter-widgets-error-widget, [data-mime-type='application/vnd.jupyter.stderr']";
const FAULT = /Click to show|Traceback \(most recent call last\)|^(Javascript )?Error/; // and no warning

// Voila makes the connection, and this one asks for another when it breaks.
class Followed extends Kernel {
  /** @type {Wire | undefined} */
  wire;
  hasOpened = false;

  opened() {
    this.hasOpened = true;
    super.opened();
  }

  connect() {
    if (!this.isOver) this.wire?.reconnect().catch(() => {});
  }

  // For each connection in vain Voila would try for ever: so none without a server.
  async again() {
    const status = this.tries < 2 ? 204 : await this.status();
    if (this.open) return;
    if (this.tries > 1 && status === 204 && !this.hasOpened)
      this.dispatchEvent(new Event("forbidden"));
    if (status === 404) this.dispatchEvent(new Event("gone"));
    else if (status === 204) this.connect();
    else this.lost();
  }

  /** @param {WebSocket} socket */
  follow(socket) {
    this.socket = socket;
    socket.addEventListener("open", () => this.opened());
    socket.addEventListener("close", ({ code }) => socket === this.socket && this.closed(code));
  }

  letGo() {
    if (this.isOver) this.socket?.close();
    this.socket = null; // it may look open and be cut
  }

  /**
   * @param {string} _type
   * @param {object} content
   */
  async request(_type, content) {
    return (await this.wire?.requestCommInfo(content))?.content;
  }
}

const kernel = new Followed(id, xsrf);

const front = {
  started: false,
  /** @type {Manager | undefined} */
  manager: undefined,
  begin() {},
  async alive() {
    const target = { target_name: "jupyter.widget" };
    const { comms } = await kernel.request("comm_info_request", target);
    return [...(this.manager?.registeredModels ?? [])].every((model) => model in comms);
  },
  // A widget sends nothing while it waits for a reply, and one was perhaps lost with the socket.
  async flush() {
    const { manager } = this;
    for (const each of manager?.registeredModels ?? []) {
      const model = await manager?.get_model(each);
      const idle = { content: { execution_state: "idle" } };
      while (model && model._pending_msgs > 0) model._handle_status(idle);
    }
  },
};
connect(kernel, front);

if (window.WebSocket) {
  window.WebSocket = class extends WebSocket {
    /**
     * Voila would ask for a newer way to write messages, which our server does not speak.
     * @param {string | URL} url
     */
    constructor(url) {
      super(url);
      if (this.url.includes(id)) kernel.follow(this);
    }
  };
} else {
  kernel.dispatchEvent(new Event("forbidden"));
}

// Voila's own way of leaving has no XSRF token, and would cut the wire before the last words.
addEventListener("beforeunload", (event) => event.stopImmediatePropagation());

// Say failures in our words, and name the sliders, which have no name of their own.
const tidy = () => {
  for (const fault of document.querySelectorAll(FAULTS)) {
    if (FAULT.test(fault.textContent ?? "")) failed(fault);
  }
  for (const handle of document.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label")?.textContent;
    if (label) handle.setAttribute("aria-label", label);
  }
};

/** @param {Element} el */
const settled = (el) => {
  const shown = el.querySelector(".jp-OutputArea-output");
  return shown && shown.textContent !== "Loading widget...";
};

/** @param {{ widgetManager?: Manager }} app */
const begin = async (app) => {
  front.manager = app.widgetManager;
  if (!front.manager) {
    startAgain(); // the kernel was gone before the front end was there
    return;
  }
  kernel.wire = front.manager.kernel;
  kernel.wire.statusChanged.connect((_wire, status) => {
    if (DEAD.test(status)) kernel.dispatchEvent(new Event("dead"));
  });
  document.querySelector(".jp-LabShell")?.remove(); // an empty frame, beside ours
  const views = [...document.querySelectorAll(".view")];
  new MutationObserver(tidy).observe(here("main"), { childList: true, subtree: true });
  while (!views.every(settled)) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const el of views) if (FAULT.test(el.textContent?.trim() ?? "")) failed(el);
  tidy();
  front.started = true;
  ready();
};

// Voila's last step is to set this.
Object.defineProperty(window, "jupyterapp", { set: begin });
