"""How the report says things: paragraphs, tables, small groups, shares, p values."""

from __future__ import annotations

from collections.abc import Sequence

from myths.evaluation.disclosure.bands import Band, grouped
from myths.evaluation.reports.blocks import ParagraphBlock, TableBlock
from myths.evaluation.words import EvaluationWords, filled, joined

_LEAST = 0.001  # a smaller p value says no more


def paragraphs(text: str, **values: object) -> list[ParagraphBlock]:
    """Split a text at its empty lines."""
    return [ParagraphBlock(" ".join(part.split())) for part in text.format(**values).split("\n\n")]


def begun(text: str) -> str:
    """Return a text as a sentence begins with it."""
    return text[:1].upper() + text[1:]


def table(
    words: EvaluationWords,
    name: str,
    rows: Sequence[Sequence[str | int]],
    *,
    head: Sequence[str] = (),
    **values: object,
) -> list[TableBlock]:
    """Make a table with the caption, heads and how-to-read of that name; none without rows.

    `head` are more heads, to the right of those; `values` are filled into how to read it.
    """
    if not rows:
        return []
    told = words.tables[name]
    cells = tuple(
        tuple(cell if isinstance(cell, str) else words.count(cell) for cell in row) for row in rows
    )
    how = told.how.format(**values)
    return [TableBlock(told.caption, how, (*told.head, *head), cells)]


def told(counts: Sequence[int], names: Sequence[str], words: EvaluationWords, *, k: int) -> str:
    """Return how many people gave each answer of an ordered scale, small groups put together."""
    (bands,) = grouped(counts, k=k)
    return _listed(bands, [band.told(words) for band in bands], names, words)


def part(count: int, people: int, words: EvaluationWords, *, k: int) -> str:
    """Write a part of people in tenths of them, so that nobody can count from it how many."""
    (bands,) = grouped([count, people - count], k=k)
    if not bands:
        return words.numbers.not_shown
    return bands[0].told(words) if bands[0].nearly else _tenths(count / people, words)


def tenths(bands: Sequence[Band], people: int, names: Sequence[str], words: EvaluationWords) -> str:
    """Write answers in tenths of all, so that nobody can count from it how many there were."""
    parts = [
        band.told(words) if band.count is None else _tenths(band.count / people, words)
        for band in bands
    ]
    return _listed(bands, parts, names, words)


def _listed(
    bands: Sequence[Band], people: Sequence[str], names: Sequence[str], words: EvaluationWords
) -> str:
    parts = []
    for band, some in zip(bands, people, strict=True):
        inside = list(names[band.low : band.high + 1])
        first, last = joined(", ", inside[:-1]), inside[-1]
        name = filled(words.numbers.either, first=first, last=last) if first else last
        parts.append(joined(" ", [some, name]))
    return joined("; ", parts) or words.numbers.too_few


def _tenths(part: float, words: EvaluationWords) -> str:
    tenths = round(10 * part)
    says = words.numbers.tenths
    ends = {0: says.lowest, 10: says.highest}
    return ends.get(tenths) or says.others.format(percent=10 * tenths)


def probability(p: float | None, words: EvaluationWords) -> str:
    """Write a p value."""
    if p is None:
        return words.numbers.no_test
    least = words.decimal(_LEAST, places=3)
    return words.numbers.below.format(limit=least) if p < _LEAST else words.decimal(p, places=3)
