// The wire to the visitor's kernel: Jupyter messages as JSON over one WebSocket, kept open; where
// there is no WebSocket, over ordinary requests.
// Protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html

import { HttpSocket } from "./http_socket.js";
import { answered } from "./request.js";

const SAY_LOST_AFTER = 1500; // ms, so that a blink of the Wi-Fi is not announced
const SILENCE = 5000; // ms without an answer to a probe before the wire counts as cut
const REFUSED = 4000; // ms until a WebSocket that does not open counts as refused,
const UNHEARD = 10000; // and one on which nothing comes; the page asks something at once
const HUNG_UP = 60000; // ms of silence after which the server has closed the wire
const OVER = 4001; // why the server closes the wire: the visit has ended (see open_pages.py)

export const DEAD = /^(dead|restarting|autorestarting)$/;

export const unique = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

/**
 * @typedef {object} Message a Jupyter message, as far as it is read
 * @property {{ msg_type: string }} header
 * @property {{ msg_id?: string }} [parent_header]
 * @property {any} content
 */

// A message with buffers is a count, that many offsets, then the parts; the first part is the JSON.
/** @param {ArrayBuffer} data */
const unpacked = (data) => {
  const view = new DataView(data);
  const end = view.getUint32(0) > 1 ? view.getUint32(8) : data.byteLength;
  return new TextDecoder().decode(data.slice(view.getUint32(4), end));
};

export class Kernel extends EventTarget {
  // Events: "open", "lost", "gone" (the server knows no such kernel), "dead", "comm" (a message),
  // "over" (the visit has ended), and what the server says: "room" (where the room is), "moving" (it
  // ends, and the page has so many seconds to go on elsewhere).

  /** @type {WebSocket | HttpSocket | null} */
  socket = null;
  isRefused = false; // the server is there, and the last WebSocket brought nothing
  isHeard = false; // something came over the socket that there is
  /** @type {number | undefined} */
  watch;
  session = unique();
  tries = 0;
  isOver = false;
  hiddenAt = 0;
  /** @type {Map<string | undefined, (content: any) => void>} */
  replies = new Map(); // message id -> resolve
  /** @type {number | undefined} */
  retry;
  /** @type {number | undefined} */
  lostTimer;

  /**
   * @param {string} id
   * @param {string} xsrf
   */
  constructor(id, xsrf) {
    super();
    this.id = id;
    this.xsrf = xsrf;
    this.connect();
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.probe());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => this.turn());
  }

  get open() {
    return this.socket?.readyState === 1;
  }

  connect() {
    if (this.isOver) return;
    this.letGo();
    const isOrdinary = this.isRefused || !window.WebSocket;
    const socket = isOrdinary ? new HttpSocket(this.id, this.session, this.xsrf) : this.webSocket();
    this.socket = socket;
    this.isHeard = this.isRefused = false;
    this.expect(isOrdinary ? UNHEARD * 3 : REFUSED);
    socket.onopen = () => {
      this.expect(UNHEARD);
      this.opened();
    };
    socket.onmessage = (/** @type {{ data: string | ArrayBuffer }} */ { data }) => {
      this.isHeard = true;
      clearTimeout(this.watch);
      const message = JSON.parse(typeof data === "string" ? data : unpacked(data));
      const { channel, content: detail } = message;
      if (channel === "room")
        this.dispatchEvent(new CustomEvent("moving" in detail ? "moving" : channel, { detail }));
      else this.receive(message);
    };
    socket.onclose = (/** @type {{ code?: number } | undefined} */ event) =>
      this.closed(event?.code);
  }

  webSocket() {
    const url = new URL(
      `/api/kernels/${this.id}/channels?session_id=${this.session}`,
      location.href,
    );
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    return socket;
  }

  /**
   * Some proxies swallow what they forbid: then nothing comes, and nothing closes.
   * @param {number} patience
   */
  expect(patience) {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      this.letGo();
      this.lost();
    }, patience);
  }

  opened() {
    clearTimeout(this.lostTimer);
    this.lostTimer = undefined;
    this.tries = 0;
    this.dispatchEvent(new Event("open"));
  }

  // The browser would wait a minute for the other side to agree that the socket is closed.
  letGo() {
    clearTimeout(this.watch);
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }

  /** @param {number} [code] */
  closed(code) {
    if (code === OVER) this.dispatchEvent(new Event("over"));
    else this.lost();
  }

  // The visit has ended: nothing is sent any more, and nothing tried again.
  stop() {
    this.isOver = true;
    clearTimeout(this.retry);
    clearTimeout(this.watch);
    clearTimeout(this.lostTimer);
    this.letGo();
    this.socket = null;
  }

  lost() {
    if (this.isOver) return;
    this.replies.clear(); // what was asked on that socket gets no answer
    clearTimeout(this.retry);
    clearTimeout(this.watch);
    this.tries += 1;
    this.lostTimer ??= setTimeout(() => this.dispatchEvent(new Event("lost")), SAY_LOST_AFTER);
    const isFirst = this.tries === 1 && !this.isHeard; // perhaps forbidden: ask at once
    const wait = isFirst ? 0 : Math.min(500 * 2 ** Math.min(this.tries, 4), 5000);
    this.retry = setTimeout(() => this.again(), wait * (0.5 + Math.random()));
  }

  // A refused WebSocket does not say why; an ordinary request does.
  async again() {
    const status = await this.status();
    if (status === 404) {
      clearTimeout(this.lostTimer); // it would be told over what is told of this
      this.dispatchEvent(new Event("gone"));
    } else if (!this.open) {
      this.isRefused = status === 204 && !this.isHeard && !(this.socket instanceof HttpSocket);
      this.connect();
    }
  }

  async status() {
    return (await answered(`/kernels/${this.id}`)).status;
  }

  hurry() {
    if (this.open) {
      this.probe();
      return;
    }
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
    if (!this.open) {
      this.hurry();
      return;
    }
    const socket = this.socket;
    const silence = new Promise((resolve) => setTimeout(resolve, SILENCE, "silence"));
    if ((await Promise.race([this.request("comm_info_request", {}), silence])) === "silence") {
      if (socket !== this.socket || !this.open) return;
      this.letGo();
      this.lost();
    }
  }

  /**
   * @param {string} type
   * @param {object} content
   * @param {object} metadata
   */
  send(type, content, metadata = {}) {
    const id = unique();
    if (this.open) {
      const about = { session: this.session, username: "", version: "5.3" };
      const date = new Date().toISOString();
      const header = { msg_id: id, msg_type: type, ...about, date };
      const message = { channel: "shell", header, parent_header: {}, metadata, content };
      this.socket?.send(JSON.stringify({ ...message, buffers: [] }));
    }
    return id;
  }

  /**
   * Ask the kernel; without a connection nothing ever comes.
   * @param {string} type
   * @param {object} content
   * @returns {Promise<any>}
   */
  request(type, content) {
    return new Promise((resolve) => this.replies.set(this.send(type, content), resolve));
  }

  /** @param {Message} message */
  receive({ header: { msg_type: type }, parent_header: parent, content }) {
    const isReply = type.endsWith("reply");
    if (type.startsWith("comm_") && !isReply) {
      this.dispatchEvent(new CustomEvent("comm", { detail: { type, ...content } }));
    } else if (type === "status" && DEAD.test(content.execution_state)) {
      this.dispatchEvent(new Event("dead"));
    } else if (isReply) {
      this.replies.get(parent?.msg_id)?.(content);
      this.replies.delete(parent?.msg_id);
    }
  }
}
