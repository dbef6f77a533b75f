"""The words of an export's README.md: read_me.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import WordGroup, Words, having


class ReadMeHoldsWords(WordGroup):
    """Section `holds`."""

    heading: Words
    numbers: Annotated[str, having("answers", "texts", "people", "workshops")]
    texts: Words
    traces: Words
    private: Words


class ReadMeFirstWords(WordGroup):
    """Section `first`."""

    heading: Words
    people: Words
    withdrawn: Words
    texts: Words
    change: Words
    wordings: Words


class ReadMeTablesWords(WordGroup):
    """Section `tables`."""

    heading: Words
    table: Annotated[str, having("name", "title", "rows")]


class ReadMeCodesWords(WordGroup):
    """Section `codes`."""

    heading: Words
    codes: Words
    definitions: Words
    coders: Words


class ReadMeDeclinedWords(WordGroup):
    """Section `declined`."""

    what: Words
    answers: Words
    wide: Words
    spss: Words
    stata: Words
    r: Words


class ReadMeFilesWords(WordGroup):
    """Section `files`."""

    heading: Words
    csv: Words
    parquet: Words
    excel: Words
    spss: Annotated[str, having("tables")]
    tables: Annotated[str, having("first", "last")]
    stata: Words
    r: Words
    model: Words
    codebook: Words


class ReadMeNotesWords(WordGroup):
    """Section `notes`."""

    heading: Words
    none: Words


class ReadMeWords(WordGroup):
    """The paragraphs and items of the text to read first."""

    manifest: Words
    holds: ReadMeHoldsWords
    first: ReadMeFirstWords
    tables: ReadMeTablesWords
    codes: ReadMeCodesWords
    declined: ReadMeDeclinedWords
    files: ReadMeFilesWords
    notes: ReadMeNotesWords
