"""Does a text look as if it points to a person? A modest guess, for somebody to look at first.

The rules are in personal_data.json, which the page's script reads, too: as one types, the phone
guesses as the evaluation does later. They are regular expressions with Unicode's properties, as
JavaScript has them (ECMA-262, flag "u") and Python's `regex`; without looking behind, which older
phones do not know.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import regex


def signs(text: str) -> list[str]:
    """List what in a text may point to a person, as "long number"; empty where nothing does."""
    return list(dict.fromkeys(sign for sign, pattern in _rules() if pattern.search(text)))


@cache
def _rules() -> list[tuple[str, regex.Pattern[str]]]:
    rules = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    flags = {"": regex.UNICODE, "i": regex.IGNORECASE}
    return [(rule["sign"], regex.compile(rule["pattern"], flags[rule["flags"]])) for rule in rules]
