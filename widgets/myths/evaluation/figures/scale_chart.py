"""Pictures of a scale before and after: bars that lean to the side that people chose."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from myths.evaluation.disclosure.bands import Band, K, grouped
from myths.evaluation.figures.figure import (
    BLUE,
    GREY,
    ORANGE,
    PAGE,
    RED,
    SKY,
    THEME,
    TITLE,
    WIDTH,
    Figure,
    Plot,
)
from myths.evaluation.words import FIGURES, NUMBERS
from myths.vocabulary import Keyed, Kind

_FOR_LOW = (BLUE, SKY, GREY, ORANGE, RED)  # the colours of a scale whose low end fits the facts
_MIDDLE = 2  # the place of "neither" among the five answers
_SURE = 6  # on the scale from 0 to 10: more sure than not
_ROW = 34  # pixels: two lines of text in a bar
_NARROW = 0.06  # a bar of a smaller share has no room for its numbers


@dataclass(frozen=True)
class _ChartItem:
    """One question: how many people gave each of the five answers, before and later."""

    label: str
    before: Sequence[int]
    later: Sequence[int]


def before_after(
    pairs: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    keyed: str = Keyed.MYTH,
    k: int = K,
) -> Figure:
    """Draw how people rated the statements of one kind, before and later: two bars each.

    `pairs` and `codebook` are tables as `myths.pairs` and `myths.codebook` give them; only complete
    pairs are drawn, and each wording has its own bars. Neighbouring answers are put together until
    at least `k` people are in each part of a bar. Diverging bars: Heiberger and Robbins 2014,
    doi:10.18637/jss.v057.i05.
    """
    rated = pairs[(pairs["status"] == "complete") & (pairs["keyed"] == keyed)]
    items = [
        _ChartItem(label, *(_tally(rows[time] - 1) for time in ("before", "later")))
        for label, rows in _worded(rated, codebook)
    ]
    colours = _FOR_LOW[::-1] if keyed == Keyed.FACT else _FOR_LOW
    return _figure(f"before-after-{keyed}", items, colours, k)


def confidence(pairs: pd.DataFrame, codebook: pd.DataFrame, *, k: int = K) -> Figure:
    """Draw how sure people were of ratings against and with the facts, before and later.

    `pairs` and `codebook` are tables as `myths.pairs` and `myths.codebook` give them. Of each myth
    (5 points) and the confidence asked with it (0 to 10, sure from 6) only people with both pairs
    are drawn. Why the wrong and sure are told apart from those who do not know: Kuklinski et al.
    2000, doi:10.1111/0022-3816.00033.
    """
    complete = pairs[pairs["status"] == "complete"]
    sure = complete[complete["kind"] == Kind.CONFIDENCE]
    keys = ["participant", "module"]
    both = complete[complete["primary"]].merge(
        sure[[*keys, "before", "later"]], on=keys, suffixes=("", "_sure")
    )
    items = [
        _ChartItem(label, *(_certainty(rows, time) for time in ("before", "later")))
        for label, rows in _worded(both, codebook)
    ]
    return _figure("confidence", items, _FOR_LOW[::-1], k)


def _worded(pairs: pd.DataFrame, codebook: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Split pairs by the wording of the question, in the order of the codebook."""
    asked = codebook.drop_duplicates(["module", "item", "wording"])
    parts = []
    for module, wording, question in zip(
        asked["module"], asked["wording"], asked["question"], strict=True
    ):
        rows = pairs[(pairs["module"] == module) & (pairs["wording"] == wording)]
        if len(rows):
            parts.append((str(question), rows))
    return parts


def _tally(places: pd.Series[Any]) -> list[int]:
    return [int((places == place).sum()) for place in range(2 * _MIDDLE + 1)]


def _certainty(rows: pd.DataFrame, time: str) -> list[int]:
    rating, sure = rows[time] - 1, rows[f"{time}_sure"] >= _SURE
    side = (rating < _MIDDLE).astype(int) - (rating > _MIDDLE).astype(int)
    return _tally(_MIDDLE + side * (1 + sure.astype(int)))


def _figure(name: str, items: Sequence[_ChartItem], colours: Sequence[str], k: int) -> Figure:
    words, bars = FIGURES.words[name], FIGURES.words.bars
    told = [
        (item, grouped(item.before, item.later, k=k)) for item in items if sum(item.before) >= k
    ]
    parts = [_parts(item, bands, words.answers, colours) for item, bands in told]
    reach = pd.concat(parts) if parts else pd.DataFrame({"left": [-1.0], "right": [1.0]})
    domain = [reach["left"].min() - 0.01, reach["right"].max() + 0.01]
    plots = [_plot(item, part, domain) for (item, _), part in zip(told, parts, strict=True)]
    if plots:
        plots[-1] = plots[-1] + _foot(words.ends)
    sentences = [_sentence(item, bands, words.meanings) for item, bands in told]
    if len(told) < len(items):
        sentences.append(bars.left_out.format(k=k))
    return Figure(
        name=name,
        title=words.title,
        chart=alt.vconcat(*plots).configure(**THEME),
        alternative="\n".join(sentences) or bars.nobody,
        how_to_read=f"{words.how} {FIGURES.words.small.format(k=k)}",
    )


def _parts(
    item: _ChartItem,
    both: Sequence[Sequence[Band]],
    answers: Sequence[str],
    colours: Sequence[str],
) -> pd.DataFrame:
    """Lay the parts of both bars side by side, as shares, with the middle of the scale at 0."""
    parts: list[dict[str, Any]] = []
    times = FIGURES.words.times
    for time, bands in zip((times.before, times.after), both, strict=True):
        total = sum(item.before)
        sizes = [_size(band, total) / total for band in bands]
        left = -sum(size * _left_of_line(band) for size, band in zip(sizes, bands, strict=True))
        for size, band in zip(sizes, bands, strict=True):
            low, high = answers[band.low], answers[band.high]
            sign = low if low == high else NUMBERS.words.range.format(low=low, high=high)
            fill = colours[_shade(band)]
            wide = size > _NARROW
            parts.append(
                {
                    "time": time,
                    "left": left,
                    "right": left + size,
                    "centre": left + size / 2,
                    "sign": sign if wide else "",
                    "people": str(band) if wide else "",
                    "fill": fill,
                    "ink": "white" if fill == BLUE else "black",
                }
            )
            left += size
        if not bands:
            nothing = {"left": 0.0, "right": 0.0, "centre": 0.0, "sign": "", "fill": PAGE}
            parts.append(nothing | {"time": time, "people": NUMBERS.words.too_few, "ink": PAGE})
    return pd.DataFrame(parts)


def _size(band: Band, total: int) -> int:
    """How many people to draw: everybody where it is nearly all, nobody where nearly none."""
    return (total if band.many else 0) if band.count is None else band.count


def _left_of_line(band: Band) -> float:
    """How much of a part lies left of the line: half of the middle, all of what leans left."""
    lean = band.low + band.high - 2 * _MIDDLE
    return 0.5 if lean == 0 else float(lean < 0)


def _shade(band: Band) -> int:
    """The colour of the end that a part reaches; a paler one if it also holds the middle."""
    lean = band.low + band.high - 2 * _MIDDLE
    if band.low <= _MIDDLE <= band.high:
        return _MIDDLE + (lean > 0) - (lean < 0)
    return band.high if lean > 0 else band.low


def _plot(item: _ChartItem, parts: pd.DataFrame, domain: Sequence[float]) -> Plot:
    across = alt.Scale(domain=list(domain), nice=False, zero=False)
    times = FIGURES.words.times
    base = alt.Chart(parts).encode(
        y=alt.Y("time:N", sort=[times.before, times.after], title=None).axis(
            ticks=False, domain=False
        )
    )
    bars = base.mark_bar(stroke="black", strokeWidth=0.5).encode(
        x=alt.X("left:Q", scale=across, axis=None),
        x2="right:Q",
        color=alt.Color("fill:N", scale=None),
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
        width=WIDTH,
        height=2 * _ROW,
        title=alt.TitleParams(
            textwrap.wrap(item.label, TITLE),
            subtitle=FIGURES.words.people.format(n=sum(item.before)),
            fontWeight="bold",
        ),
    )


def _foot(ends: Sequence[str]) -> Plot:
    """Write under the last bars what left and right stand for."""
    sides: tuple[tuple[str, Literal["left", "right"], int], ...] = (
        (f"← {ends[0]}", "right", -6),
        (f"{ends[1]} →", "left", 6),
    )
    return alt.layer(
        *(
            alt.Chart(pd.DataFrame({"at": [0], "word": [word]}))
            .mark_text(align=align, dx=shift, baseline="top")
            .encode(x=alt.X("at:Q", axis=None), y=alt.value(2 * _ROW + 6), text="word:N")
            for word, align, shift in sides
        )
    )


def _sentence(item: _ChartItem, both: Sequence[Sequence[Band]], meanings: Sequence[str]) -> str:
    before, after = (_told(bands, meanings) for bands in both)
    return FIGURES.words.bars.sentence.format(
        question=item.label.rstrip("."), people=sum(item.before), before=before, after=after
    )


def _told(bands: Sequence[Band], meanings: Sequence[str]) -> str:
    words = FIGURES.words.bars
    parts = []
    for band in bands:
        first, last = meanings[band.low], meanings[band.high]
        if band.count is None and not band.many:
            continue
        if first == last:
            parts.append(words.answer.format(people=band, answer=first))
        else:
            parts.append(words.answers.format(people=band, first=first, last=last))
    if any(band.many for band in bands):
        few = next(band for band in bands if not band.many and band.nearly)
        parts.append(words.others.format(people=few))
    return ", ".join(parts) or words.too_small
