// What a WebSocket does, over ordinary requests: for networks and browsers that allow no WebSocket.

import { answered } from "./request.js";

const LONGEST = 30000; // ms for a request; the server waits 20 s for something to come
const MOST = 100000; // letters of messages in one request
const LAST = 60000; // letters that a browser still sends for a page that is gone

export class HttpSocket {
  readyState = 0; // as of a WebSocket: 0 connecting, 1 open, 3 closed
  /** @type {string[]} */
  waiting = [];
  isSending = false;
  isGoing = false; // the page: what it says now goes out at once
  life = new AbortController();
  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {((event: { data: string }) => void) | null} */
  onmessage = null;
  /** @type {((event?: { code?: number }) => void) | null} */
  onclose = null;

  /**
   * @param {string} kernel its id
   * @param {string} session
   * @param {string} xsrf
   */
  constructor(kernel, session, xsrf) {
    this.url = `/kernels/${kernel}/messages`;
    this.session = session;
    this.xsrf = xsrf;
    const going = () => {
      this.isGoing = true;
      this.push();
    };
    addEventListener("pagehide", going, { signal: this.life.signal });
    this.hear();
  }

  /** @param {string} message */
  send(message) {
    this.waiting.push(message);
    if (this.isGoing || !this.isSending) this.push();
  }

  close() {
    this.readyState = 3;
    this.life.abort();
  }

  // What comes is numbered, and stays with the server until it is asked for what is after it.
  async hear() {
    let after = 0;
    let heard = await this.ask({});
    if (!heard) return;
    this.readyState = 1;
    this.onopen?.();
    while (heard) {
      for (const [number, data] of heard) {
        after = number;
        this.onmessage?.({ data });
      }
      heard = await this.ask({ after });
    }
  }

  async push() {
    this.isSending = true;
    while (this.waiting.length && this.readyState === 1) {
      const messages = [];
      let length = 0;
      while (this.waiting.length && length < MOST) {
        const message = this.waiting.shift() ?? "";
        messages.push(message);
        length += message.length;
      }
      await this.ask({ messages });
    }
    this.isSending = false;
  }

  /**
   * Ask the server; without an answer the socket is closed.
   * @param {{ messages?: string[], after?: number }} content
   * @returns {Promise<[number, string][] | null>}
   */
  async ask(content) {
    const body = JSON.stringify({ session: this.session, ...content });
    const headers = { "Content-Type": "application/json", "X-XSRFToken": this.xsrf };
    const keepalive = !!content.messages && body.length < LAST;
    const options = { method: "POST", body, headers, keepalive };
    const { status, text } = await answered(this.url, options, LONGEST);
    if (this.readyState === 3) return null;
    if (status === 200) return JSON.parse(text);
    // A browser breaks off what a page hears just before the page says its last words.
    await new Promise((resolve) => setTimeout(resolve));
    this.close();
    this.onclose?.();
    return null;
  }
}
