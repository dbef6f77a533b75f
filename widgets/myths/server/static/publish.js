// While a draft is checked, its page follows how far that is, and then shows what came of it.

import "./publish.css";

import { here } from "./page_data.js";
import { answered } from "./request.js";

const PAUSE = 1000; // ms

async function follow() {
  const { status, text } = await answered(location.pathname);
  const page = new DOMParser().parseFromString(text, "text/html");
  const progress = page.getElementById("progress");
  if (progress) here("progress").replaceChildren(...progress.childNodes);
  else if (status) location.reload();
  if (progress || !status) setTimeout(follow, PAUSE);
}

setTimeout(follow, PAUSE);
