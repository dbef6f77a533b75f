// Does a text look as if it points to a person?

/**
 * A modest guess, made here and sent nowhere: an e-mail address, a long number such as a
 * telephone's, a street with a house number, a postcode with a town, or a title with a name. Two
 * capitals in a row are no sign: German has many.
 */
const PERSONAL = [
  /\S@\S+\.\S/,
  /(^|\D)(\+|0)\d([\s()/.-]*\d){5}/,
  /\d([\s-]?\d){8}/,
  /\p{L}(straße|strasse|str\.|gasse|allee|platz|weg|straat|gatan)\s*\d/iu,
  /\d\s+(\p{Lu}\p{L}+\s+)+(Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court)(?!\p{L})/u,
  /(^|[^\p{L}])(rue|via|calle|rua|ulica|ul\.)\s+[\p{L} .]+,?\s*\d/iu,
  /(^|\D)\d{5}\s+\p{Lu}\p{Ll}/u,
  /(^|[^\p{L}])([Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Pp]rof|[Jj]udge|[Oo]fficer|Herrn?|Frau|Richter(in)?|Madame|Monsieur|Mme|Señora?|Signora?|Pani?)\.?\s+\p{Lu}/u,
];

/** @param {string} text */
export const looksPersonal = (text) => PERSONAL.some((pattern) => pattern.test(text));
