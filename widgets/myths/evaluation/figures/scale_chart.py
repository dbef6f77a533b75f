"""Pictures of a scale before and after: bars that lean to the side that people chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from myths.evaluation.disclosure.bands import Band, K
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.figure import (
    BLUE,
    GREY,
    ORANGE,
    PAGE,
    PALE,
    RED,
    SKY,
    WIDTH,
    Figure,
    Plot,
    question_above,
    stacked,
)
from myths.evaluation.words import EvaluationWords, filled, joined
from myths.evaluation.words.figure_words import ScaleChartWords
from myths.vocabulary import Keyed

_FOR_LOW = (BLUE, SKY, GREY, ORANGE, RED)  # the colours of a scale whose low end fits the facts
_UNSURE = (ORANGE, ORANGE, GREY, SKY, BLUE)  # the colours of confidence
_MIDDLE = 2  # the place of "neither" among the five answers
_ROW = 34  # pixels: two lines of text in a bar
_NARROW = 0.06  # a bar of a smaller share has no room for its numbers
_LETTER = 5  # pixels
_WIDE_LETTER = 8  # pixels, so that words fit in wide fonts, too
_NUMBER = re.compile(r"\d+")
_SOLID, _DASHED = [1, 0], [4, 2]  # the edges of bars


def before_after(
    rows: Sequence[PublishedRow], words: EvaluationWords, *, keyed: str = Keyed.MYTH, k: int = K
) -> Figure:
    """Draw how people rated the statements of one kind, before and later: two bars each.

    Only rows of that kind are drawn. Diverging bars: Heiberger and Robbins 2014,
    doi:10.18637/jss.v057.i05. A part that holds the middle answer and others lies across the line,
    for nobody can tell how much of it is on which side.
    """
    colours = _FOR_LOW[::-1] if keyed == Keyed.FACT else _FOR_LOW
    shown = [row for row in rows if row.keyed == keyed]
    return _figure(f"before-after-{keyed}", shown, words, colours, k)


def confidence(rows: Sequence[PublishedRow], words: EvaluationWords, *, k: int = K) -> Figure:
    """Draw how sure people were of their ratings, before and later: two bars for each question."""
    return _figure("confidence", [row for row in rows if not row.keyed], words, _UNSURE, k)


def _figure(
    name: str,
    rows: Sequence[PublishedRow],
    words: EvaluationWords,
    colours: Sequence[str],
    k: int,
) -> Figure:
    says, scale = words.figures, words.figures[name]

    def draw() -> alt.VConcatChart:
        parts = [_parts(row, words, scale, colours) for row in rows]
        reach = pd.concat(parts) if parts else pd.DataFrame({"left": [-1.0], "right": [1.0]})
        domain = [reach["left"].min() - 0.01, reach["right"].max() + 0.01]
        plots = [_plot(row, words, part, domain) for row, part in zip(rows, parts, strict=True)]
        if plots:
            plots[-1] = plots[-1] + _foot(scale.ends, domain)
        return stacked(plots)

    return Figure(
        name=name,
        title=scale.title,
        draw=draw,
        alternative=joined("\n", (_sentence(row, words, scale) for row in rows))
        or says.bars.nobody,
        how_to_read=f"{scale.how} {says.merged} {says.small.format(k=k)}",
        language=words.language,
    )


def _parts(
    row: PublishedRow, words: EvaluationWords, scale: ScaleChartWords, colours: Sequence[str]
) -> pd.DataFrame:
    """Lay the parts of both bars side by side, as shares, with the middle of the scale at 0."""
    parts: list[dict[str, Any]] = []
    times = words.figures.times
    for time, bands in ((times.before, row.before), (times.after, row.later)):
        sizes = [_size(band, row.n) / row.n for band in bands]
        left = -sum(size * _left_of_line(band) for size, band in zip(sizes, bands, strict=True))
        for size, band in zip(sizes, bands, strict=True):
            fill = colours[_shade(band)] if not _merged(band) else PALE
            wide = size > _NARROW
            parts.append(
                {
                    "time": time,
                    "left": left,
                    "right": left + size,
                    "centre": left + size / 2,
                    "sign": _sign(band, words, scale, size) if wide else "",
                    "people": band.told(words) if wide else "",
                    "fill": fill,
                    "edge": _DASHED if _merged(band) else _SOLID,
                    "ink": "white" if fill == BLUE else "black",
                }
            )
            left += size
        if not bands:
            nothing = {"left": 0.0, "right": 0.0, "centre": 0.0, "sign": "", "fill": PAGE}
            nothing |= {"time": time, "edge": _SOLID, "ink": PAGE}
            parts.append(nothing | {"people": words.numbers.too_few})
    return pd.DataFrame(parts)


def _merged(band: Band) -> bool:
    """Return whether a part holds the middle answer and others, so that its side is not known."""
    return band.low <= _MIDDLE <= band.high and band.low < band.high


def _sign(band: Band, words: EvaluationWords, scale: ScaleChartWords, size: float) -> str:
    """Write which answers a part is; in words across the line, if there is room for them."""
    low, high = scale.answers[band.low], scale.answers[band.high]
    if _merged(band) and size * WIDTH / 2 > _LETTER * len(across := _across(band, scale)):
        return across
    if low == high:
        return low
    first, last = _NUMBER.findall(low)[0], _NUMBER.findall(high)[-1]
    return words.numbers.range.format(low=first, high=last)


def _across(band: Band, scale: ScaleChartWords) -> str:
    """Name a part that lies across the line."""
    left, right, both = scale.across
    return both if band.low < _MIDDLE < band.high else left if band.low < _MIDDLE else right


def _size(band: Band, total: int) -> int:
    """How many people to draw: everybody where it is nearly all, nobody where nearly none."""
    return (total if band.many else 0) if band.count is None else band.count


def _left_of_line(band: Band) -> float:
    """How much of a part lies left of the line: half of what holds the middle, all or nothing."""
    return 0.5 if band.low <= _MIDDLE <= band.high else float(band.high < _MIDDLE)


def _shade(band: Band) -> int:
    """The colour of the end that a part reaches."""
    return band.high if band.low >= _MIDDLE else band.low


def _plot(
    row: PublishedRow, words: EvaluationWords, parts: pd.DataFrame, domain: Sequence[float]
) -> Plot:
    across = alt.Scale(domain=list(domain), nice=False, zero=False)
    times = words.figures.times
    base = alt.Chart(parts).encode(
        y=alt.Y("time:N", sort=[times.before, times.after], title=None).axis(
            ticks=False, domain=False
        )
    )
    bars = base.mark_bar(stroke="black", strokeWidth=0.7).encode(
        x=alt.X("left:Q", scale=across, axis=None),
        x2="right:Q",
        color=alt.Color("fill:N", scale=None),
        strokeDash=alt.StrokeDash("edge:N", scale=None),
    )
    text = {"x": alt.X("centre:Q", axis=None), "color": alt.Color("ink:N", scale=None)}
    signs = base.mark_text(dy=-7, fontSize=11).encode(text="sign:N", **text)
    people = base.mark_text(dy=7, fontWeight="bold").encode(text="people:N", **text)
    line = (
        alt.Chart(pd.DataFrame({"at": [0]}))
        .mark_rule(strokeDash=[3, 2])
        .encode(x=alt.X("at:Q", axis=None))
    )
    return alt.layer(line, bars, signs, people).properties(
        width=WIDTH, height=2 * _ROW, title=question_above(row, words)
    )


def _foot(ends: Sequence[str], domain: Sequence[float]) -> Plot:
    """Write under the last bars what left and right of the line stand for.

    Where the line is near an edge of the picture, the words stand as far away as they need.
    """
    low, high = f"← {ends[0]}", f"{ends[1]} →"
    line = -WIDTH * domain[0] / (domain[1] - domain[0])
    needed = _WIDE_LETTER * len(low)
    start = min(max(line + 6, needed + 12), WIDTH - _WIDE_LETTER * len(high))
    end = min(max(line - 6, needed), start - 12)
    sides: tuple[tuple[str, Literal["left", "right"], float], ...] = (
        (low, "right", end - line),
        (high, "left", start - line),
    )
    return alt.layer(
        *(
            alt.Chart(pd.DataFrame({"at": [0], "word": [word]}))
            .mark_text(align=align, dx=shift, baseline="top")
            .encode(x=alt.X("at:Q", axis=None), y=alt.value(2 * _ROW + 6), text="word:N")
            for word, align, shift in sides
        )
    )


def _sentence(row: PublishedRow, words: EvaluationWords, scale: ScaleChartWords) -> str:
    return filled(
        words.figures.bars.sentence,
        question=row.asked(words),
        people=words.figures.people.of(row.n),
        before=_told(row.before, words, scale),
        after=_told(row.later, words, scale),
    )


def _told(bands: Sequence[Band], words: EvaluationWords, scale: ScaleChartWords) -> str:
    says = words.figures.bars
    parts = []
    for band in bands:
        first, last = scale.meanings[band.low], scale.meanings[band.high]
        people = band.told(words)
        if band.count is None and not band.many:
            continue
        if first == last:
            parts.append(says.answer.format(people=people, answer=first))
        elif _merged(band):
            parts.append(says.answer.format(people=people, answer=_across(band, scale)))
        else:
            parts.append(says.answers.format(people=people, first=first, last=last))
    if any(band.many for band in bands):
        few = next(band for band in bands if not band.many and band.nearly)
        parts.append(says.others.format(people=few.told(words)))
    return ", ".join(parts) or says.too_small
