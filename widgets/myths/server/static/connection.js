// What a page says and does about its connection to the kernel: lost, back, gone; and its last words.

import { here, told } from "./page_data.js";
import { keepPlace } from "./place.js";

/** @import { Kernel } from "./kernel.js" */

/**
 * @typedef {object} Front
 * @property {boolean} started
 * @property {() => void} begin for every connection until it has started
 * @property {() => Promise<boolean>} alive does the kernel still know this page's widgets?
 * @property {() => void | Promise<void>} flush send what could not be sent
 */

export const words = told("page-words");
export const { id, xsrf } = told("kernel");
const status = here("status");
const RELOADS = "reloads"; // in sessionStorage: when this tab reloaded by itself

/**
 * @param {string} text
 * @param {string} state
 */
const say = (text, state = "") => {
  status.textContent = text;
  status.dataset.state = state;
};

/** @returns {number[]} */
const reloads = () => JSON.parse(sessionStorage.getItem(RELOADS) ?? "[]");

// Thirty browsers at once: spread the reloads. Three in a minute, then ask the person.
// A tab that nobody looks at waits, for its kernel may have made way for that of another tab.
export const startAgain = () => {
  if (document.hidden) {
    document.addEventListener("visibilitychange", startAgain, { once: true });
    return;
  }
  const recent = reloads().filter((at) => Date.now() - at < 60000);
  if (recent.length >= 3) {
    say(words.stuck, "stuck");
    return;
  }
  say(words.starting_again, "again");
  setTimeout(
    () => {
      sessionStorage.setItem(RELOADS, JSON.stringify([...recent, Date.now()]));
      location.reload();
    },
    Math.random() * 1000 * (recent.length + 1),
  );
};

/** @param {Element} el */
export const failed = (el) => {
  const fault = document.createElement("p");
  fault.className = "fault";
  fault.textContent = words.section_failed;
  el.replaceChildren(fault);
};

export const ready = () => {
  document.getElementById("loading")?.remove();
  keepPlace();
  document.body.dataset.ready = "";
};

/**
 * Follow what happens to the kernel, for the page's front end.
 * @param {Kernel} kernel
 * @param {Front} front
 */
export const connect = (kernel, front) => {
  kernel.addEventListener("open", async () => {
    if (front.started) {
      if (!(await front.alive())) {
        startAgain();
        return;
      }
      await front.flush();
      dispatchEvent(new Event("myths:online"));
    } else {
      front.begin();
    }
    if (!status.textContent) return;
    say(words.connection_back, "back");
    setTimeout(() => {
      if (status.dataset.state === "back") say("");
    }, 10000);
  });
  kernel.addEventListener("lost", () => say(words.connection_lost, "lost"));
  kernel.addEventListener("gone", startAgain);
  kernel.addEventListener("dead", startAgain);

  // An answer without a receipt may be the only sign of a wire that was cut without a word.
  document.addEventListener("myths:save", (event) => {
    const isWaiting = event instanceof CustomEvent && event.detail.state === "waiting";
    if (isWaiting && kernel.open) kernel.probe();
  });

  addEventListener("pagehide", (event) => {
    if (event.persisted) return; // the page may come back as it is
    navigator.sendBeacon(`/voila/api/shutdown/${id}`, new URLSearchParams({ _xsrf: xsrf }));
  });
};
