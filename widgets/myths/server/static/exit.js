// The quick exit, on every page and before anything else has loaded.

import { components } from "./quickexit.js";

const { words, url, leave_url, xsrf } = JSON.parse(document.getElementById("exit").textContent);
const state = { words, url, leave_url, xsrf };
components.quickexit.render({ model: { get: (name) => state[name] }, el: document.getElementById("exit-here") });
