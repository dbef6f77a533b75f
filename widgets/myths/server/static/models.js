// The page's side of the widgets: their state, kept equal to the kernel's, and their places.
// It knows anywidgets and ipywidgets' boxes. https://anywidget.dev/en/afm/

import { unique } from "./kernel.js";
import { components } from "./components.js";

const OURS = /^myths\.components\.(\w+)\./;
const BOXES = new Set(["VBoxModel", "HBoxModel", "BoxModel"]);
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

export class Models {
  constructor(kernel) {
    this.kernel = kernel;
    this.models = new Map();
    kernel.addEventListener("comm", ({ detail }) => this.receive(detail));
  }

  // Ask the kernel for all widgets there are; resolves when their states are here.
  load() {
    const comm_id = unique();
    return new Promise((resolve) => {
      this.control = { comm_id, resolve };
      const control = { comm_id, target_name: "jupyter.widget.control", data: {} };
      this.kernel.send("comm_open", control, { version: "1.0.0" });
      this.kernel.send("comm_msg", { comm_id, data: { method: "request_states" } });
    });
  }

  add(id, state) {
    const send = (data) => {
      this.kernel.send("comm_msg", { comm_id: id, data });
      return this.kernel.open;
    };
    this.models.set(id, new Model(id, state, send));
  }

  receive({ type, comm_id, data }) {
    if (comm_id === this.control?.comm_id && data?.states) {
      for (const [id, { state }] of Object.entries(data.states)) this.add(id, state);
      this.control.resolve();
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
