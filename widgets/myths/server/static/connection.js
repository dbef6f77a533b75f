// What a page says and does about its connection to the kernel: lost, back, gone; and its last words.

import { loadAgain } from "./again.js";
import { here, told } from "./page_data.js";
import { goBack, keepPlace } from "./place.js";
import { answered } from "./request.js";
import { followRoom, isBusy } from "./room.js";
import { walk } from "./steps.js";

/** @import { Kernel } from "./kernel.js" */

/**
 * @typedef {object} Front
 * @property {boolean} started
 * @property {() => void} begin for every connection until it has started
 * @property {() => Promise<boolean>} alive does the kernel still know this page's widgets?
 * @property {() => void | Promise<void>} flush send what could not be sent
 */

export const words = told("page-words");
const status = here("status");
const PAUSE = 1000; // ms, the longest before the page first loads itself again
const GLANCE = 300; // ms between two looks at whether somebody still writes
const PATIENT = 3; // tries until the page tells that it takes long
let isStarting = false; // the page is about to be loaded again

/**
 * @param {string} text
 * @param {string} state
 */
const say = (text, state = "") => {
  status.textContent = text;
  status.dataset.state = state;
};

// A tab that nobody looks at waits, for its kernel may have made way for that of another tab.
// An answer that would be lost with the page is the person's to copy (see `keeper`).
export const startAgain = () => {
  if (window.mythsLeft) return;
  if (document.hidden) {
    document.addEventListener("visibilitychange", startAgain, { once: true });
    return;
  }
  if (isStarting) return;
  if (!dispatchEvent(new Event("myths:restart", { cancelable: true }))) {
    say(words.copy_first, "stuck");
    return;
  }
  isStarting = true;
  loadAgain(PAUSE, (count) => {
    if (count < PATIENT) say(words.starting_again, "again");
    else say(words.unreachable, "stuck");
  });
};

/**
 * Go on at another server, each page at a time of its own, and once nobody writes there.
 * @param {number} seconds until this server ends
 */
const move = (seconds) => {
  const end = performance.now() + seconds * 1000;
  const go = () => {
    if (isBusy() && performance.now() < end) setTimeout(go, GLANCE);
    else startAgain();
  };
  setTimeout(go, Math.random() * seconds * 1000);
};

/** @param {Element} el */
export const failed = (el) => {
  const fault = document.createElement("p");
  fault.className = "fault";
  fault.textContent = words.section_failed;
  el.replaceChildren(fault);
};

/** Keep the answers of a page that may come back: WebKit empties forms that it is to remember nothing of. */
const keepForms = () => {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(".answers"));
  for (const form of forms) {
    form.autocomplete = "on";
    const again = () => {
      form.autocomplete = "off";
    };
    addEventListener("pageshow", again, { once: true });
  }
};

export const ready = () => {
  keepPlace();
  document.body.dataset.ready = "";
};

if (!document.getElementById("end")) {
  startAgain();
  throw new Error("the page broke off"); // so that nothing else of it runs
}
export const { id, xsrf } = told("kernel");
document.getElementById("late")?.remove(); // the script has come
walk(goBack);

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
  kernel.addEventListener("lost", async () => {
    if (!front.started) say(words.unreachable, "lost");
    else if (!navigator.onLine) say(words.lost_device, "lost");
    else {
      say(words.connection_lost, "lost");
      const answer = await answered("/healthz");
      if (answer.status >= 500 && status.dataset.state === "lost") say(words.lost_server, "lost");
    }
  });
  kernel.addEventListener("forbidden", () => say(words.no_socket, "stuck"));
  kernel.addEventListener("gone", startAgain);
  kernel.addEventListener("dead", startAgain);
  kernel.addEventListener("moving", (event) => {
    move(/** @type {CustomEvent<{ moving: number }>} */ (event).detail.moving);
  });
  kernel.addEventListener("over", () => dispatchEvent(new Event("myths:over")));
  addEventListener("myths:over", () => kernel.stop());
  followRoom(kernel);

  // An answer without a receipt may be the only sign of a wire that was cut without a word.
  document.addEventListener("myths:save", (event) => {
    const isWaiting = event instanceof CustomEvent && event.detail.state === "waiting";
    if (isWaiting && kernel.open) kernel.probe();
  });

  addEventListener("pagehide", (event) => {
    if (event.persisted) {
      keepForms();
      return; // the page may come back as it is
    }
    navigator.sendBeacon?.(`/voila/api/shutdown/${id}`, new URLSearchParams({ _xsrf: xsrf }));
  });
};
