"""A picture of how people came and left: a stream from joining to the follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from myths.evaluation.data.dropout import REASONS, STEPS
from myths.evaluation.disclosure.people_steps import PeopleSteps
from myths.evaluation.figures.figure import (
    BLUE,
    ORANGE,
    SKY,
    WIDTH,
    Figure,
    Plot,
    rows_of,
    stacked,
)
from myths.evaluation.words import EvaluationWords, filled, joined
from myths.evaluation.words.figure_words import FlowChartWords

_STREAM = 110  # pixels of the widest stream
_NODE = 17  # pixels of a step
_LINE = 13  # pixels of a line of words between two steps
_LEAST = 30  # pixels from one step to the next
_ASIDE = 26  # pixels that a branch goes to the right
_TEXT = _STREAM + _ASIDE + 8  # the place of the words beside a branch
_CURVE = np.linspace(0, 1, 13)
_USUAL = PeopleSteps()


def people_left(
    leaving: pd.DataFrame,
    words: EvaluationWords,
    titles: Mapping[str, str] | None = None,
    *,
    name: str = "attrition",
    widest: int = 0,
    steps: PeopleSteps = _USUAL,
) -> Figure:
    """Draw how people came, stayed and left, a stream for each row.

    `leaving` has rows as `evaluation.data.dropout.leaving` gives them; `titles` names modules for
    people, and "" is the series. `widest` is how many people the widest stream stands for, if that
    is in another picture. All numbers are told, and drawn, in `steps`, so that nobody can work out
    from two of them how many left where few did. A row of fewer than k people is left out.
    """
    says = words.figures.attrition
    shown = [row for row in rows_of(leaving) if row.joined >= steps.k]
    named = [(titles or {}).get(row.module, row.module) or says.series for row in shown]
    scale = _STREAM / steps.middle(max([widest, *(row.joined for row in shown)]))

    def draw() -> alt.VConcatChart:
        plots = [
            _plot(row, words, title, scale, steps) for row, title in zip(shown, named, strict=True)
        ]
        return stacked(plots)

    sentences = [
        _sentence(row, words, title, steps) for row, title in zip(shown, named, strict=True)
    ]
    return Figure(
        name=name,
        title=says["title" if name == "attrition" else "title_modules"],
        draw=draw,
        alternative=joined("\n", sentences) or says.none.format(k=steps.k),
        how_to_read=says["how" if name == "attrition" else "how_modules"].format(
            k=steps.k, top=2 * steps.k - 1
        ),
        language=words.language,
    )


def _steps(row: Any) -> list[tuple[str, int]]:
    """Return the steps that people were asked at, each with how many were there."""
    steps = STEPS if row.asked_back else STEPS[:-1]
    return [(step, getattr(row, step)) for step in steps]


def _losses(
    row: Any, words: EvaluationWords, steps: PeopleSteps
) -> list[tuple[str, float, list[str]]]:
    """Return for each step how many to draw of those who did not come to it, and the words on them.

    Both go by the steps alone: how many pairs there are is told exactly elsewhere.
    """
    says = words.figures.attrition
    losses = []
    for (_, before), (step, people) in pairwise(_steps(row)):
        gone = [says.left.format(people=steps.lost(before, people, words))]
        if steps.least_lost(before, people) > 1:  # then more than k have left
            why = {each: getattr(row, f"{step}_{each}") for each in REASONS}
            gone.append(_reason(step, why, says))
        drawn = steps.middle(before) - steps.middle(people)
        losses.append((step, drawn or steps.middle(0), gone))
    return losses


def _reason(step: str, why: Mapping[str, int], says: FlowChartWords) -> str:
    """Return the name of the reason that at least two of three had, if there is one."""
    names = {**says.reasons.flat(), "other": says.others[step]}
    most = max(why, key=lambda reason: why[reason])
    clear = 3 * why[most] >= 2 * sum(why.values())
    return says.mostly.format(reason=names[most]) if clear else says.several


def _sentence(row: Any, words: EvaluationWords, title: str, steps: PeopleSteps) -> str:
    says = words.figures.attrition
    parts = [says.steps.joined.format(people=steps.told(row.joined, words))]
    for step, _, gone in _losses(row, words, steps):
        there = steps.told(getattr(row, step), words)
        parts += [", ".join(gone), says.steps[step].format(people=there)]
    if not row.asked_back:
        parts.append(says.not_asked)
    return filled(says.sentence, title=title, steps="; ".join(parts))


def _plot(row: Any, words: EvaluationWords, title: str, scale: float, steps: PeopleSteps) -> Plot:
    nodes, told = _laid_out(row, words, scale, steps)
    height = nodes["bottom"].iloc[-1]
    kept = pd.DataFrame(
        {
            "left": 0.0,
            "right": nodes["right"].to_numpy()[1:],
            "top": nodes["bottom"].to_numpy()[:-1],
            "bottom": nodes["top"].to_numpy()[1:],
        }
    )
    across = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))
    down = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    box = {"x": across, "x2": "right:Q", "y": down, "y2": "bottom:Q"}
    text = {"x": alt.X("right:Q", axis=None), "y": alt.Y("top:Q", axis=None), "text": "label:N"}
    return alt.layer(
        alt.Chart(kept).mark_rect(color=SKY).encode(**box),
        alt.Chart(_branches(nodes, told))
        .mark_area(color=ORANGE, orient="horizontal", stroke="black", strokeWidth=0.5)
        .encode(x=across, x2="right:Q", y=down, detail="step:N"),
        alt.Chart(nodes).mark_rect(color=BLUE, stroke="black", strokeWidth=0.5).encode(**box),
        alt.Chart(nodes)
        .mark_text(align="left", dx=6, dy=_NODE / 2, fontWeight="bold")
        .encode(**text),
        alt.Chart(told).mark_text(align="left", lineBreak="\n", fontSize=11).encode(**text),
    ).properties(width=WIDTH, height=height, title=str(title))


def _laid_out(
    row: Any, words: EvaluationWords, scale: float, steps: PeopleSteps
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Place the steps from the top down, and the words on those who left between two of them."""
    nodes, told, y = [], [], 0.0
    losses = {step: (drawn, lines) for step, drawn, lines in _losses(row, words, steps)}
    for step, people in _steps(row):
        if step in losses:
            drawn, lines = losses[step]
            gap = max(_LEAST, 8 + _LINE * len(lines))
            told.append(
                {
                    "right": float(_TEXT),
                    "top": y + (gap - _LINE * (len(lines) - 1)) / 2,
                    "label": "\n".join(lines),
                    "step": step,
                    "gap": gap,
                    "wide": drawn * scale,
                }
            )
            y += gap
        there = steps.told(people, words)
        label = words.figures.attrition.steps[step].format(people=there)
        right = steps.middle(people) * scale
        nodes.append({"left": 0.0, "right": right, "top": y, "bottom": y + _NODE, "label": label})
        y += _NODE
    return pd.DataFrame(nodes), pd.DataFrame(told)


def _branches(steps: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Bend a branch from the stream to its right for those who left after each step."""
    bend = _CURVE**2 * (3 - 2 * _CURVE) * _ASIDE
    parts = []
    for above, gone in zip(rows_of(steps), rows_of(told), strict=False):
        down = above.bottom + _CURVE * gone.gap * 0.75
        left = max(above.right - gone.wide, 0)
        place = {"step": gone.step, "top": down, "left": left + bend, "right": above.right + bend}
        parts.append(pd.DataFrame(place))
    return pd.concat(parts)
