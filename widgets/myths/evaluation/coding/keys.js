// The keys of the desk: a digit gives a code, a letter does what its button does.

const DIGIT = /^(?:Digit|Numpad)(\d)$/;

/**
 * Let keys act within the desk, except where somebody is `typing`.
 * @param {HTMLElement} root
 * @param {object} does
 * @param {Record<string, (() => void) | undefined>} does.press by the key
 * @param {(digit: number) => (() => void) | undefined} does.code what a digit from 1 to 9 does
 * @param {(target: EventTarget | null) => boolean} does.typing
 * @param {(target: EventTarget | null) => boolean} does.leave end what was begun, if anything
 * @param {Record<string, (() => void) | undefined>} does.arrow
 * @param {HTMLElement} does.box where the arrows move the caret
 */
export function keysOf(root, { press, code, typing, leave, arrow, box }) {
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === "Escape" && leave(target)) {
      event.preventDefault();
      return;
    }
    if (typing(target) || target instanceof HTMLSelectElement) return;
    const digit = /^\d$/.test(key) ? key : event.shiftKey ? null : DIGIT.exec(event.code)?.[1];
    const moves = target !== box ? arrow[key] : undefined;
    const act = Number(digit) ? code(Number(digit)) : (press[digit ?? key] ?? moves);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
