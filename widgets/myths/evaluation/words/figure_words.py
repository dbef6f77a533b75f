"""The words of the pictures: figures.en.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog import Counted, WordGroup, Words, having

FivePoints = tuple[Words, Words, Words, Words, Words]


class TimeNames(WordGroup):
    """Section `times`."""

    before: Words
    after: Words
    both: Words


class BarWords(WordGroup):
    """Section `bars`: what the bars of a scale show, in sentences."""

    sentence: Annotated[str, having("question", "people", "before", "after")]
    answer: Annotated[str, having("people", "answer")]
    answers: Annotated[str, having("people", "first", "last")]
    others: Annotated[str, having("people")]
    too_small: Words
    nobody: Words


class ScaleChartWords(WordGroup):
    """A picture of answers before and after.

    The ends of its scale, the answers, their meanings, and what parts are called that hold the
    middle answer and those to its left, to its right, or to both sides.
    """

    title: Words
    ends: tuple[Words, Words]
    answers: FivePoints
    meanings: FivePoints
    across: tuple[Words, Words, Words]
    how: Words


class StepWords(WordGroup):
    """Section `steps`."""

    joined: Annotated[str, having("people")]
    before: Annotated[str, having("people")]
    complete: Annotated[str, having("people")]
    followup: Annotated[str, having("people")]


class DropoutReasonWords(WordGroup):
    """Section `reasons`."""

    silent: Words
    declined: Words


class NotAskedWords(WordGroup):
    """Section `others`."""

    before: Words
    complete: Words
    followup: Words


class FlowChartWords(WordGroup):
    """Section `attrition`."""

    title: Words
    title_modules: Words
    series: Words
    steps: StepWords
    left: Annotated[str, having("people")]
    reasons: DropoutReasonWords
    mostly: Annotated[str, having("reason")]
    several: Words
    others: NotAskedWords
    not_asked: Words
    sentence: Annotated[str, having("title", "steps")]
    none: Annotated[str, having("k")]
    how: Annotated[str, having("k", "top")]
    how_modules: Annotated[str, having("k", "top")]


class IntervalChartWords(WordGroup):
    """Section `intervals`."""

    title: Words
    sentence: Annotated[str, having("question", "people", "mean")]
    sentence_bounds: Annotated[str, having("question", "people", "mean", "low", "high")]
    none: Words
    ends: tuple[Words, Words]
    how: Words


class SummaryChartWords(WordGroup):
    """Section `summary`."""

    title: Words
    sentence: Annotated[str, having("name", "mean")]
    how: Words


class FigureWords(WordGroup):
    """What the pictures are called, what they show in sentences, and how to read them."""

    how_to_read: Words
    in_words: Annotated[str, having("title")]
    people: Counted
    asked_in: Annotated[str, having("language", "question")]
    asked_as: Annotated[str, having("meaning", "language", "question")]
    times: TimeNames
    bars: BarWords
    merged: Words
    small: Annotated[str, having("k")]
    before_after_myth: Annotated[ScaleChartWords, Field(alias="before-after-myth")]
    before_after_fact: Annotated[ScaleChartWords, Field(alias="before-after-fact")]
    before_after_overcorrection: Annotated[
        ScaleChartWords, Field(alias="before-after-overcorrection")
    ]
    confidence: ScaleChartWords
    attrition: FlowChartWords
    intervals: IntervalChartWords
    summary: SummaryChartWords
    as_before: Annotated[str, having("title")]
