"""Put the report together: which sections there are, and in which order."""

from __future__ import annotations

from collections.abc import Callable

from myths.evaluation.reports import free_texts, methods, overview, quality, results
from myths.evaluation.reports.blocks import (
    Block,
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    ReportText,
)
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import day, paragraphs, words

Section = Callable[[Findings], list[Block]]


def _said(name: str) -> Section:
    """Make a section of fixed words."""
    return lambda _: [HeadingBlock(words().headings[name]), *paragraphs(words()[name])]


_LIMITS = _said("limits")
_SECTIONS: tuple[Section, ...] = (
    overview.short,
    overview.design,
    overview.people,
    results.change,
    quality.reliability,
    quality.time,
    methods.other,
    free_texts.texts,
    _LIMITS,
    methods.methods,
)
_WITHOUT_ANSWERS = (overview.design, _LIMITS, methods.methods)


def build(found: Findings) -> ReportText:
    """Build the blocks; of too few people, or without answers, an honest small report."""
    blocks: list[Block] = [ParagraphBlock(words().made.format(date=day(found.day)))]
    if found.draft.log is None:
        blocks.append(NoteBlock(words().private_why))
    blocks += overview.warnings(found)
    sections = _SECTIONS
    if found.people.empty or found.said.empty:
        blocks.append(ParagraphBlock(words().nothing))
        sections = _WITHOUT_ANSWERS
    elif len(found.people) < found.k:
        blocks.append(ParagraphBlock(words().few.format(k=found.k)))
        sections = _WITHOUT_ANSWERS
    for section in sections:
        blocks += section(found)
    private = found.draft.log is None
    return ReportText(words().title, found.day, "en", tuple(blocks), private)
