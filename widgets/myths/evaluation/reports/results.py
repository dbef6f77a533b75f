"""The sections on change: how far, carried too far, the ratings before and after, how sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.change_chart import intervals, mean
from myths.evaluation.figures.figure import Figure
from myths.evaluation.figures.scale_chart import before_after, confidence
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock, PictureBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import probability, table, tenths
from myths.evaluation.words import EvaluationWords, joined
from myths.vocabulary import Keyed, Kind

_AT_ONCE = 4  # statements in one picture, so that it finds a place on a printed page


def change(found: Findings) -> list[Block]:
    """Return what changed from before to after: how far, the myths' ratings, what became of it."""
    words = found.words
    heads, says = words.report.headings, words.report.change
    rated = [row for row in found.rows if row.kind == Kind.RATING]
    if not rated:
        return [HeadingBlock(heads.change), ParagraphBlock(says.none)]
    main = [row for row in rated if row.primary]
    first, *others = found.languages
    return [
        HeadingBlock(heads.change),
        ParagraphBlock(says.primary),
        *table(words, "far", _far(found, main)),
        *_over(found, rated),
        HeadingBlock(heads.distribution, 3),
        *_rated(found, Keyed.MYTH, [first]),
        *([ParagraphBlock(words.report.parts.others)] if others else []),
        *_later(found),
    ]


def details(found: Findings) -> list[Block]:
    """Return the pictures that are not among the results."""
    words = found.words
    says = words.report
    rated = [row for row in found.rows if row.kind == Kind.RATING]
    if not rated:
        return []
    main = [row for row in rated if row.primary]
    with_mean = any(row.mean is not None for row in main)
    return [
        HeadingBlock(says.headings.details),
        *([PictureBlock(intervals(main, words))] if with_mean else []),
        *_rated(found, Keyed.MYTH, found.languages[1:]),
        ParagraphBlock(says.change.facts),
        *_rated(found, Keyed.FACT, found.languages),
        *_rated(found, Keyed.OVERCORRECTION, found.languages),
        *_sure(found),
    ]


def _rated(found: Findings, keyed: Keyed, languages: Sequence[str]) -> Iterator[Block]:
    rows = [row for row in found.rows if row.keyed == keyed and row.language in languages]
    words, k = found.words, found.k
    return _pictures(found, rows, lambda some: before_after(some, words, keyed=keyed, k=k))


def _pictures(
    found: Findings, rows: Sequence[PublishedRow], draw: Callable[[Sequence[PublishedRow]], Figure]
) -> Iterator[Block]:
    """Draw rows, a picture for each language and page."""
    for code in found.languages:
        spoken = [row for row in rows if row.language == code]
        for start in range(0, len(spoken), _AT_ONCE):
            figure = draw(spoken[start : start + _AT_ONCE])
            suffix = f"-{code}" + (f"-{start}" if start else "")
            part = f", {start // _AT_ONCE + 1}" if start else ""
            title = f"{figure.title} ({found.words.language_name(code)}{part})"
            yield PictureBlock(replace(figure, name=figure.name + suffix, title=title))


def _far(found: Findings, rows: Sequence[PublishedRow]) -> list[list[str | int]]:
    corrected, words = dict(found.tested), found.words
    return [
        [
            row.asked(words),
            row.n,
            mean(row, words),
            _bounds(row, words),
            probability(corrected.get(row), words),
        ]
        for row in rows
    ]


def _bounds(row: PublishedRow, words: EvaluationWords) -> str:
    if row.bounds is None:
        return words.numbers.not_given
    low, high = map(words.signed, row.bounds)
    return words.numbers.range.format(low=low, high=high)


def _over(found: Findings, rows: Sequence[PublishedRow]) -> list[Block]:
    too_far = [row for row in rows if row.keyed == Keyed.OVERCORRECTION]
    beside = {(row.module, row.language): row for row in too_far}
    words = found.words
    cells = [
        [
            joined("", [found.title(row.module), f" ({words.language_name(row.language)})"]),
            mean(row, words),
            mean(beside[row.module, row.language], words),
        ]
        for row in rows
        if row.primary and (row.module, row.language) in beside
    ]
    if not too_far:
        return []
    return [
        HeadingBlock(words.report.headings.over, 3),
        ParagraphBlock(words.report.over),
        *table(words, "over", cells),
    ]


def _sure(found: Findings) -> list[Block]:
    says = found.words.report
    rows = [row for row in found.rows if row.kind == Kind.CONFIDENCE]
    if not rows:
        return []

    def draw(some: Sequence[PublishedRow]) -> Figure:
        """Draw them with the modules in place of the question, which is the same in each."""
        return confidence([found.named(row) for row in some], found.words, k=found.k)

    return [
        HeadingBlock(says.headings.sure, 3),
        ParagraphBlock(says.sure),
        *_pictures(found, rows, draw),
    ]


def _later(found: Findings) -> list[Block]:
    words, says = found.words, found.words.report
    names = [words.quoted(name) for name in words.figures.before_after_myth.meanings]
    told = (Keyed.MYTH, Keyed.FACT)
    cells = [
        [
            row.asked(words),
            found.steps.told(row.n, words),
            *(tenths(bands, row.n, names, words) for bands in (row.before, row.later)),
        ]
        for row in found.later_rows
        if row.keyed in told
    ]
    heading = HeadingBlock(says.headings.later, 3)
    if not cells:
        return [heading, ParagraphBlock(says.no_later)]
    return [heading, ParagraphBlock(says.later), *table(words, "later", cells, k=found.k)]
