"""Codes as people type and paste them: one reading of the letters for every kind of code.

A phone's keyboard may write digits of its own script, or a capital of another alphabet that looks
like one of ours; a pasted code brings its link, a few words before it, or marks that nobody sees.
What could be read in two ways is not read at all. Why so: docs/decisions/0006-codes.md.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

# Letters that look like one of A to Z, from Unicode's list (UTS #39, confusables.txt), as far as
# Greek and Cyrillic keyboards have them. A small letter is here only if it looks like the same one
# as its capital does, so not the Greek nu, a capital N that looks like a small v.
_ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζικορτχАВЕЅІЈКМНОРСТУХавеѕіјкмнорстухı",
    "ABEZHIKMNOPTYXABEZIKOPTXABESIJKMHOPCTYXABESIJKMHOPCTYXI",
)
_DASHES = "−ー_.·•~"  # noqa: RUF001  beside those that Unicode calls dashes
_LINK = re.compile(r"(?:[?&]w=|/staff/)([^&#?/\s]+)")
_END = "\n"  # of what belongs together


def plain(typed: str) -> str:
    """Return every letter and digit, as capitals, or those in a link: what may be one code."""
    return "".join("".join(words) for words in phrases(typed))


def phrases(typed: str) -> list[list[str]]:
    """Return the words of what was typed, in groups that a colon or another mark keeps apart."""
    if linked := {unquote(code) for code in _LINK.findall(typed)}:
        typed = " ".join(sorted(linked))
    letters = "".join(map(_read, unicodedata.normalize("NFKD", typed).translate(_ALIKE)))
    return [words for phrase in letters.split(_END) if (words := phrase.split())]


def _read(letter: str) -> str:
    """Return what a letter stands for: a capital, a digit, a space, the end of a group, nothing."""
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if kind in ("Cf", "Mn", "Me", "Pd") or letter in _DASHES:
        return ""
    if kind[0] in "LN":  # of another alphabet too: then it is no code, and not a shorter one
        return letter.upper() if letter.isascii() else letter
    return " " if kind == "Zs" or letter == "\t" else _END
