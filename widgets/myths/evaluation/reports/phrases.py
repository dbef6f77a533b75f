"""How the report says things: its own words, counts, shares, dates, moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from babel import Locale, UnknownLocaleError

from myths.evaluation.disclosure.bands import grouped
from myths.evaluation.reports.blocks import ParagraphBlock, TableBlock
from myths.evaluation.words import NUMBERS, REPORT, TABLES
from myths.evaluation.words.report_words import ReportWords
from myths.languages import long_date

_MOST = 0.95  # an effect nearer to 1 would tell that nobody moved the other way
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


def told(counts: Sequence[int], names: Sequence[str], *, k: int, coarsely: bool = False) -> str:
    """Return how many people gave each answer of an ordered scale, small groups put together.

    `coarsely`: in tenths of all, so that nobody can count from it how many there were.
    """
    (bands,) = grouped(counts, k=k)
    parts = []
    for band in bands:
        inside = list(names[band.low : band.high + 1])
        first, last = ", ".join(inside[:-1]), inside[-1]
        name = NUMBERS.words.either.format(first=first, last=last) if first else last
        people = _tenths(band.count / sum(counts)) if coarsely and band.count else band
        parts.append(f"{people} {name}")
    return "; ".join(parts) or NUMBERS.words.too_few


def _tenths(part: float) -> str:
    tenths = round(10 * part)
    words = NUMBERS.words.tenths
    ends = {0: words.lowest, 10: words.highest}
    return ends.get(tenths) or words.others.format(percent=10 * tenths)


def moves(row: Any, *, k: int, coarsely: bool = False) -> str:
    """Return how many people came closer to the facts, stayed, or moved away."""
    counts = [int(row.better), int(row.same), int(row.worse)]
    words = NUMBERS.words.moves
    return told(counts, [words.better, words.same, words.worse], k=k, coarsely=coarsely)


def effect(value: Any, low: Any, high: Any) -> str:
    """Write an effect between -1 and 1 with its interval; near an end of the scale neither.

    There the interval would tell whether anybody at all moved the other way.
    """
    if pd.isna(value):
        return NUMBERS.words.not_given
    if abs(value) > _MOST:
        return _capped(value)
    words = NUMBERS.words
    return words.interval.format(value=_capped(value), low=_capped(low), high=_capped(high))


def _capped(value: float) -> str:
    words = NUMBERS.words
    if value > _MOST:
        return words.above.format(limit=_MOST)
    return words.below.format(limit=-_MOST) if value < -_MOST else f"{value:.2f}"


def probability(p: Any) -> str:
    """Write a p value."""
    if pd.isna(p):
        return NUMBERS.words.no_test
    return NUMBERS.words.below.format(limit=_LEAST) if p < _LEAST else f"{p:.3f}"
