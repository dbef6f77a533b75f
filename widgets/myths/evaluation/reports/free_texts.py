"""The section on texts: how much was written, what about, how far coders agree, and quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from myths.evaluation.coding import Coding
from myths.evaluation.disclosure.bands import share, stepped
from myths.evaluation.disclosure.release_draft import cells_of
from myths.evaluation.figures.figure import rows_of
from myths.evaluation.reports.blocks import Block, HeadingBlock, NoteBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import table, words
from myths.evaluation.words import NUMBERS
from myths.vocabulary import WRITTEN, Reader, SheetRole

_CODERS = 2  # how many it takes to agree


def texts(found: Findings) -> list[Block]:
    """Return how much was written and, if it was coded, what about."""
    says = words().texts
    heading = HeadingBlock(words().headings.texts)
    written = found.said[found.said["kind"].isin(WRITTEN) & ~found.said["declined"].fillna(False)]
    if written["participant"].nunique() < found.k:
        return [heading, ParagraphBlock(says.none)]
    readable = written[written["reader"] == Reader.EVALUATION]
    authors = readable["participant"].nunique()
    few = authors < found.k
    first = says.count.format(
        written=stepped(len(written), k=found.k),
        readable=NUMBERS.words.too_few_to_tell if few else stepped(len(readable), k=found.k),
    )
    return [heading, ParagraphBlock(first), *_coded(found)]


def _coded(found: Findings) -> list[Block]:
    """Return what the texts are about, if two or more have coded them; raises CodingError."""
    says = words().texts
    coding = found.coding
    coders = pd.DataFrame() if coding is None else coding.coders()
    blind = coders[coders["role"] == SheetRole.CODER] if len(coders) else coders
    if coding is None or blind.empty:
        return [ParagraphBlock(says.uncoded)]
    if coding.working():
        return [ParagraphBlock(says.unfinished)]
    codes = coding.codes_of(found.said, found.coders)
    by_role = codes.groupby("role", observed=True)["coder"].nunique()
    number = int(by_role.get(str(SheetRole.CODER), 0))
    if number == 1:
        return [ParagraphBlock(says.one_coder)]
    settled, everybody = _counted(coding.settled(found.coders), found)
    rows = list(_codes(coding, settled, found, everybody=everybody))
    if number < _CODERS or not rows:
        return [ParagraphBlock(says.uncoded)]
    people = settled["participant"].nunique()
    first = says.coded.format(coders=number, authors=stepped(people, k=found.k))
    said = [first, *([says.agreed] if SheetRole.AGREED in by_role else [])]
    if not coding.is_finished():
        said.append(says.later)
    return [
        ParagraphBlock(" ".join(said)),
        *table("codes", rows, k=found.k),
        *_quoted(found, coding),
    ]


def _counted(settled: pd.DataFrame, found: Findings) -> tuple[pd.DataFrame, bool]:
    """Return the codes of those authors who count, and whether these are all."""
    authors = settled["participant"].drop_duplicates()
    counts = found.draft.count("codes", authors, cells_of(settled))
    return settled[settled["participant"].isin(authors[counts])], bool(counts.all())


def _codes(
    coding: Coding, settled: pd.DataFrame, found: Findings, *, everybody: bool
) -> Iterator[list[object]]:
    """Yield each code with the share of authors who have a text for which it counts.

    The agreement is of all texts, so it is given only with `everybody`.
    """
    k, authors = found.k, settled["participant"].nunique()
    people = settled.groupby("code", observed=True)["participant"].nunique()
    for row in rows_of(coding.agreement(found.coders)):
        part = share(int(people.get(row.Index, 0)), authors, k=k)
        given = everybody and part.endswith("%")
        yield [row.name, part, _alpha(row) if given else NUMBERS.words.not_given]


def _quoted(found: Findings, coding: Coding) -> list[Block]:
    """Quote a few texts; those that seem to point to a person are left for a human to look at."""
    says = words().texts
    drawn = coding.quotes(found.coders, k=found.k)
    safe = drawn[drawn["look_first"].isna()]
    rows = [[row.name, f"“{row.quote}”"] for row in rows_of(safe)]
    left_out = [ParagraphBlock(says.left_out)] if len(safe) < len(drawn) else []
    heading = HeadingBlock(words().headings.quotes, 3)
    if not rows:
        return [heading, ParagraphBlock(says.no_quotes.format(k=found.k)), *left_out]
    return [heading, NoteBlock(says.read_first), *table("quotes", rows, k=found.k), *left_out]


def _alpha(row: Any) -> str:
    words = NUMBERS.words
    if pd.isna(row.alpha):
        return words.not_given
    alpha, low, high = (f"{each:.2f}" for each in (row.alpha, row.alpha_low, row.alpha_high))
    if pd.isna(row.alpha_low):
        return words.no_interval.format(value=alpha)
    return words.interval.format(value=alpha, low=low, high=high)
