"""A picture of change: how far, with which interval, and what the missing could alter."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.figure import (
    BLUE,
    ORANGE,
    WIDTH,
    Figure,
    Plot,
    question_above,
    stacked,
)
from myths.evaluation.words import EvaluationWords, filled, joined

_ROW = 30  # pixels


def intervals(rows: Sequence[PublishedRow], words: EvaluationWords) -> Figure:
    """Draw the mean change of each myth with its 95 % interval and what the missing could alter.

    Only the primary rows that have a mean are drawn.
    """
    says = words.figures.intervals
    shown = [row for row in rows if row.primary and row.mean is not None]
    ends = [(0.0, row.mean or 0.0, *(row.interval or ()), *(row.bounds or ())) for row in shown]
    reach = max([1.0, *(abs(end) for each in ends for end in each)]) + 0.1

    def draw() -> alt.VConcatChart:
        plots = [
            _forest(row, words, reach, says.ends if place == len(shown) - 1 else ())
            for place, row in enumerate(shown)
        ]
        return stacked(plots)

    return Figure(
        name="intervals",
        title=says.title,
        draw=draw,
        alternative=joined("\n", (_sentence(row, words) for row in shown)) or says.none,
        how_to_read=says.how,
        language=words.language,
    )


def _forest(row: PublishedRow, words: EvaluationWords, reach: float, ends: Sequence[str]) -> Plot:
    low, high = row.interval or (None, None)
    worst, best = row.bounds or (None, None)
    table = pd.DataFrame(
        [{"mean": row.mean, "low": low, "high": high, "worst": worst, "best": best}]
    ).astype(float)
    axis = alt.Axis(
        tickMinStep=1,
        labelExpr="datum.value ? format(datum.value, '+d') : '0'",
        title=f"← {ends[0]}\u2003\u2003{ends[1]} →" if ends else None,
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    base = alt.Chart(table.assign(told=mean(row, words)))
    across = alt.X("mean:Q", scale=scale, axis=axis)
    missing = base.transform_filter("isValid(datum.worst)")
    bounds = missing.mark_rule(strokeDash=[2, 2]).encode(x=alt.X("worst:Q", axis=axis), x2="best:Q")
    known = base.transform_filter("isValid(datum.low)")
    line = known.mark_rule(strokeWidth=5, color=BLUE).encode(
        x=alt.X("low:Q", axis=axis), x2="high:Q"
    )
    point = base.mark_point(
        shape="diamond", filled=True, size=110, opacity=1, color=ORANGE, stroke="black"
    ).encode(x=across)
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule().encode(x=alt.X("at:Q", axis=axis))
    number = base.mark_text(dy=-11, fontSize=11).encode(x=across, text="told:N")
    return alt.layer(zero, bounds, line, point, number).properties(
        width=WIDTH, height=_ROW, title=question_above(row, words)
    )


def mean(row: PublishedRow, words: EvaluationWords) -> str:
    """Write a mean change with its interval, or that it is a number or less, or more."""
    says = words.numbers
    if row.mean is None:
        return says.not_given
    value = words.signed(row.mean)
    if row.end:
        return (says.or_less if row.end < 0 else says.or_more).format(value=value)
    if row.interval is None:
        return value
    low, high = map(words.signed, row.interval)
    return says.interval.format(value=value, low=low, high=high)


def _sentence(row: PublishedRow, words: EvaluationWords) -> str:
    says, people = words.figures.intervals, words.figures.people.of(row.n)
    question, told = row.asked(words), mean(row, words)
    if row.bounds is None:
        return filled(says.sentence, question=question, people=people, mean=told)
    low, high = map(words.signed, row.bounds)
    return filled(
        says.sentence_bounds, question=question, people=people, mean=told, low=low, high=high
    )
