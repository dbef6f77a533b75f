// Every component, for a page that shows them all.

export { default as change } from "./change.js";
export { default as discussion } from "./discussion.js";
export { default as plans } from "./plans.js";
export { default as quickexit } from "./quickexit.js";
export { default as rating } from "./rating.js";
export { default as reading } from "./reading.js";
export { default as recall } from "./recall.js";
export { default as reflection } from "./reflection.js";
export { default as vignette } from "./vignette.js";
