"""Two sections on how the questions did: how well they go together, and how long they took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.paradata import SECTIONS, STEPS
from myths.evaluation.figures.figure import rows_of
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import table
from myths.evaluation.stats.ranks import Floats
from myths.evaluation.stats.reliability import (
    ALPHA_FROM,
    COMPOSITES,
    coefficients,
    feldt,
    scores,
)
from myths.evaluation.words import EvaluationWords, filled
from myths.vocabulary import SeriesPage

_ENDS = (0.0, 0.9)  # beyond these a coefficient is told as lower or higher, and no more


def reliability(found: Findings) -> list[Block]:
    """Return how well the statements of one kind go together, or why that is not told."""
    words, says = found.words, found.words.report.reliability
    heading = HeadingBlock(words.report.headings.reliability)
    rows: list[list[str | int]] = []
    refused = []
    for name, row in _composites(found):
        if isinstance(row, str):
            refused.append(f"{name}. {says.reasons[row].format(people=ALPHA_FROM)}")
        else:
            people = found.steps.told(int(row.n), words)
            alpha, omega = _alpha(row, words, found.k), _tenth(row.omega, words)
            rows.append([name, int(row.k), people, alpha, omega])
    if not rows and not refused:
        return [heading, ParagraphBlock(says.none)]
    return [
        heading,
        ParagraphBlock(says.what),
        *table(words, "reliability", rows),
        *([ParagraphBlock(says.refused)] if refused else []),
        *map(ParagraphBlock, refused),
    ]


def _composites(found: Findings) -> Iterator[tuple[str, Any]]:
    """Yield each composite of each language: its row, or the name of the reason against it."""
    for code in found.languages:
        pairs = found.pairs[found.pairs["language"] == code]
        for composite in COMPOSITES if pairs["participant"].nunique() >= found.k else ():
            name = found.words.report.reliability.names[composite]
            name = f"{name} ({found.words.language_name(code)})"
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


def _alpha(row: Any, words: EvaluationWords, k: int) -> str:
    """Write an alpha in tenths, with the interval that such a tenth has of the fewest people."""
    told = _tenth(row.alpha, words)
    if not _within(row.alpha):
        return told
    ends = feldt(round(row.alpha, 1), int(row.n) - int(row.n) % k, int(row.k))
    low, high = (words.decimal(end, places=1) for end in ends)
    return words.numbers.interval.format(value=told, low=low, high=high)


def _tenth(value: Any, words: EvaluationWords) -> str:
    says = words.numbers
    if pd.isna(value):
        return says.not_given
    if _within(value):
        return says.about.format(value=words.decimal(value, places=1))
    low, high = _ENDS
    if value < low:
        return says.below.format(limit=words.decimal(low, places=1))
    return says.above.format(limit=words.decimal(high, places=1))


def _within(value: float) -> bool:
    low, high = _ENDS
    return low <= value <= high


def time(found: Findings) -> list[Block]:
    """Return how long the sections of each module took, coarsely."""
    words, says = found.words, found.words.report.time
    heading = HeadingBlock(words.report.headings.time)
    if found.times.empty:
        return [heading, ParagraphBlock(says.none)]
    is_page = found.times["module"].isin(SeriesPage.words())
    inside, others = found.times[~is_page], found.times[is_page]
    sections = [name for name in SECTIONS if (inside["section"] == name).any()]
    rows: list[list[str | int]] = []
    for module, part in inside.groupby("module", observed=True, sort=False):
        minutes = {row.section: _minutes(row, found) for row in rows_of(part)}
        few = says.few.format(k=found.k)
        told = (minutes.get(name, "-") or few for name in sections)
        rows.append([found.title(module), *told])
    return [
        heading,
        ParagraphBlock(says.what),
        *table(words, "time", rows, head=[says.names[name] for name in sections]),
        *(_page(row, found) for row in rows_of(others)),
    ]


def _page(row: Any, found: Findings) -> ParagraphBlock:
    """Return how long a page around the modules took, or that too few people answered there."""
    minutes = _minutes(row, found) or found.words.numbers.too_few_to_tell
    page = found.title(row.module)
    return ParagraphBlock(filled(found.words.report.time.page, page=page, minutes=minutes))


def _minutes(row: Any, found: Findings) -> str:
    """Write the step that a time is in; nothing if fewer than k people have one."""
    words, says = found.words, found.words.report.time
    if row.people < found.k:
        return ""
    low, high = STEPS[row.minutes]
    if not low:
        return says.under.format(minutes=high)
    if high is None:
        return says.over.format(minutes=low)
    return words.numbers.range.format(low=low, high=high)
