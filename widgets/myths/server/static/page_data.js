// What the server wrote into the page.

/**
 * The element of this id; every page that loads the script has it.
 * @param {string} id
 */
export const here = (id) => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
};

/**
 * What a block of JSON in the page says.
 * @param {string} id
 */
export const told = (id) => JSON.parse(here(id).textContent ?? "");
