// Every component by its name, for a page that shows them all.

import change from "./change.js";
import discussion from "./discussion.js";
import plans from "./plans.js";
import quickexit from "./quickexit.js";
import rating from "./rating.js";
import reading from "./reading.js";
import recall from "./recall.js";
import reflection from "./reflection.js";
import vignette from "./vignette.js";

export const components = {
  change,
  discussion,
  plans,
  quickexit,
  rating,
  reading,
  recall,
  reflection,
  vignette,
};
