"""Look for English in what is in another language: any words of the evaluation's English files."""

from __future__ import annotations

import re
from functools import cache

import yaml
from myths.evaluation import WORD_FILES


def leaves(value: object) -> list[str]:
    """List all words in a file's value."""
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in leaves(each)]
    return [leaf for each in value for leaf in leaves(each)] if isinstance(value, list) else [value]


@cache
def told_in(language: str) -> frozenset[str]:
    """What the files say in a language, cut at placeholders and line breaks."""
    files = [file for file in WORD_FILES if file.language == language]
    texts = [leaf for f in files for leaf in leaves(yaml.safe_load(f.path.read_text("utf-8")))]
    parts = [part for text in texts for part in re.split(r"\{\w+\}|\n", text)]
    return frozenset(" ".join(part.split()) for part in parts)


def english_in(text: str, language: str) -> list[str]:
    """List the English words, two or more at once, that are in a text in another language."""
    plain = " ".join(text.split())
    foreign = (part for part in told_in("en") - told_in(language) if " " in part)
    return sorted(part for part in foreign if part in plain)


def english_among(labels: set[str], language: str) -> list[str]:
    """List which labels are English, also those of one word."""
    return sorted(labels & (told_in("en") - told_in(language)))
