"""The words of an export: export.en.yml."""

from __future__ import annotations

from myths.catalog import WordGroup, Words


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


class ExportWords(WordGroup):
    """What the tables and columns of an export are called."""

    declined: Words
    tables: TableTitles
    columns: ColumnTitles
