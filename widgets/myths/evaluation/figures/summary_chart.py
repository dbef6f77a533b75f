"""The one picture of the first page: how far people moved on each myth, a line each."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.change_chart import mean
from myths.evaluation.figures.figure import BLUE, ORANGE, THEME, WIDTH, Figure
from myths.evaluation.words import EvaluationWords, filled, joined

_ROW = 34  # pixels, for a name in two lines
_NAME = 20  # letters in a line of a name
_SIDE = 140  # pixels for names


def summary(rows: Sequence[PublishedRow], words: EvaluationWords) -> Figure:
    """Draw the mean change of each row that has one, with its 95 % interval, by its question.

    The rows are those of the report, with a name in place of the question.
    """
    says = words.figures
    shown = [row for row in rows if row.mean is not None]
    return Figure(
        name="summary",
        title=says.summary.title,
        draw=lambda: _chart(shown, words),
        alternative=joined(
            "\n",
            (
                filled(says.summary.sentence, name=row.question, mean=mean(row, words))
                for row in shown
            ),
        ),
        how_to_read=says.summary.how,
        language=words.language,
    )


def _chart(rows: Sequence[PublishedRow], words: EvaluationWords) -> alt.LayerChart:
    says = words.figures
    table = pd.DataFrame(
        {
            "name": "\n".join(textwrap.wrap(row.question, _NAME)),
            "mean": row.mean,
            "low": (row.interval or (row.mean, row.mean))[0],
            "high": (row.interval or (row.mean, row.mean))[1],
            "told": mean(row, words),
        }
        for row in rows
    )
    reach = max([1.0, *table[["low", "high"]].abs().to_numpy().ravel()]) + 0.1
    left, right = says.intervals.ends
    names = alt.Y("name:N", sort=None, title=None).axis(
        labelExpr="split(datum.label, '\\n')", labelLimit=_SIDE, ticks=False, domain=False
    )
    across = alt.X("mean:Q", scale=alt.Scale(domain=[-reach, reach], nice=False)).axis(
        tickMinStep=1,
        labelExpr="datum.value ? format(datum.value, '+d') : '0'",
        title=[f"← {left}", f"{right} →"],
    )
    base = alt.Chart(table).encode(y=names)
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule().encode(x="at:Q")
    line = base.mark_rule(strokeWidth=5, color=BLUE).encode(x=alt.X("low:Q"), x2="high:Q")
    point = base.mark_point(
        shape="diamond", filled=True, size=110, opacity=1, color=ORANGE, stroke="black"
    ).encode(x=across)
    number = base.mark_text(dy=-11, fontSize=11).encode(x=across, text="told:N")
    chart: alt.LayerChart = (
        alt.layer(zero, line, point, number)
        .properties(width=WIDTH - _SIDE, height=_ROW * len(table))
        .configure(**THEME)
    )
    return chart
