"""The words of an export's script for R: script.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import WordGroup, Words, having


class ScriptWords(WordGroup):
    """The comments in the script."""

    makes: Words
    answers: Annotated[str, having("example")]
    factors: Annotated[str, having("declined")]
    codes: Words
    codebook: Words
    times: Words
    harmless: Words
    bytes: Words
    unordered: Words
