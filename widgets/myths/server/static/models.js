// The page's side of the widgets: their state, kept equal to the kernel's, and their places.
// It knows anywidgets and ipywidgets' boxes. https://anywidget.dev/en/afm/

import { unique } from "./kernel.js";
import { components } from "./components.js";

const OURS = /^myths\.components\.(\w+)\./;
const ANY = new Set(["anywidget", "@jupyter-widgets/base"]);
const BOXES = new Set(["VBoxModel", "HBoxModel", "BoxModel"]);
const PATIENCE = 5000; // ms until the kernel is asked again for what there is
const REFERENCE = "IPY_MODEL_";

class Model {
  constructor(id, state, send) {
    Object.assign(this, { id, state, send });
    this.changed = new Set();
    this.listeners = [];
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
    this.changed.add(name);
    this.emit(`change:${name}`);
  }

  save_changes() {
    const state = Object.fromEntries([...this.changed].map((name) => [name, this.state[name]]));
    if (this.send({ method: "update", state, buffer_paths: [] })) this.changed.clear();
  }

  on(event, callback) {
    this.listeners.push([event, callback]);
  }

  off(event, callback) {
    this.listeners = this.listeners.filter(([e, c]) => e !== event || (callback && c !== callback));
  }

  emit(event, ...values) {
    for (const [e, callback] of [...this.listeners]) if (e === event) callback(...values);
  }

  receive({ method, state, content }) {
    if (method === "custom") return this.emit("msg:custom", content, []);
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

  constructor(kernel) {
    super();
    this.kernel = kernel;
    this.models = new Map();
    this.control = unique();
    this.started = false;
    this.loaded = new Promise((resolve) => (this.resolve = resolve));
    kernel.addEventListener("comm", ({ detail }) => this.receive(detail));
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

  add(id, state) {
    if (!ANY.has(state._model_module) && !BOXES.has(state._model_name)) this.dispatchEvent(new Event("foreign"));
    const send = (data) => {
      this.kernel.send("comm_msg", { comm_id: id, data });
      return this.kernel.open;
    };
    this.models.set(id, new Model(id, state, send));
  }

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
    const { comms } = await this.kernel.request("comm_info_request", { target_name: "jupyter.widget" });
    return [...this.models.keys()].every((id) => id in comms);
  }

  flush() {
    for (const model of this.models.values()) if (model.changed.size) model.save_changes();
  }

  async mount(id, el) {
    const model = this.models.get(id.replace(REFERENCE, ""));
    if (!model) throw new Error(`no widget ${id}`);
    if (BOXES.has(model.get("_model_name"))) {
      for (const child of model.get("children")) {
        await this.mount(child, el.appendChild(document.createElement("div")));
      }
      model.on("change:children", () => this.dispatchEvent(new Event("foreign")));
    } else if (model.get("_esm")) {
      const widget = await this.widget(model);
      await widget.initialize?.({ model });
      await widget.render?.({ model, el });
    } else {
      throw new Error(`no view for ${model.get("_model_name")}`);
    }
  }

  async widget(model) {
    const ours = OURS.exec(model.get("_anywidget_id"));
    if (ours) return components[ours[1]];
    const url = URL.createObjectURL(new Blob([model.get("_esm")], { type: "text/javascript" }));
    const { default: widget } = await import(url);
    if (model.get("_css")) {
      const style = document.head.appendChild(document.createElement("style"));
      style.textContent = model.get("_css");
    }
    return typeof widget === "function" ? await widget() : widget;
  }
}
