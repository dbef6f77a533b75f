// How many have joined, on the page of a workshop, for as long as it is looked at.

import { here } from "./page_data.js";
import { answered } from "./request.js";

const PAUSE = 4000; // ms between two looks

const place = here("joined");

async function look() {
  const { status, text } = await answered(place.dataset.url ?? "");
  if (status === 200 && place.textContent !== text) place.textContent = text;
}

setInterval(() => document.hidden || look(), PAUSE);
document.addEventListener("visibilitychange", () => document.hidden || look());
