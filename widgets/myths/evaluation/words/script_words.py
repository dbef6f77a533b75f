"""The words of an export's scripts for R: script.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import WordGroup, Words, having


class ScriptWords(WordGroup):
    """The comments in the scripts."""

    makes: Words
    answers: Annotated[str, having("example")]
    factors: Annotated[str, having("declined")]
    codes: Words
    codebook: Words
    times: Words
    harmless: Words
    bytes: Words
    unordered: Words
    model: Words
    assumes: Words
    same: Words
    worded: Words
    nodes: Words
    likely: Words
    few: Words
