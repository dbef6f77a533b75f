// Where a led room is: the page follows its trainer, and takes nobody away from what they write or watch. Whoever
// went elsewhere on their own is told where the room is, and goes there or stays.

import { clockTime, secondsUntil } from "../../components/clock.js";
import { drawer } from "../../components/drawer.js";
import { h, keepSight, questionsHere, speaker } from "../../components/shared.js";
import { asked, groupResults, groupTexts } from "./group_results.js";
import { here, told } from "./page_data.js";
import { present } from "./steps.js";

/**
 * @typedef {object} Room where a room is, as the hub tells it
 * @property {number} version
 * @property {"own" | "together" | "module"} pace
 * @property {string} page
 * @property {string} step
 * @property {"" | "look-up" | "break"} curtain
 * @property {{ page: string, phase: string, items: string[], state: string } | null} vote
 * @property {number | null} left seconds of a countdown
 * @property {Record<string, import("./group_results.js").GroupResult>} results by "page/item"
 * @property {string[]} wall texts that the trainer shows
 */

const SEEN = "myths:room"; // where the room was when this tab heard of it last
const STAYING = "myths:staying";

const words = told("room-words");
const w = speaker({ get: () => words });
/** @type {Record<string, string>} */
const heads = { "look-up": words.look_up, break: words.pause };
const line = here("room");
const main = here("main");
const page = location.pathname.split("/").pop() ?? "";
/** @type {Room | undefined} */
let room;
/** @type {number | undefined} */
let clock;
let ends = 0; // on this page's own clock, ms
let isLeaving = false; // for the page where the room is, which is told itself where the room goes meanwhile
let lifted = ""; // the curtain that somebody lifted for themselves
/** @type {HTMLElement | null} */
let covered = null; // what had the focus below the curtain

/** Whether somebody writes, watches a recording, or has written what is not saved yet. */
export function isBusy() {
  const active = document.activeElement;
  const isText = active instanceof HTMLTextAreaElement || active?.matches("input[type=text]");
  const states = questionsHere().map(({ dataset }) => dataset.mythsState ?? "");
  if (isText || document.querySelector("[data-plays]")) return true;
  return states.some((state) => ["saving", "waiting", "newer"].includes(state));
}

/** The part's link in the menu; a part that is not there cannot be gone to. */
const door = (/** @type {string} */ slug) => document.querySelector(`[data-part="${slug}"]`);

/** @param {Room} now */
function isThere(now) {
  if (now.page !== page) return false;
  return now.pace === "module" || !document.getElementById(now.step) || present().id === now.step;
}

/** @param {Room} now */
const name = (now) =>
  (now.page === page && document.getElementById(now.step)?.dataset.title) ||
  (door(now.page)?.querySelector("span")?.textContent ?? "");

/** @param {Room} now */
function go(now) {
  drawer.put(STAYING, false);
  isLeaving = now.page !== page;
  if (isLeaving) location.assign(`/m/${now.page}${now.step ? `#${now.step}` : ""}`);
  else if (now.step) location.hash = now.step;
}

/**
 * Say something below the header, with what one can do about it.
 * @param {string} text
 * @param {...HTMLButtonElement} acts
 */
function say(text, ...acts) {
  const said = /** @type {HTMLElement} */ (line.firstElementChild);
  if (said.textContent !== text) said.textContent = text;
  line.replaceChildren(said, ...acts);
  line.hidden = !text && !ends;
  if (ends) line.append(time());
}

/** @param {string} text @param {() => void} act */
const button = (text, act) => h("button", { type: "button", onclick: act }, text);

/** @param {Room} now */
function invite(now) {
  const stay = () => {
    drawer.put(STAYING, true);
    say(w("elsewhere", { place: name(now) }), onward);
    main.focus();
  };
  const onward = button(words.go, () => go(now));
  const isStaying = now.pace !== "together" || drawer.look(STAYING);
  say(
    w("elsewhere", { place: name(now) }),
    onward,
    ...(isStaying ? [] : [button(words.stay, stay)]),
  );
}

/** @param {Room} now @param {boolean} isNew */
function follow(now, isNew) {
  if (now.pace === "own" || !door(now.page)) say("");
  else if (isThere(now)) {
    drawer.put(STAYING, false);
    say(now.vote?.page === page ? (words[`vote_${now.vote.state}`] ?? "") : "");
  } else if (isNew && !drawer.look(STAYING) && !isBusy()) go(now);
  else invite(now);
}

/** What is left of the countdown. */
function time() {
  const left = secondsUntil(ends);
  return h("b", { role: "timer" }, left ? clockTime(left) : words.time_up);
}

/** @param {number | null} left */
function count(left) {
  clearInterval(clock);
  ends = left == null ? 0 : performance.now() + left * 1000;
  if (!ends) return;
  clock = setInterval(() => {
    line.querySelector("[role=timer]")?.replaceWith(time());
    if (performance.now() > ends) clearInterval(clock);
  }, 1000);
}

/** @param {Room} now */
function cover(now) {
  const curtain = now.curtain;
  if (!curtain) lifted = "";
  const isDown = curtain && lifted !== curtain && !isBusy();
  const old = document.getElementById("curtain");
  if (!isDown) {
    if (old) uncover(old);
    return;
  }
  const lift = () => {
    lifted = curtain;
    cover(now);
  };
  const heading = h("h2", { tabindex: "-1" }, heads[curtain]);
  const sheet = h(
    "section",
    { id: "curtain", "aria-label": heads[curtain] },
    heading,
    h("p", {}, words.curtain),
    button(words.lift, lift),
  );
  if (old) old.replaceWith(sheet);
  else {
    covered = /** @type {HTMLElement | null} */ (document.activeElement);
    main.before(sheet);
  }
  main.inert = true;
  heading.focus({ preventScroll: true });
}

/** @param {HTMLElement} curtain */
function uncover(curtain) {
  curtain.remove();
  main.inert = false;
  const back = covered?.isConnected && covered !== document.body ? covered : main;
  back.focus({ preventScroll: true });
}

/**
 * Show what the room answered at the top of the step where it was asked, and its texts where the room is.
 * @param {Room} now
 */
function showResults(now) {
  for (const old of document.querySelectorAll(".step .group")) old.remove();
  if (now.page !== page) return;
  const here = document.getElementById(now.step) ?? document.querySelector("main > .step");
  /** @type {(step: Element | null | undefined, shown: HTMLElement) => void} */
  const put = (step, shown) => {
    const title = step?.querySelector(".step-title");
    if (title) title.after(shown);
    else step?.querySelector("form")?.prepend(shown);
  };
  if (now.wall.length) put(here, groupTexts(now.wall, w));
  for (const [name, result] of Object.entries(now.results).reverse())
    put(asked(name)?.closest(".step") ?? here, groupResults(name, result, w));
}

/**
 * Follow the room.
 * @param {import("./kernel.js").Kernel} kernel
 */
export function followRoom(kernel) {
  kernel.addEventListener("room", (event) => {
    const now = /** @type {CustomEvent<Room>} */ (event).detail;
    if (isLeaving || (room && room.version > now.version)) return; // a text that was taken back is no new version
    room = now;
    const place = `${now.pace} ${now.page} ${now.pace === "together" ? now.step : ""}`;
    const isNew = drawer.look(SEEN) !== place;
    drawer.put(SEEN, place);
    count(now.left);
    cover(now);
    keepSight(() => showResults(now));
    follow(now, isNew);
  });
  addEventListener("hashchange", () => room && follow(room, false));
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
}
