"""The sections on change: the ratings before and after, how far, carried too far, how sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from myths.evaluation.disclosure.bands import stepped
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.change_chart import intervals, mean, signed
from myths.evaluation.figures.figure import Figure
from myths.evaluation.figures.scale_chart import before_after, confidence
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock, PictureBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import language, probability, table, tenths, words
from myths.evaluation.words import FIGURES, NUMBERS
from myths.vocabulary import Keyed, Kind

_AT_ONCE = 8  # statements in one picture, so that it fits a printed page


def change(found: Findings) -> list[Block]:
    """Return what changed from before to after."""
    heads, says = words().headings, words().change
    rated = [row for row in found.rows if row.kind == Kind.RATING]
    if not rated:
        return [HeadingBlock(heads.change), ParagraphBlock(says.none)]
    main = [row for row in rated if row.primary]
    far = [PictureBlock(intervals(main))] if any(row.mean is not None for row in main) else []
    return [
        HeadingBlock(heads.change),
        HeadingBlock(heads.distribution, 3),
        ParagraphBlock(says.primary),
        *_rated(found, Keyed.MYTH),
        ParagraphBlock(says.facts),
        *_rated(found, Keyed.FACT),
        HeadingBlock(heads.far, 3),
        *far,
        *table("far", _far(found, main)),
        *_over(found, rated),
        *_sure(found),
        *_later(found),
    ]


def _rated(found: Findings, keyed: Keyed) -> Iterator[Block]:
    rows = [row for row in found.rows if row.keyed == keyed]
    return _pictures(found, rows, lambda some: before_after(some, keyed=keyed, k=found.k))


def _pictures(
    found: Findings, rows: Sequence[PublishedRow], draw: Callable[[Sequence[PublishedRow]], Figure]
) -> Iterator[Block]:
    """Draw rows, a picture for each language and page."""
    for code in found.languages:
        spoken = [row for row in rows if row.language == code]
        for start in range(0, len(spoken), _AT_ONCE):
            figure = draw(spoken[start : start + _AT_ONCE])
            suffix = f"-{code}" + (f"-{start}" if start else "")
            title = f"{figure.title} ({language(code)})"
            yield PictureBlock(replace(figure, name=figure.name + suffix, title=title))


def _far(found: Findings, rows: Sequence[PublishedRow]) -> list[list[object]]:
    corrected = dict(found.tested)
    return [
        [row.question, row.n, mean(row), _bounds(row), probability(corrected.get(row))]
        for row in rows
    ]


def _bounds(row: PublishedRow) -> str:
    if row.bounds is None:
        return NUMBERS.words.not_given
    low, high = map(signed, row.bounds)
    return NUMBERS.words.range.format(low=low, high=high)


def _over(found: Findings, rows: Sequence[PublishedRow]) -> list[Block]:
    too_far = [row for row in rows if row.keyed == Keyed.OVERCORRECTION]
    beside = {(row.module, row.language): row for row in too_far}
    cells = [
        [
            f"{found.title(row.module)} ({language(row.language)})",
            mean(row),
            mean(beside[row.module, row.language]),
        ]
        for row in rows
        if row.primary and (row.module, row.language) in beside
    ]
    if not too_far:
        return []
    return [
        HeadingBlock(words().headings.over, 3),
        ParagraphBlock(words().over),
        *table("over", cells),
        *_rated(found, Keyed.OVERCORRECTION),
    ]


def _sure(found: Findings) -> list[Block]:
    rows = [row for row in found.rows if row.kind == Kind.CONFIDENCE]
    if not rows:
        return []
    return [
        HeadingBlock(words().headings.sure, 3),
        ParagraphBlock(words().sure),
        *_pictures(found, _by_module(found, rows), lambda some: confidence(some, k=found.k)),
    ]


def _by_module(found: Findings, rows: Sequence[PublishedRow]) -> list[PublishedRow]:
    """Name the modules in place of the question, which is the same in each."""
    return [replace(row, question=found.title(row.module)) for row in rows]


def _later(found: Findings) -> list[Block]:
    names = [f"“{name}”" for name in FIGURES.words.before_after_myth.meanings]
    told = (Keyed.MYTH, Keyed.FACT)
    cells = [
        [
            row.question,
            stepped(row.n, k=found.k),
            *(tenths(bands, row.n, names) for bands in (row.before, row.later)),
        ]
        for row in found.later_rows
        if row.keyed in told
    ]
    heading = HeadingBlock(words().headings.later, 3)
    if not cells:
        return [heading, ParagraphBlock(words().no_later)]
    return [heading, ParagraphBlock(words().later), *table("later", cells, k=found.k)]
