// Brings a page to life: connects it to its kernel, puts the widgets in place, tells the truth
// about the connection, and starts again when the kernel is gone.

import { Kernel } from "./kernel.js";
import { Models } from "./models.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read("page-words");
const { id, xsrf } = read("kernel");
const status = document.getElementById("status");
const RELOADS = "reloads"; // in sessionStorage: when this tab reloaded by itself

const say = (text, state = "") => {
  status.textContent = text;
  status.dataset.state = state;
};

// Thirty browsers at once: spread the reloads. Three in a minute, then ask the person.
const startAgain = () => {
  const recent = JSON.parse(sessionStorage.getItem(RELOADS) ?? "[]").filter((at) => Date.now() - at < 60000);
  if (recent.length >= 3) return say(words.stuck, "stuck");
  say(words.starting_again, "again");
  setTimeout(() => {
    sessionStorage.setItem(RELOADS, JSON.stringify([...recent, Date.now()]));
    location.reload();
  }, Math.random() * 1000 * (recent.length + 1));
};

const kernel = new Kernel(id);
const models = new Models(kernel);

let started = false;
const start = async () => {
  await models.load();
  started = true;
  for (const el of document.querySelectorAll(".view")) {
    await models.mount(el.dataset.model, el).catch((error) => {
      console.error(error);
      const fault = el.appendChild(document.createElement("p"));
      fault.className = "fault";
      fault.textContent = words.section_failed;
    });
  }
  document.getElementById("loading").remove();
  document.body.dataset.ready = "";
};

kernel.addEventListener("open", async () => {
  if (!started) return start();
  if (!(await models.alive())) return startAgain();
  models.flush();
  dispatchEvent(new Event("myths:online"));
  if (!status.textContent) return;
  say(words.connection_back, "back");
  setTimeout(() => status.dataset.state === "back" && say(""), 10000);
});
kernel.addEventListener("lost", () => say(words.connection_lost, "lost"));
kernel.addEventListener("gone", startAgain);
kernel.addEventListener("dead", startAgain);

// An answer without a receipt may be the only sign of a wire that was cut without a word.
document.addEventListener("myths:save", ({ detail }) => {
  if (detail.state === "waiting" && kernel.open) kernel.probe();
});

addEventListener("pagehide", (event) => {
  if (event.persisted) return; // the page may come back as it is
  navigator.sendBeacon(`/voila/api/shutdown/${id}`, new URLSearchParams({ _xsrf: xsrf }));
});
