// The wire to the visitor's kernel: Jupyter messages as JSON over one WebSocket, kept open.
// Protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html

const SAY_LOST_AFTER = 1500; // ms, so that a blink of the Wi-Fi is not announced
const SILENCE = 5000; // ms without an answer to a probe before the wire counts as cut
const HUNG_UP = 60000; // ms of silence after which the server has closed the wire

export const unique = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

// A message with buffers is a count, that many offsets, then the parts; the first part is the JSON.
const unpacked = (data) => {
  const view = new DataView(data);
  const end = view.getUint32(0) > 1 ? view.getUint32(8) : data.byteLength;
  return new TextDecoder().decode(data.slice(view.getUint32(4), end));
};

export class Kernel extends EventTarget {
  // Events: "open", "lost", "gone" (the server knows no such kernel), "dead", "comm" (a message).

  constructor(id) {
    super();
    this.id = id;
    this.session = unique();
    this.tries = 0;
    this.replies = new Map(); // message id -> resolve
    this.connect();
    addEventListener("online", () => this.hurry());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => this.turn());
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    this.letGo();
    const url = new URL(`/api/kernels/${this.id}/channels?session_id=${this.session}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = (this.socket = new WebSocket(url));
    socket.onopen = () => this.opened();
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.receive(JSON.parse(typeof data === "string" ? data : unpacked(data)));
    socket.onclose = () => this.lost();
  }

  opened() {
    clearTimeout(this.lostTimer);
    this.lostTimer = null;
    this.tries = 0;
    this.dispatchEvent(new Event("open"));
  }

  // The browser would wait a minute for the other side to agree that the socket is closed.
  letGo() {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }

  lost() {
    this.replies.clear(); // what was asked on that socket gets no answer
    clearTimeout(this.retry);
    this.tries += 1;
    this.lostTimer ??= setTimeout(() => this.dispatchEvent(new Event("lost")), SAY_LOST_AFTER);
    const wait = Math.min(500 * 2 ** Math.min(this.tries, 4), 5000) * (0.5 + Math.random());
    this.retry = setTimeout(() => this.again(), wait);
  }

  // A refused WebSocket does not say why; an ordinary request does.
  async again() {
    if ((await this.status()) === 404) return this.dispatchEvent(new Event("gone"));
    if (!this.open) this.connect();
  }

  status() {
    const options = { cache: "no-store", signal: AbortSignal.timeout(SILENCE) };
    return fetch(`/kernels/${this.id}`, options).then(({ status }) => status, () => 0);
  }

  hurry() {
    if (this.open) return this.probe();
    clearTimeout(this.retry);
    this.connect();
  }

  // After a long sleep the socket may look open, but the server has hung up.
  turn() {
    if (document.hidden) {
      this.hiddenAt = Date.now();
    } else if (Date.now() - this.hiddenAt > HUNG_UP) {
      clearTimeout(this.retry);
      this.connect();
    } else {
      this.probe();
    }
  }

  // The socket may look open and be cut: ask, and start again without an answer.
  async probe() {
    if (!this.open) return this.hurry();
    const socket = this.socket;
    const silence = new Promise((resolve) => setTimeout(resolve, SILENCE, "silence"));
    if ((await Promise.race([this.request("comm_info_request", {}), silence])) === "silence") {
      if (socket !== this.socket || !this.open) return;
      this.letGo();
      this.lost();
    }
  }

  send(type, content, metadata = {}) {
    const id = unique();
    if (this.open) {
      this.socket.send(JSON.stringify({
        channel: "shell",
        header: { msg_id: id, msg_type: type, session: this.session, username: "", version: "5.3",
                  date: new Date().toISOString() },
        parent_header: {}, metadata, content, buffers: [],
      }));
    }
    return id;
  }

  request(type, content) {
    return new Promise((resolve) => this.replies.set(this.send(type, content), resolve));
  }

  receive({ header, parent_header: parent, content }) {
    if (header.msg_type.startsWith("comm_") && !header.msg_type.endsWith("reply")) {
      this.dispatchEvent(new CustomEvent("comm", { detail: { type: header.msg_type, ...content } }));
    } else if (header.msg_type === "status" && /^(dead|restarting|autorestarting)$/.test(content.execution_state)) {
      this.dispatchEvent(new Event("dead"));
    } else if (this.replies.has(parent?.msg_id) && header.msg_type.endsWith("_reply")) {
      this.replies.get(parent.msg_id)(content);
      this.replies.delete(parent.msg_id);
    }
  }
}
