"""The words of an export's codebook: codebook.en.yml."""

from __future__ import annotations

from myths.catalog import WordGroup, Words

FiveHeads = tuple[Words, Words, Words, Words, Words]
TenHeads = tuple[Words, Words, Words, Words, Words, Words, Words, Words, Words, Words]


class CodebookWords(WordGroup):
    """The headings of the codebook, and the heads of its columns."""

    title: Words
    contents: Words
    questions: Words
    questions_head: TenHeads
    nothing: Words
    columns: Words
    columns_head: FiveHeads
