// Does a text look as if it points to a person? A modest guess, made here and sent nowhere.

import rules from "../personal_data.json" with { type: "json" }; // Python reads them, too

const RULES = rules.map(({ sign, pattern, flags }) => ({
  sign,
  has: new RegExp(pattern, `u${flags}`),
}));

/**
 * What in a text may point to a person, as "long number"; empty where nothing does.
 * @param {string} text
 */
export const signs = (text) => [
  ...new Set(RULES.filter(({ has }) => has.test(text)).map(({ sign }) => sign)),
];
