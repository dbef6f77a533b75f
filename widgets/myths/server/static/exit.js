// The quick exit, on every page and before anything else has loaded.

import { quickexit } from "./components.js";

const { words, url, leave_url, xsrf } = JSON.parse(document.getElementById("exit").textContent);
const state = { words, url, leave_url, xsrf };
quickexit.render({ model: { get: (name) => state[name] }, el: document.getElementById("exit-here") });
