"""Pseudo-locales: the English words of a content folder, made longer or made to run leftwards.

They are for tests only, and are written into a folder of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path

from myths import catalog
from myths.localization import Translations, begin_language, write

LEFTWARDS, LONGER = "ar", "fi"  # languages of that direction, and of long words
RLM = "\u200f"

_KEPT = re.compile(r"\{\w*\}|\]\([^)]*\)|<[^>]*>|https?://\S+|\S+@\S+|\w*\d[\w.,()-]*|[\W_]")
_WORD = re.compile(r"[^\W\d_]+")

Change = Callable[[str], str]


def leftwards(word: str) -> str:
    return f"{RLM}⟦{word}⟧{RLM}"


def longer(word: str) -> str:
    return word + word[: math.ceil(0.4 * len(word))].lower()


def pseudo(text: str, change: Change) -> str:
    """Change each word, and no placeholder, address, number or mark of Markdown."""
    parts, at = [], 0
    while at < len(text):
        kept = _KEPT.match(text, at)
        word = _WORD.match(text, at)
        found = kept or word
        assert found, text[at:]
        parts.append(change(found[0]) if word and not kept else found[0])
        at = found.end()
    return "".join(parts)


def add(content: Path, code: str, change: Change, *, only: Callable[[str], bool] = bool) -> None:
    """Add a pseudo-locale to a folder of content: all its files, or those that `only` wants."""
    begin_language(content, code)
    translations = Translations(content, code)
    units = [each for each in translations.units.values() if only(each.file)]
    texts = {each.id: pseudo(each.source, change) for each in units}
    for id_ in [each.id for each in units if each.place.endswith(".terms")]:
        first = texts[id_.removesuffix("terms") + "text"].split()[0]
        texts[id_] = "\n".join([first] * len(texts[id_].splitlines()))
    write(translations.changed_files(texts, {each.id: each.source for each in units}))


def reviewed(content: Path, code: str) -> None:
    """Say that somebody reviewed a language."""
    series = content / "series.yml"
    words = series.read_text("utf-8")
    told = f"{{code: {code}, status: reviewed, by: tester, date: 2026-01-31}}"
    assert f"{{code: {code}, status: draft}}" in words
    series.write_text(words.replace(f"{{code: {code}, status: draft}}", told), "utf-8")


def check(content: Path) -> list[str]:
    """Return the errors of a folder of content."""
    return [str(each) for each in catalog.check(content) if each.severity == "error"]
