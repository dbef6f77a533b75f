// The recordings of steps: captions show from the beginning, and nothing is heard that is not seen.

import "./recording.css";

const all = /** @type {NodeListOf<HTMLVideoElement>} */ (
  document.querySelectorAll(".recording video")
);

/** @param {HTMLVideoElement} [but] */
function pauseAll(but) {
  for (const each of all) if (each !== but) each.pause();
}

for (const each of all) {
  const tell = () => each.toggleAttribute("data-plays", !each.paused); // a led room waits for it
  for (const name of ["play", "pause", "ended", "emptied"]) each.addEventListener(name, tell);
  each.addEventListener("play", () => pauseAll(each));
  each.addEventListener(
    "play",
    () => {
      for (const track of each.textTracks) track.mode = "showing"; // before, it would be loaded too
    },
    { once: true },
  );
  each.closest("details")?.addEventListener("toggle", () => each.pause());
}
for (const name of ["hashchange", "myths:left", "myths:over"]) {
  addEventListener(name, () => pauseAll());
}
