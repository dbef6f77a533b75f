"""How the report says things: its own words, counts, shares, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel import Locale, UnknownLocaleError

from myths.evaluation.disclosure.bands import Band, grouped
from myths.evaluation.reports.blocks import ParagraphBlock, TableBlock
from myths.evaluation.words import NUMBERS, REPORT, TABLES
from myths.evaluation.words.report_words import ReportWords
from myths.languages import long_date

_LEAST = 0.001  # a smaller p value says no more


def words() -> ReportWords:
    """Return the report's own words."""
    return REPORT.words


def paragraphs(text: str, **filled: object) -> list[ParagraphBlock]:
    """Split a text at its empty lines."""
    return [ParagraphBlock(" ".join(part.split())) for part in text.format(**filled).split("\n\n")]


def table(
    name: str,
    rows: Sequence[Sequence[object]],
    *,
    head: Sequence[str] = (),
    **filled: object,
) -> list[TableBlock]:
    """Make a table with the caption, heads and how-to-read of that name; none without rows.

    `head` are more heads, to the right of those; `filled` is filled into how to read it.
    """
    if not rows:
        return []
    told = TABLES.words[name]
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    how = told.how.format(**filled)
    return [TableBlock(told.caption, how, (*told.head, *head), cells)]


def day(when: date) -> str:
    """Write a date, as "2 November 2026"."""
    return long_date(when, "en")


def language(code: object) -> str:
    """Name a language in English."""
    try:
        return Locale.parse(str(code), sep="-").english_name or str(code)
    except (UnknownLocaleError, ValueError):
        return str(code)


def told(counts: Sequence[int], names: Sequence[str], *, k: int) -> str:
    """Return how many people gave each answer of an ordered scale, small groups put together."""
    (bands,) = grouped(counts, k=k)
    return _listed(bands, [str(band) for band in bands], names)


def tenths(bands: Sequence[Band], people: int, names: Sequence[str]) -> str:
    """Write answers in tenths of all, so that nobody can count from it how many there were."""
    parts = [
        _tenths(band.count / people) if band.count is not None else str(band) for band in bands
    ]
    return _listed(bands, parts, names)


def _listed(bands: Sequence[Band], people: Sequence[str], names: Sequence[str]) -> str:
    parts = []
    for band, some in zip(bands, people, strict=True):
        inside = list(names[band.low : band.high + 1])
        first, last = ", ".join(inside[:-1]), inside[-1]
        name = NUMBERS.words.either.format(first=first, last=last) if first else last
        parts.append(f"{some} {name}")
    return "; ".join(parts) or NUMBERS.words.too_few


def _tenths(part: float) -> str:
    tenths = round(10 * part)
    words = NUMBERS.words.tenths
    ends = {0: words.lowest, 10: words.highest}
    return ends.get(tenths) or words.others.format(percent=10 * tenths)


def probability(p: float | None) -> str:
    """Write a p value."""
    if p is None:
        return NUMBERS.words.no_test
    return NUMBERS.words.below.format(limit=_LEAST) if p < _LEAST else f"{p:.3f}"
