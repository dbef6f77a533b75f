"""Two sections on how the questions did: how well they go together, and how long they took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.paradata import SECTIONS
from myths.evaluation.disclosure.bands import stepped
from myths.evaluation.figures.figure import rows_of
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import language, table, words
from myths.evaluation.stats.ranks import Floats
from myths.evaluation.stats.reliability import (
    ALPHA_FROM,
    COMPOSITES,
    coefficients,
    feldt,
    scores,
)
from myths.evaluation.words import NUMBERS
from myths.vocabulary import SeriesPage

_ENDS = (0.0, 0.9)  # beyond these a coefficient is told as lower or higher, and no more


def reliability(found: Findings) -> list[Block]:
    """Return how well the statements of one kind go together, or why that is not told."""
    says = words().reliability
    heading = HeadingBlock(words().headings.reliability)
    rows, refused = [], []
    for name, row in _composites(found):
        if isinstance(row, str):
            refused.append(f"{name}. {says.reasons[row].format(people=ALPHA_FROM)}")
        else:
            people = stepped(int(row.n), k=found.k)
            rows.append([name, row.k, people, _alpha(row, found.k), _tenth(row.omega)])
    if not rows and not refused:
        return [heading, ParagraphBlock(says.none)]
    return [
        heading,
        ParagraphBlock(says.what),
        *table("reliability", rows),
        *([ParagraphBlock(says.refused)] if refused else []),
        *map(ParagraphBlock, refused),
    ]


def _composites(found: Findings) -> Iterator[tuple[str, Any]]:
    """Yield each composite of each language: its row, or the name of the reason against it."""
    for code in found.languages:
        pairs = found.pairs[found.pairs["language"] == code]
        for composite in COMPOSITES if pairs["participant"].nunique() >= found.k else ():
            name = f"{words().reliability.names[composite]} ({language(code)})"
            yield name, _composite(pairs, composite, found.k)


def _composite(pairs: pd.DataFrame, composite: str, k: int) -> Any:
    try:
        (row,) = rows_of(coefficients(pairs, composite))
    except EvaluationError:
        try:
            coefficients(pairs, composite, pool_wordings=True)
        except EvaluationError:
            return "modules"
        return "wordings"
    if row.n < ALPHA_FROM:
        return "few"
    named = pairs["module"].astype("str") + "." + pairs["item"].astype("str")
    given = scores(pairs.assign(name=named, value=pairs["before"]), row.items.split(", "))
    sums = given.sum(axis=1)
    alike = any(_alike(answers, k) for answers in (*given.T, sums))
    return "alike" if alike else row


def _alike(answers: Floats, k: int) -> bool:
    """Return whether fewer than k people answered otherwise than the others."""
    return len(answers) - int(np.unique(answers, return_counts=True)[1].max()) < k


def _alpha(row: Any, k: int) -> str:
    """Write an alpha in tenths, with the interval that such a tenth has of the fewest people."""
    told = _tenth(row.alpha)
    if not _within(row.alpha):
        return told
    ends = feldt(round(row.alpha, 1), int(row.n) - int(row.n) % k, int(row.k))
    low, high = (f"{end:.1f}" for end in ends)
    return NUMBERS.words.interval.format(value=told, low=low, high=high)


def _tenth(value: Any) -> str:
    words = NUMBERS.words
    if pd.isna(value):
        return words.not_given
    if _within(value):
        return words.about.format(value=f"{value:.1f}")
    low, high = _ENDS
    return words.below.format(limit=low) if value < low else words.above.format(limit=high)


def _within(value: float) -> bool:
    low, high = _ENDS
    return low <= value <= high


def time(found: Findings) -> list[Block]:
    """Return how long the sections of each module took, coarsely."""
    says = words().time
    heading = HeadingBlock(words().headings.time)
    if found.times.empty:
        return [heading, ParagraphBlock(says.none)]
    few = found.times["people"] < found.k
    told = found.times["minutes"].astype("object").mask(few, says.few.format(k=found.k))
    times = found.times.assign(told=told)
    inside = times[~times["module"].isin(SeriesPage.words())]
    sections = [name for name in SECTIONS if (inside["section"] == name).any()]
    rows: list[list[object]] = []
    for module, part in inside.groupby("module", observed=True, sort=False):
        minutes = dict(zip(part["section"], part["told"], strict=True))
        rows.append([found.title(module), *(minutes.get(name, "-") for name in sections)])
    others = times[times["module"].isin(SeriesPage.words())]
    return [
        heading,
        ParagraphBlock(says.what),
        *table("time", rows, head=[says.names[name] for name in sections]),
        *(
            ParagraphBlock(says.page.format(page=found.title(row.module), minutes=row.told))
            for row in rows_of(others)
        ),
    ]
