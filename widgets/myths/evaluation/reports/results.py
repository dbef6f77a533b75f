"""The sections on change: the ratings before and after, how far, carried too far, how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from myths.evaluation.disclosure.bands import share, stepped
from myths.evaluation.disclosure.thresholds import shown_rows
from myths.evaluation.figures.change_chart import in_order, intervals, medians, told
from myths.evaluation.figures.figure import Figure, rows_of
from myths.evaluation.figures.scale_chart import before_after, confidence
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock, PictureBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import effect, language, moves, probability, table, words
from myths.evaluation.words import NUMBERS
from myths.vocabulary import Keyed

_AT_ONCE = 8  # statements in one picture, so that it fits a printed page


def change(found: Findings) -> list[Block]:
    """Return what changed from before to after."""
    heads, says = words().headings, words().change
    rated = _rows(found, found.change)
    if rated.empty:
        return [HeadingBlock(heads.change), ParagraphBlock(says.none)]
    main = rated[rated["primary"]]
    return [
        HeadingBlock(heads.change),
        HeadingBlock(heads.distribution, 3),
        ParagraphBlock(says.primary),
        *_pictures(found, Keyed.MYTH),
        ParagraphBlock(says.facts),
        *_pictures(found, Keyed.FACT),
        *table("moved", _moved(found, rated[rated["keyed"] != Keyed.OVERCORRECTION])),
        HeadingBlock(heads.far, 3),
        *_drawn(medians(found.change, found.book, k=found.k), len(main)),
        *_drawn(intervals(found.change, found.book, k=found.k), main["mean_change"].count()),
        *table("far", _far(main), k=found.k),
        *_by_workshop(found),
        *_over(found, main),
        *_sure(found),
        *_later(found),
    ]


def _rows(found: Findings, table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows for all people of a wording that enough people rated twice, in order."""
    rows = shown_rows(table[table["keyed"].isin(Keyed.words())], k=found.k)
    return in_order(rows[~rows["part"]], found.book)


def _drawn(figure: Figure, rows: int) -> list[Block]:
    return [PictureBlock(figure)] if rows else []


def _pictures(found: Findings, keyed: Keyed) -> Iterator[Block]:
    """Draw the statements of one kind, a picture for each language and page."""
    shown = _rows(found, found.change)
    shown = shown[shown["keyed"] == keyed]
    for code in found.languages:
        rows = shown[shown["language"] == code]
        for start in range(0, len(rows), _AT_ONCE):
            some = rows["wording"].iloc[start : start + _AT_ONCE]
            pairs = found.pairs[found.pairs["wording"].isin(some)]
            figure = before_after(pairs, found.book, keyed=keyed, k=found.k)
            suffix = f"-{code}" + (f"-{start}" if start else "")
            title = f"{figure.title} ({language(code)})"
            yield PictureBlock(replace(figure, name=figure.name + suffix, title=title))


def _moved(found: Findings, rows: pd.DataFrame) -> list[list[object]]:
    return [
        [
            row.label,
            row.n,
            moves(row, k=found.k),
            _share(row.ceiling_share, row.n, found.k),
        ]
        for row in rows_of(rows)
    ]


def _share(part: Any, people: Any, k: int) -> str:
    if pd.isna(part):
        return NUMBERS.words.not_shown
    return share(round(part * people), int(people), k=k)


def _part(people: Any, total: Any, k: int) -> str:
    """Write a share with the number of people that it is a share of."""
    part = share(int(people), int(total), k=k)
    return NUMBERS.words.part_of.format(part=part, all=total)


def _far(rows: pd.DataFrame) -> list[list[object]]:
    return [
        [
            row.label,
            f"{row.median_before:g}",
            f"{row.median_later:g}",
            told(row),
            _bounds(row),
            effect(row.effect, row.effect_low, row.effect_high),
            probability(row.p_holm),
        ]
        for row in rows_of(rows)
    ]


def _bounds(row: Any) -> str:
    if pd.isna(row.mean_worst_case):
        return NUMBERS.words.not_given
    low, high = f"{row.mean_worst_case:+.1f}", f"{row.mean_best_case:+.1f}"
    return NUMBERS.words.range.format(low=low, high=high)


def _by_workshop(found: Findings) -> list[Block]:
    rows = in_order(shown_rows(found.change[found.change["primary"]], k=found.k), found.book)
    cells = [
        [
            row.label,
            row.workshop,
            row.n,
            f"{row.median_before:g}",
            f"{row.median_later:g}",
            told(row),
        ]
        for row in rows_of(rows[rows["part"]])
    ]
    tables = table("workshop", cells)
    return [ParagraphBlock(words().change.workshops), *tables] if tables else []


def _over(found: Findings, rows: pd.DataFrame) -> list[Block]:
    cells = [
        [
            f"{found.title(row.module)} ({language(row.language)})",
            _part(row.better, row.n, found.k),
            _part(row.over_corrected, row.over_n, found.k),
        ]
        for row in rows_of(rows)
        if pd.notna(row.over_n) and row.over_n >= found.k
    ]
    if not cells:
        return []
    return [
        HeadingBlock(words().headings.over, 3),
        ParagraphBlock(words().over),
        *table("over", cells),
        *_pictures(found, Keyed.OVERCORRECTION),
    ]


def _sure(found: Findings) -> list[Block]:
    pictures: list[Block] = []
    for code in found.languages:
        pairs = found.pairs[found.pairs["language"] == code]
        figure = confidence(pairs, found.book, k=found.k)
        if figure.parts:
            title = f"{figure.title} ({language(code)})"
            pictures.append(
                PictureBlock(replace(figure, name=f"{figure.name}-{code}", title=title))
            )
    if not pictures:
        return []
    return [
        HeadingBlock(words().headings.sure, 3),
        ParagraphBlock(words().sure),
        *pictures,
    ]


def _later(found: Findings) -> list[Block]:
    rows = _rows(found, found.later_change)
    cells = [
        [
            row.label,
            stepped(int(row.n), k=found.k),
            moves(row, k=found.k, coarsely=True),
            f"{row.median_before:g}",
            f"{row.median_later:g}",
        ]
        for row in rows_of(rows[rows["keyed"] != Keyed.OVERCORRECTION])
    ]
    heading = HeadingBlock(words().headings.later, 3)
    if not cells:
        return [heading, ParagraphBlock(words().no_later)]
    return [heading, ParagraphBlock(words().later), *table("later", cells, k=found.k)]
