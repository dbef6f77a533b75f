"""A picture of change: how far, with which interval, and what the missing could alter."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.figure import BLUE, ORANGE, THEME, TITLE, WIDTH, Figure, Plot
from myths.evaluation.words import FIGURES, NUMBERS

_ROW = 30  # pixels


def intervals(rows: Sequence[PublishedRow]) -> Figure:
    """Draw the mean change of each myth with its 95 % interval and what the missing could alter.

    Only the primary rows that have a mean are drawn.
    """
    words = FIGURES.words.intervals
    shown = [row for row in rows if row.primary and row.mean is not None]
    ends = [(0.0, row.mean or 0.0, *(row.interval or ()), *(row.bounds or ())) for row in shown]
    reach = max([1.0, *(abs(end) for each in ends for end in each)]) + 0.1
    plots = [
        _forest(row, reach, words.ends if place == len(shown) - 1 else ())
        for place, row in enumerate(shown)
    ]
    return Figure(
        name="intervals",
        title=words.title,
        chart=alt.vconcat(*plots).configure(**THEME),
        alternative="\n".join(map(_sentence, shown)) or words.none,
        how_to_read=words.how,
    )


def _forest(row: PublishedRow, reach: float, ends: Sequence[str]) -> Plot:
    low, high = row.interval or (None, None)
    worst, best = row.bounds or (None, None)
    table = pd.DataFrame(
        [{"mean": row.mean, "low": low, "high": high, "worst": worst, "best": best}]
    ).astype(float)
    axis = alt.Axis(
        tickMinStep=1,
        labelExpr="datum.value ? format(datum.value, '+d') : '0'",
        title=f"← {ends[0]}        {ends[1]} →" if ends else None,
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    base = alt.Chart(table.assign(told=mean(row)))
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
    title = alt.TitleParams(
        textwrap.wrap(row.question, TITLE),
        subtitle=FIGURES.words.people.format(n=row.n),
        fontWeight="bold",
    )
    return alt.layer(zero, bounds, line, point, number).properties(
        width=WIDTH, height=_ROW, title=title
    )


def mean(row: PublishedRow) -> str:
    """Write a mean change with its interval, or that it is a number or less, or more."""
    words = NUMBERS.words
    if row.mean is None:
        return words.not_given
    value = signed(row.mean)
    if row.end:
        return (words.or_less if row.end < 0 else words.or_more).format(value=value)
    if row.interval is None:
        return value
    low, high = map(signed, row.interval)
    return words.interval.format(value=value, low=low, high=high)


def signed(points: float) -> str:
    """Write a change in tenths of a point, as "+0.3", and no change as "0.0"."""
    return f"{points:+.1f}" if round(points, 1) else "0.0"


def _sentence(row: PublishedRow) -> str:
    words = FIGURES.words.intervals
    if row.bounds is None:
        return words.sentence.format(question=row.question, people=row.n, mean=mean(row))
    low, high = map(signed, row.bounds)
    return words.sentence_bounds.format(
        question=row.question, people=row.n, mean=mean(row), low=low, high=high
    )
