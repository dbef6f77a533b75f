// The page's side of the widgets: their state, kept equal to the kernel's, and their places.
// It knows anywidgets and ipywidgets' boxes. https://anywidget.dev/en/afm/

import { components } from "../../components/index.js";
import { unique } from "./kernel.js";

/** @import { Kernel } from "./kernel.js" */

/** @typedef {Record<string, any>} State */
/** @typedef {(...values: any[]) => void} Callback */
/** @typedef {{ initialize?: Callback, render?: Callback }} Widget */

/** @type {Record<string, Widget | undefined>} */
const OURS = components;
const ANY = new Set(["anywidget", "@jupyter-widgets/base"]);
const BOXES = new Set(["VBoxModel", "HBoxModel", "BoxModel"]);
const PATIENCE = 5000; // ms until the kernel is asked again for what there is
const REFERENCE = "IPY_MODEL_";

class Model {
  /** @type {Set<string>} */
  changed = new Set();
  /** @type {[string, Callback][]} */
  listeners = [];

  /**
   * @param {State} state
   * @param {(data: object) => boolean} send tells whether there is a connection
   */
  constructor(state, send) {
    this.state = state;
    this.send = send;
  }

  /** @param {string} name */
  get(name) {
    return this.state[name];
  }

  /**
   * @param {string} name
   * @param {any} value
   */
  set(name, value) {
    this.state[name] = value;
    this.changed.add(name);
    this.emit(`change:${name}`);
  }

  save_changes() {
    const state = Object.fromEntries([...this.changed].map((name) => [name, this.state[name]]));
    if (this.send({ method: "update", state, buffer_paths: [] })) this.changed.clear();
  }

  /**
   * @param {string} event
   * @param {Callback} callback
   */
  on(event, callback) {
    this.listeners.push([event, callback]);
  }

  /**
   * @param {string} event
   * @param {Callback} [callback]
   */
  off(event, callback) {
    this.listeners = this.listeners.filter(([e, c]) => e !== event || (callback && c !== callback));
  }

  /**
   * @param {string} event
   * @param {...any} values
   */
  emit(event, ...values) {
    for (const [e, callback] of [...this.listeners]) if (e === event) callback(...values);
  }

  /** @param {{ method: string, state: State, content: unknown }} message */
  receive({ method, state, content }) {
    if (method === "custom") this.emit("msg:custom", content, []);
    if (method !== "update") return;
    for (const [name, value] of Object.entries(state)) {
      this.state[name] = value;
      this.emit(`change:${name}`);
    }
  }
}

export class Models extends EventTarget {
  // `loaded` resolves when the states of all widgets are here.
  // Event: "foreign" (there is something that only another front end can show).

  /** @type {Map<string, Model>} */
  models = new Map();
  control = unique();
  started = false;
  /** @type {number | undefined} */
  again;
  resolve = () => {};
  /** @type {Promise<void>} */
  loaded = new Promise((resolve) => {
    this.resolve = resolve;
  });

  /** @param {Kernel} kernel */
  constructor(kernel) {
    super();
    this.kernel = kernel;
    kernel.addEventListener("comm", (event) => {
      if (event instanceof CustomEvent) this.receive(event.detail);
    });
  }

  // Ask the kernel for all widgets there are, again and again until an answer comes.
  begin() {
    clearTimeout(this.again);
    if (this.started) return;
    const control = { comm_id: this.control, target_name: "jupyter.widget.control", data: {} };
    this.kernel.send("comm_open", control, { version: "1.0.0" });
    this.kernel.send("comm_msg", { comm_id: this.control, data: { method: "request_states" } });
    this.again = setTimeout(() => this.begin(), PATIENCE);
  }

  /**
   * @param {string} id
   * @param {State} state
   */
  add(id, state) {
    const isKnown = ANY.has(state._model_module) || BOXES.has(state._model_name);
    if (!isKnown) this.dispatchEvent(new Event("foreign"));
    const send = (/** @type {object} */ data) => {
      this.kernel.send("comm_msg", { comm_id: id, data });
      return this.kernel.open;
    };
    this.models.set(id, new Model(state, send));
  }

  /** @param {{ type: string, comm_id: string, data?: any }} message */
  receive({ type, comm_id, data }) {
    if (comm_id === this.control) {
      if (this.started || !data?.states) return;
      for (const [id, { state }] of Object.entries(data.states)) this.add(id, state);
      this.started = true;
      this.resolve();
    } else if (type === "comm_open" && data?.state) {
      this.add(comm_id, data.state);
    } else if (type === "comm_msg") {
      this.models.get(comm_id)?.receive(data);
    } else if (type === "comm_close") {
      this.models.delete(comm_id);
    }
  }

  // Does the kernel still know every widget of this page?
  async alive() {
    const target = { target_name: "jupyter.widget" };
    const { comms } = await this.kernel.request("comm_info_request", target);
    return [...this.models.keys()].every((id) => id in comms);
  }

  flush() {
    for (const model of this.models.values()) if (model.changed.size) model.save_changes();
  }

  /**
   * Put a widget in its place.
   * @param {string} id
   * @param {Element} el
   */
  async mount(id, el) {
    const model = this.models.get(id.replace(REFERENCE, ""));
    if (!model) throw new Error(`no widget ${id}`);
    if (BOXES.has(model.get("_model_name"))) {
      await this.fill(model, el);
      model.on("change:children", () => this.dispatchEvent(new Event("foreign")));
      return;
    }
    const widget = OURS[model.get("_component")] ?? (await imported(model));
    if (widget) {
      await widget.initialize?.({ model });
      await widget.render?.({ model, el });
    } else {
      throw new Error(`no view for ${model.get("_model_name")}`);
    }
  }

  /**
   * Put what is in a box in its place; what the page came with stays where it is.
   * @param {Model} box
   * @param {Element} el
   */
  async fill(box, el) {
    /** @type {string[]} */
    const children = box
      .get("children")
      .map((/** @type {string} */ id) => id.replace(REFERENCE, ""));
    const there = new Map(Array.from(el.children, (child) => [modelOf(child), child]));
    const places = children.map((id) => there.get(id) ?? document.createElement("div"));
    if (places.some((place, at) => place !== el.children[at])) el.replaceChildren(...places);
    for (const [at, id] of children.entries()) await this.mount(id, places[at]);
  }
}

/** @param {Element} el */
const modelOf = (el) => (el instanceof HTMLElement ? el.dataset.model : undefined);

/**
 * Load the script that a widget brings along, and its style.
 * @param {Model} model
 * @returns {Promise<Widget | undefined>}
 */
async function imported(model) {
  if (!model.get("_esm")) return undefined;
  const url = URL.createObjectURL(new Blob([model.get("_esm")], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  if (model.get("_css")) {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = model.get("_css");
  }
  return typeof widget === "function" ? await widget() : widget;
}
