"""The words of the report's tables: tables.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import WordGroup, Words, having


class CodesTableWords(WordGroup):
    """Table `codes`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words]
    how: Annotated[str, having("k")]


class QuotesTableWords(WordGroup):
    """Table `quotes`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words]
    how: Annotated[str, having("k")]


class WorkshopsTableWords(WordGroup):
    """Table `workshops`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words]
    how: Words


class FarTableWords(WordGroup):
    """Table `far`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words, Words, Words]
    how: Words


class OverTableWords(WordGroup):
    """Table `over`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words]
    how: Words


class LaterTableWords(WordGroup):
    """Table `later`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words, Words]
    how: Annotated[str, having("k")]


class ReliabilityTableWords(WordGroup):
    """Table `reliability`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words, Words, Words]
    how: Words


class TimeTableWords(WordGroup):
    """Table `time`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words]
    how: Words


class OtherTableWords(WordGroup):
    """Table `other`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words]
    how: Words


class RecallTableWords(WordGroup):
    """Table `recall`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words, Words]
    how: Words


class NoFirstTableWords(WordGroup):
    """Table `no_first`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words, Words]
    how: Words


class SoftwareTableWords(WordGroup):
    """Table `software`: its caption, the heads of its columns, how to read it."""

    caption: Words
    head: tuple[Words, Words]
    how: Words


class TableWords(WordGroup):
    """What the tables of the report are called and how to read them, by their names."""

    codes: CodesTableWords
    quotes: QuotesTableWords
    workshops: WorkshopsTableWords
    far: FarTableWords
    over: OverTableWords
    later: LaterTableWords
    reliability: ReliabilityTableWords
    time: TimeTableWords
    other: OtherTableWords
    recall: RecallTableWords
    no_first: NoFirstTableWords
    software: SoftwareTableWords
