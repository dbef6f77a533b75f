// What a page says and does about its connection to the kernel: lost, back, gone; and its last words.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
export const words = read("page-words");
export const { id, xsrf } = read("kernel");
const status = document.getElementById("status");
const RELOADS = "reloads"; // in sessionStorage: when this tab reloaded by itself

const say = (text, state = "") => {
  status.textContent = text;
  status.dataset.state = state;
};

// Thirty browsers at once: spread the reloads. Three in a minute, then ask the person.
export const startAgain = () => {
  const recent = JSON.parse(sessionStorage.getItem(RELOADS) ?? "[]").filter((at) => Date.now() - at < 60000);
  if (recent.length >= 3) return say(words.stuck, "stuck");
  say(words.starting_again, "again");
  setTimeout(() => {
    sessionStorage.setItem(RELOADS, JSON.stringify([...recent, Date.now()]));
    location.reload();
  }, Math.random() * 1000 * (recent.length + 1));
};

export const failed = (el) => {
  const fault = document.createElement("p");
  fault.className = "fault";
  fault.textContent = words.section_failed;
  el.replaceChildren(fault);
};

export const ready = () => {
  document.getElementById("loading")?.remove();
  document.body.dataset.ready = "";
};

// `front` has `started`; `begin()`, for every connection until then; `alive()`, does the kernel
// still know this page's widgets?; and `flush()`, to send what could not be sent.
export const connect = (kernel, front) => {
  kernel.addEventListener("open", async () => {
    if (front.started) {
      if (!(await front.alive())) return startAgain();
      await front.flush();
      dispatchEvent(new Event("myths:online"));
    } else {
      front.begin();
    }
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
};
