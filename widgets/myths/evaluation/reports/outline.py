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
from myths.evaluation.reports.phrases import paragraphs

Section = Callable[[Findings], list[Block]]


def _said(name: str) -> Section:
    """Make a section of fixed words."""

    def section(found: Findings) -> list[Block]:
        says = found.words.report
        return [HeadingBlock(says.headings[name]), *paragraphs(says[name])]

    return section


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
    says = found.words.report
    blocks: list[Block] = [ParagraphBlock(says.made.format(date=found.words.day(found.day)))]
    if found.draft.log is None:
        blocks.append(NoteBlock(says.private_why))
    blocks += overview.warnings(found)
    sections = _SECTIONS
    if found.people.empty or found.said.empty:
        blocks.append(ParagraphBlock(says.nothing))
        sections = _WITHOUT_ANSWERS
    elif len(found.people) < found.k:
        blocks.append(ParagraphBlock(says.few.format(k=found.k)))
        sections = _WITHOUT_ANSWERS
    for section in sections:
        blocks += section(found)
    private = found.draft.log is None
    return ReportText(says.title, found.day, found.words.language, tuple(blocks), private)
