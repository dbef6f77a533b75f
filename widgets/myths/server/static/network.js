// Finds out what works between this phone and the server, and says so; nothing of it is kept.

import "./network.css";

import { here } from "./page_data.js";
import { answered } from "./request.js";

const PATIENCE = 8000; // ms

/** @type {Record<string, string>} */
const words = JSON.parse(here("network-words").textContent ?? "");

/**
 * @param {string} id
 * @param {"trying" | "fine" | "off"} state
 * @param {string} text
 */
function show(id, state, text) {
  const line = here(id);
  const [sign, said] = [document.createElement("span"), document.createElement("span")];
  sign.className = "sign";
  sign.ariaHidden = "true";
  said.textContent = text;
  line.replaceChildren(sign, " ", said);
  line.dataset.state = state;
  line.hidden = false;
}

async function trySaving() {
  const { status } = await answered(location.pathname, { method: "POST" }, PATIENCE);
  return status === 200;
}

/** @returns {Promise<boolean>} */
function tryLiveLine() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE, false);
    try {
      const url = new URL("/test/line", location.href);
      url.protocol = url.protocol.replace("http", "ws");
      const socket = new WebSocket(url);
      socket.onopen = () => socket.send("?");
      socket.onmessage = () => {
        resolve(true);
        socket.close();
      };
      socket.onclose = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}

async function tryAll() {
  here("by-hand").hidden = true;
  show("script", "fine", words.script);
  show("saving", "trying", words.saving_trying);
  show("live", "trying", words.live_trying);
  const saving = trySaving().then((works) => {
    const told = works ? `${words.saving} ${words.nothing_kept}` : words.saving_off;
    show("saving", works ? "fine" : "off", told);
    return works;
  });
  const live = tryLiveLine().then((works) => {
    show("live", works ? "fine" : "off", works ? words.live : words.live_off);
    return works;
  });
  const [saves, hears] = [await saving, await live];
  here("outcome").textContent = saves ? (hears ? words.fine : words.partly) : words.broken;
  here("again").hidden = false;
}

tryAll();
