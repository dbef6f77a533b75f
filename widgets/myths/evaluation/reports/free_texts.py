"""The section on texts: how much was written, what about, how far coders agree, and quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from myths.evaluation.coding import Coding
from myths.evaluation.disclosure.release_draft import cells_of
from myths.evaluation.figures.figure import rows_of
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import part, table
from myths.evaluation.words import EvaluationWords
from myths.vocabulary import WRITTEN, Reader, SheetRole

_CODERS = 2  # how many it takes to agree


def texts(found: Findings) -> tuple[list[Block], list[Block]]:
    """Return how much was written and, if it was coded, what about; and quotes from it."""
    words, says = found.words, found.words.report.texts
    heading = HeadingBlock(words.report.headings.texts)
    written = found.said[found.said["kind"].isin(WRITTEN) & ~found.said["declined"].fillna(False)]
    if written["participant"].nunique() < found.k:
        return [heading, ParagraphBlock(says.none)], []
    readable = written[written["reader"] == Reader.EVALUATION]
    authors = readable["participant"].nunique()
    few = authors < found.k
    first = says.count.format(
        written=found.steps.told(len(written), words),
        readable=words.numbers.too_few_to_tell if few else found.steps.told(len(readable), words),
    )
    coded, quoted = _coded(found)
    return [heading, ParagraphBlock(first), *coded], quoted


def _coded(found: Findings) -> tuple[list[Block], list[Block]]:
    """Return what the texts are about, if two or more have coded them, and quotes.

    Raises CodingError.
    """
    words, says = found.words, found.words.report.texts
    coding = found.coding
    coders = pd.DataFrame() if coding is None else coding.coders()
    blind = coders[coders["role"] == SheetRole.CODER] if len(coders) else coders
    if coding is None or blind.empty:
        return [ParagraphBlock(says.uncoded)], []
    if coding.working():
        return [ParagraphBlock(says.unfinished)], []
    codes = coding.codes_of(found.said, found.coders)
    by_role = codes.groupby("role", observed=True)["coder"].nunique()
    number = int(by_role.get(str(SheetRole.CODER), 0))
    if number == 1:
        return [ParagraphBlock(says.one_coder)], []
    settled, everybody = _counted(coding.settled(found.coders), found)
    rows = list(_codes(coding, settled, found, everybody=everybody))
    if number < _CODERS or not rows:
        return [ParagraphBlock(says.uncoded)], []
    people = settled["participant"].nunique()
    first = says.coded.format(coders=number, authors=found.steps.told(people, words))
    said = [first, *([says.agreed] if SheetRole.AGREED in by_role else [])]
    if not coding.is_finished():
        said.append(says.later)
    counts = table(words, "codes", rows, k=found.k)
    authors = set(settled["participant"])
    return [ParagraphBlock(" ".join(said)), *counts], _quoted(found, coding, authors)


def _counted(settled: pd.DataFrame, found: Findings) -> tuple[pd.DataFrame, bool]:
    """Return the codes of those authors who count, and whether these are all."""
    authors = settled["participant"].drop_duplicates()
    counts = found.draft.count("codes", authors, cells_of(settled))
    return settled[settled["participant"].isin(authors[counts])], bool(counts.all())


def _codes(
    coding: Coding, settled: pd.DataFrame, found: Findings, *, everybody: bool
) -> Iterator[list[str | int]]:
    """Yield each code with the share of authors who have a text for which it counts.

    The agreement is of all texts, so it is given only with `everybody`.
    """
    k, words, authors = found.k, found.words, settled["participant"].nunique()
    people = settled.groupby("code", observed=True)["participant"].nunique()
    for row in rows_of(coding.agreement(found.coders)):
        said = int(people.get(row.Index, 0))
        given = everybody and min(said, authors - said) >= k
        agreed = _alpha(row, words) if given else words.numbers.not_given
        yield [row.name, part(said, authors, words, k=k), agreed]


def _quoted(found: Findings, coding: Coding, authors: Collection[str]) -> list[Block]:
    """Quote a few texts of those authors who count, that a human has read and approved."""
    words, says = found.words, found.words.report
    drawn = coding.quotes(found.coders, k=found.k, approved=True, authors=authors)
    rows = [
        [row.name, words.quoted(words.spoken(row.quote, row.language))] for row in rows_of(drawn)
    ]
    quoted = table(words, "quotes", rows, k=found.k)
    none = [] if rows else [ParagraphBlock(says.texts.no_quotes.format(k=found.k))]
    return [HeadingBlock(says.headings.quotes), *quoted, *none]


def _alpha(row: Any, words: EvaluationWords) -> str:
    says = words.numbers
    if pd.isna(row.alpha):
        return says.not_given
    alpha = words.decimal(row.alpha, places=2)
    if pd.isna(row.alpha_low):
        return says.no_interval.format(value=alpha)
    low, high = (words.decimal(each, places=2) for each in (row.alpha_low, row.alpha_high))
    return says.interval.format(value=alpha, low=low, high=high)
