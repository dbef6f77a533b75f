"""The words of an export: export.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import Counted, WordGroup, Words, having


class TableTitles(WordGroup):
    """Section `tables`."""

    answers: Words
    participants: Words
    wide: Words
    codebook: Words
    variables: Words
    variables_with_codes: Words
    values: Words
    codes: Words
    definitions: Words


class ColumnTitles(WordGroup):
    """Section `columns`."""

    workshop: Words
    participant: Words
    module: Words
    item: Words
    phase: Words
    kind: Words
    value: Words
    text: Words
    declined: Words
    declined_in_wide: Words
    language: Words
    wording: Words
    audience: Words
    rehearsal: Words
    answered_at: Words
    reader: Words
    mode: Words
    consent: Words
    joined_at: Words
    keyed: Words
    phases: Words
    question: Words
    labels: Words
    minimum: Words
    maximum: Words
    correct: Words
    answers: Words
    coder: Words
    role: Words
    code: Words
    version: Words
    name: Words
    start: Words
    end: Words
    passage: Words
    changed: Words
    definition: Words
    include: Words
    exclude: Words
    table: Words
    column: Words
    type: Words
    label: Words
    spss: Words
    stata: Words


class ModeWords(WordGroup):
    """Section `modes`: how answers came in; one key a `Mode`."""

    page: Words
    paper: Words


class PhaseNames(WordGroup):
    """Section `phases`: when a question was asked; one key a `Phase`."""

    before: Words
    after: Words
    retrospective: Words
    followup: Words


class BooleanWords(WordGroup):
    """Section `booleans`: what the numbers 0 and 1 mean in SPSS and Stata."""

    false: Words
    true: Words


class ExportNoteWords(WordGroup):
    """Section `notes`: what there is to know about the files."""

    rehearsals: Words
    no_answers: Annotated[str, having("people")]
    unfinished: Words
    later: Words
    two_sheets: Annotated[str, having("name")]
    escaped: Annotated[str, having("cells")]
    cut_cells: Annotated[str, having("cells")]
    unspoken: Annotated[str, having("language")]
    two_variables: Annotated[str, having("column", "file", "name")]


class ExportWords(WordGroup):
    """What an export says of itself, and what its tables and columns are called."""

    title: Words
    as_of: Annotated[str, having("time")]
    declined: Words
    several: Words
    wordings: Counted
    phases: PhaseNames
    first: Words
    last: Words
    own_answer: Annotated[str, having("declined", "answers", "wide", "column")]
    apostrophe: Words
    sheet: Words
    cut: Words
    booleans: BooleanWords
    notes: ExportNoteWords
    tables: TableTitles
    modes: ModeWords
    columns: ColumnTitles
