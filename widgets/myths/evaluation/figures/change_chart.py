"""Pictures of change: from where to where, and how far with which interval."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from myths.evaluation.disclosure.bands import K
from myths.evaluation.disclosure.thresholds import shown_rows
from myths.evaluation.figures.figure import (
    BLUE,
    ORANGE,
    PAGE,
    THEME,
    TITLE,
    WIDTH,
    Figure,
    Plot,
    rows_of,
)
from myths.evaluation.words import FIGURES, NUMBERS

_ROW = 26  # pixels
_SPACE = 92  # pixels for names or numbers beside a plot
_NAME = 10  # pixels that a name reaches over its mark, away from the other one


def medians(change: pd.DataFrame, codebook: pd.DataFrame, *, k: int = K) -> Figure:
    """Draw the median rating of each myth before and after, joined by a line (a dumbbell).

    `change` and `codebook` are tables as `myths.change` and `myths.codebook` give them; a row for
    all people of a wording is drawn if it has at least `k` complete pairs.
    """
    words = FIGURES.words.medians
    rows = in_order(shown_rows(change[change["primary"]], k=k), codebook)
    rows = rows[~rows["part"]]
    plots = [_dumbbell(row, last=place == len(rows) - 1) for place, row in enumerate(rows_of(rows))]
    sentences = [
        words.sentence.format(
            question=row.label,
            people=row.n,
            before=f"{row.median_before:g}",
            after=f"{row.median_later:g}",
        )
        for row in rows_of(rows)
    ]
    return Figure(
        name="medians",
        title=words.title,
        chart=alt.vconcat(*plots).configure(**THEME),
        alternative="\n".join(sentences) or words.none.format(k=k),
        how_to_read=words.how,
    )


def intervals(change: pd.DataFrame, codebook: pd.DataFrame, *, k: int = K) -> Figure:
    """Draw the mean change of each myth with its 95 % interval and what the missing could alter.

    `change` and `codebook` are tables as `myths.change` and `myths.codebook` give them; a row, for
    all people or one workshop, is drawn if it has at least 10 complete pairs. A workshop is left
    out if the answers or the mean of too few people could be worked out from the others.
    """
    words = FIGURES.words.intervals
    rows = in_order(shown_rows(change[change["primary"]], k=k), codebook)
    rows = rows[rows["mean_change"].notna()]
    panels = [part for _, part in rows.groupby(["module", "wording"], observed=True, sort=False)]
    ends = rows[["mean_worst_case", "mean_best_case", "mean_low", "mean_high", "mean_change"]]
    reach = max(ends.abs().max().max() if len(rows) else 0, 1) + 0.1
    plots = [
        _forest(part, reach, words.ends if place == len(panels) - 1 else ())
        for place, part in enumerate(panels)
    ]
    return Figure(
        name="intervals",
        title=words.title,
        chart=alt.vconcat(*plots).configure(**THEME),
        alternative="\n".join(map(_interval_sentence, panels)) or words.none,
        how_to_read=words.how,
    )


def in_order(rows: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Sort rows of `change` as the codebook is, and give each the words of its question."""
    asked = codebook.drop_duplicates(["module", "item", "wording"])
    keys = list(zip(asked["module"], asked["item"], asked["wording"], strict=True))
    words = dict(zip(keys, asked["question"].astype("str").str.rstrip("."), strict=True))
    found = list(zip(rows["module"], rows["item"], rows["wording"], strict=True))
    places = [keys.index(key) if key in words else len(keys) for key in found]
    labels = [words.get(key, key[0]) for key in found]
    return rows.assign(place=places, label=labels).sort_values("place", kind="stable")


def _title(label: str, people: int) -> alt.TitleParams:
    return alt.TitleParams(
        textwrap.wrap(label, TITLE),
        subtitle=FIGURES.words.people.format(n=people),
        fontWeight="bold",
    )


def _dumbbell(row: Any, *, last: bool) -> Plot:
    times = FIGURES.words.times
    names = [times.before, times.after, times.both]
    ends = [(float(row.median_before), times.before), (float(row.median_later), times.after)]
    if ends[0][0] == ends[1][0]:
        ends = [(ends[0][0], times.both)]
    points = pd.DataFrame(ends, columns=["at", "time"])
    axis = alt.Axis(
        values=[1, 2, 3, 4, 5],
        title=FIGURES.words.medians.scale if last else None,
    )
    across = alt.X("at:Q", scale=alt.Scale(domain=[1, 5], padding=34), axis=axis)
    base = alt.Chart(points).encode(x=across, y=alt.value(_ROW))
    line = base.mark_line(color=PAGE, strokeWidth=3)
    marks = base.mark_point(filled=True, size=130, opacity=1, stroke="black").encode(
        shape=alt.Shape("time:N", legend=None).scale(
            domain=names, range=["circle", "diamond", "square"]
        ),
        color=alt.Color("time:N", legend=None).scale(domain=names, range=[ORANGE, BLUE, BLUE]),
    )
    low, high = min(points["at"]), max(points["at"])
    sides: list[tuple[float, Literal["left", "center", "right"], int]] = [(low, "center", 0)]
    if low != high:
        sides = [(low, "right", _NAME), (high, "left", -_NAME)]
    named = [
        base.transform_filter(alt.datum.at == at)
        .mark_text(dy=-14, align=align, dx=shift)
        .encode(text="time:N")
        for at, align, shift in sides
    ]
    return alt.layer(line, marks, *named).properties(
        width=WIDTH, height=_ROW + 12, title=_title(row.label, row.n)
    )


def _forest(rows: pd.DataFrame, reach: float, ends: Sequence[str]) -> Plot:
    whole = rows[~rows["part"]]
    table = pd.DataFrame(
        {
            "who": [FIGURES.words.intervals.all if not part else code for part, code in _who(rows)],
            "mean": rows["mean_change"].astype(float),
            "low": rows["mean_low"].astype(float),
            "high": rows["mean_high"].astype(float),
            "worst": rows["mean_worst_case"].astype(float),
            "best": rows["mean_best_case"].astype(float),
            "told": [told(row) for row in rows.itertuples()],
        }
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    axis = alt.Axis(
        tickMinStep=1,
        labelExpr="datum.value ? format(datum.value, '+d') : '0'",
        title=f"← {ends[0]}        {ends[1]} →" if ends else None,
    )
    base = alt.Chart(table).encode(
        y=alt.Y("who:N", sort=None, title=None).axis(
            ticks=False, domain=False, minExtent=_SPACE - 22
        )
    )
    across = alt.X("mean:Q", scale=scale, axis=axis)
    missing = base.transform_filter("isValid(datum.worst)")
    bounds = missing.mark_rule(strokeDash=[2, 2]).encode(x=alt.X("worst:Q", axis=axis), x2="best:Q")
    known = base.transform_filter("isValid(datum.low)")
    lines = known.mark_rule(strokeWidth=5, color=BLUE).encode(
        x=alt.X("low:Q", axis=axis), x2="high:Q"
    )
    points = base.mark_point(
        shape="diamond", filled=True, size=110, opacity=1, color=ORANGE, stroke="black"
    ).encode(x=across)
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule().encode(x=alt.X("at:Q", axis=axis))
    numbers = base.mark_text(dy=-11, fontSize=11).encode(x=across, text="told:N")
    people = int(whole["n"].iloc[0]) if len(whole) else int(rows["n"].sum())
    return alt.layer(zero, bounds, lines, points, numbers).properties(
        width=WIDTH - _SPACE,
        height=(_ROW + 4) * len(rows),
        title=_title(rows["label"].iloc[0], people),
    )


def _who(rows: pd.DataFrame) -> list[tuple[bool, str]]:
    return list(zip(rows["part"], rows["workshop"].astype("str"), strict=True))


def told(row: Any) -> str:
    """Write a mean change with its interval; no decimals where nearly all changed alike."""
    words = NUMBERS.words
    if pd.isna(row.mean_change):
        return words.not_given
    if row.alike:
        return words.about.format(value=f"{row.mean_change:+.0f}")
    mean, low, high = (f"{each:+.1f}" for each in (row.mean_change, row.mean_low, row.mean_high))
    return mean if pd.isna(row.mean_low) else words.interval.format(value=mean, low=low, high=high)


def _interval_sentence(rows: pd.DataFrame) -> str:
    words = FIGURES.words.intervals
    parts = "; ".join(map(_row_words, rows_of(rows)))
    return words.sentence.format(question=rows["label"].iloc[0], rows=parts)


def _row_words(row: Any) -> str:
    words = FIGURES.words.intervals
    who = str(row.workshop) if row.part else words.all_people
    mean = told(row)
    if pd.isna(row.mean_worst_case):
        return words.row.format(who=who, people=row.n, mean=mean)
    low, high = (f"{each:+.1f}" for each in sorted((row.mean_worst_case, row.mean_best_case)))
    return words.row_bounds.format(who=who, people=row.n, mean=mean, low=low, high=high)
