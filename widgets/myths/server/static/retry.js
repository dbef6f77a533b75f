// A page that could not be shown loads itself again; many wait, so each at a time of its own.

import { loadAgain } from "./again.js";

loadAgain(8000);
