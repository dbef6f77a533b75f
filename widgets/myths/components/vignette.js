import { one, showing, speaker } from "./shared.js";
import "./vignette.css";

/** @import { Marked, Place, Spoken } from "./shapes.d.ts" */

/** @param {Place<Marked & Spoken>} place */
function render(place) {
  const w = speaker(place.model);
  return showing(place, (root) => {
    const skip = one(root, ".myths-skip");
    const story = one(root, ".myths-story");
    skip.addEventListener("click", () => {
      story.hidden = !story.hidden;
      skip.textContent = w(story.hidden ? "read" : "skip");
    });
  });
}

export default { render };
