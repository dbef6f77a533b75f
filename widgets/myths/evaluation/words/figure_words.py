"""The words of the pictures: figures.en.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog import WordGroup, Words, having

FivePoints = tuple[Words, Words, Words, Words, Words]


class ScaleChartWords(WordGroup):
    """A picture of answers before and after: the ends of its scale, the answers, their meanings."""

    title: Words
    ends: tuple[Words, Words]
    answers: FivePoints
    meanings: FivePoints
    how: Words


class StepWords(WordGroup):
    """Section `steps`."""

    joined: Words
    before: Words
    complete: Words
    followup: Words


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
    left: Words
    reasons: DropoutReasonWords
    mostly: Annotated[str, having("reason")]
    several: Words
    others: NotAskedWords
    not_asked: Words
    none: Annotated[str, having("k")]
    how: Annotated[str, having("k", "top")]
    how_modules: Annotated[str, having("k", "top")]


class MedianChartWords(WordGroup):
    """Section `medians`."""

    title: Words
    none: Annotated[str, having("k")]
    how: Words


class IntervalChartWords(WordGroup):
    """Section `intervals`."""

    title: Words
    none: Words
    ends: tuple[Words, Words]
    how: Words


class FigureWords(WordGroup):
    """What the pictures are called and how to read them."""

    small: Annotated[str, having("k")]
    before_after_myth: Annotated[ScaleChartWords, Field(alias="before-after-myth")]
    before_after_fact: Annotated[ScaleChartWords, Field(alias="before-after-fact")]
    before_after_overcorrection: Annotated[
        ScaleChartWords, Field(alias="before-after-overcorrection")
    ]
    confidence: ScaleChartWords
    attrition: FlowChartWords
    medians: MedianChartWords
    intervals: IntervalChartWords
