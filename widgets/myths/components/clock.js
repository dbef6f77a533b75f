// A countdown on the page's own clock.

/** @param {number} ends ms, as performance.now() */
export const secondsUntil = (ends) => Math.max(0, Math.ceil((ends - performance.now()) / 1000));

/**
 * Seconds as 4:05.
 * @param {number} seconds
 */
export const clockTime = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
