"""Does a text look as if it points to a person? A modest guess, for a human to look at first."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLES = (
    r"[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Pp]rof|[Jj]udge|[Oo]fficer|Herrn?|Frau|Richter(?:in)?|Madame|"
    r"Monsieur|Mme|Señora?|Signora?|Pani?"
)
_SIGNS = {
    "e-mail address": re.compile(r"\S@\S+\.\S"),
    "web address": re.compile(r"(?:https?://|www\.)\S|(?<!\S)@\w{2}"),
    "long number": re.compile(r"(?<!\d)[+0]\d(?:[\s()/.-]*\d){5}|\d(?:[\s.-]?\d){6}"),
    "street": re.compile(
        r"\w(?:straße|strasse|str\.|gasse|allee|platz|weg|straat|gatan)\s*\d"
        r"|\d\s+(?:\w+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court)\b"
        r"|\b(?:rue|via|calle|rua|ulica|ul\.)\s+[\w .]+,?\s*\d",
        re.IGNORECASE,
    ),
    "postcode": re.compile(r"(?<!\d)\d{4,5}\s+[^\W\d_a-z]\w|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"),
    "name": re.compile(rf"\b(?:{_TITLES})\.?\s+(?=[^\W\d_])(?-i:[^a-zß-öø-ÿ\W\d_])"),
}
_WITHIN = re.compile(r"(?<=[\w,;:] )(?!I\b)[^\W\d_]\w*")  # a word that begins no sentence


def signs(text: str, *, language: str = "en") -> list[str]:
    """List what in a text may point to a person, as "long number"; empty where nothing does.

    Where only names and first words have capitals, every other capital counts as a name; in German
    it does not. In a script without capitals a name cannot be guessed, and that is said.
    """
    return list(dict.fromkeys(_found(text, language)))


def _found(text: str, language: str) -> Iterator[str]:
    for sign, pattern in _SIGNS.items():
        if pattern.search(text):
            yield sign
    if not language.startswith("de") and any(w[0].isupper() for w in _WITHIN.findall(text)):
        yield "name"
    if any(c.isalpha() and not c.isupper() and not c.islower() for c in text):
        yield "script without capitals"
