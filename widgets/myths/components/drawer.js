// What a tab keeps until it is closed. sessionStorage may be full or forbidden: then it keeps nothing.

export const drawer = {
  /**
   * @param {string} place
   * @returns {any} null where there is nothing
   */
  look(place) {
    try {
      return JSON.parse(sessionStorage.getItem(place) ?? "null");
    } catch {
      return null;
    }
  },
  /**
   * @param {string} place
   * @param {unknown} value
   */
  put(place, value) {
    try {
      sessionStorage.setItem(place, JSON.stringify(value));
    } catch {}
  },
  /** @param {string} place */
  empty(place) {
    try {
      sessionStorage.removeItem(place);
    } catch {}
  },
};
