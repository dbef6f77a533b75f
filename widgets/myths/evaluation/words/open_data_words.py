"""The words of open data: open_data.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import WordGroup, Words, having


class OpenDataStepWords(WordGroup):
    """Section `done`: what is left out, so that nobody is found."""

    heading: Words
    gone: Words
    groups: Annotated[str, having("k")]
    language: Annotated[str, having("k")]
    parts: Annotated[str, having("k")]
    alike: Words
    wordings: Annotated[str, having("k")]
    declined: Words
    kept: Annotated[str, having("share")]


class OpenDataPromiseWords(WordGroup):
    """Section `promise`."""

    heading: Words
    known: Annotated[str, having("smallest", "alone")]
    alike: Words
    subtracted: Annotated[str, having("k")]


class OpenDataLimitWords(WordGroup):
    """Section `limits`: what is not promised."""

    heading: Words
    unique: Annotated[str, having("unique", "rows", "share")]
    two: Annotated[str, having("share")]
    together: Words
    counts: Annotated[str, having("k")]


class OpenDataUseWords(WordGroup):
    """Section `use`."""

    heading: Words
    people: Words
    change: Words
    missing: Words
    languages: Words


class OpenDataFileWords(WordGroup):
    """Section `files`."""

    heading: Words
    people: Words
    questions: Words
    codebook: Words
    package: Words
    manifest: Words


class RepositoryWords(WordGroup):
    """Section `repository`."""

    heading: Words
    form: Words


class OpenDataColumnTitles(WordGroup):
    """Section `columns`: those that no other export has."""

    row: Words
    group: Words
    country: Words


class FactWords(WordGroup):
    """Section `facts`: what 0 and 1 mean in a question about the facts."""

    wrong: Words
    right: Words


class OpenDataTableTitles(WordGroup):
    """Section `tables`."""

    people: Words
    questions: Words


class OpenDataNoteWords(WordGroup):
    """Section `notes`: what only who makes the release is told."""

    consent: Words
    read: Words
    early: Annotated[str, having("workshop", "day")]
    again: Annotated[str, having("workshop")]
    kept: Annotated[str, having("rows", "people", "share")]
    known: Annotated[str, having("smallest", "alone")]
    unique: Annotated[str, having("unique", "rows")]


class OpenDataWords(WordGroup):
    """What a release of rows says of itself."""

    title: Annotated[str, having("title")]
    what: Words
    who: Annotated[str, having("years", "rows", "questions")]
    made_up: Words
    done: OpenDataStepWords
    promise: OpenDataPromiseWords
    limits: OpenDataLimitWords
    use: OpenDataUseWords
    files: OpenDataFileWords
    repository: RepositoryWords
    columns: OpenDataColumnTitles
    facts: FactWords
    tables: OpenDataTableTitles
    notes: OpenDataNoteWords
