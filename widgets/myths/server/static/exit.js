// The quick exit, on every page and before anything else has loaded; and the end of a visit, which
// all its tabs in this browser hear: each then shows nothing, keeps nothing, and says so.

import quickexit from "../../components/quickexit.js";
import { here, told } from "./page_data.js";

// What a phone folds must know this with the first paint; `:target` says it when all of the page has come.
if (location.hash === "#all") document.body.dataset.all = "";

const state = told("exit");
quickexit.render({ model: { get: (name) => state[name] }, el: here("exit-here") });

const forget = () => {
  try {
    sessionStorage.clear();
  } catch {} // a browser without it keeps nothing
};

const empty = () => {
  window.mythsLeft = true;
  forget();
  const said = document.createElement("p");
  said.setAttribute("role", "alert");
  said.textContent = state.over;
  const way = document.createElement("a");
  way.href = "/";
  way.textContent = state.again;
  here("main").replaceChildren(said, way);
  document.getElementById("status")?.replaceChildren();
};

const tabs = "BroadcastChannel" in window ? new BroadcastChannel(state.leave_url) : undefined;
addEventListener("myths:left", () => tabs?.postMessage("left"));
if (state.inside) {
  tabs?.addEventListener("message", () => dispatchEvent(new Event("myths:over")));
  addEventListener("myths:over", () => {
    empty();
    document.addEventListener("DOMContentLoaded", empty); // the rest of the page may yet come
  });
}
if (state.left) {
  forget();
  tabs?.postMessage("left");
}
