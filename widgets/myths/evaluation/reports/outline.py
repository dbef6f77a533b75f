"""Put the report together: which sections there are, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from myths.evaluation.reports import free_texts, methods, overview, quality, results
from myths.evaluation.reports.about import ReportAbout
from myths.evaluation.reports.blocks import (
    Block,
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    PartBlock,
    PictureBlock,
    ReportText,
)
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import paragraphs
from myths.evaluation.words import EvaluationWords

Section = Callable[[Findings], Sequence[Block]]


def _said(name: str) -> Section:
    """Make a section of fixed words."""

    def section(found: Findings) -> list[Block]:
        says = found.words.report
        return [HeadingBlock(says.headings[name]), *paragraphs(says[name])]

    return section


_LIMITS = _said("limits")
_WITHOUT_ANSWERS = (overview.whom, overview.design, _LIMITS, methods.methods)


def build(found: Findings, about: ReportAbout) -> ReportText:
    """Build the blocks; of too few people, or without answers, an honest small report."""
    says = found.words.report
    blocks: list[Block] = [ParagraphBlock(says.made.format(date=found.words.day(found.day)))]
    if found.draft.log is None:
        blocks.append(NoteBlock(says.private_why))
    blocks += overview.warnings(found)
    if found.people.empty or found.said.empty:
        blocks.append(ParagraphBlock(says.nothing))
        blocks += _together(found, *_WITHOUT_ANSWERS)
    elif len(found.people) < found.k:
        blocks.append(ParagraphBlock(says.few.format(k=found.k)))
        blocks += _together(found, *_WITHOUT_ANSWERS)
    else:
        texts, quotes = free_texts.texts(found)
        blocks += overview.short(found)
        blocks.append(PartBlock(says.parts.results))
        blocks += _together(found, overview.people, results.change)
        blocks += [*texts, *_together(found, overview.design, _LIMITS)]
        blocks.append(PartBlock(says.parts.appendix))
        blocks += _together(found, results.details, overview.left_by_module)
        blocks += quotes
        blocks += _together(found, quality.reliability, quality.time, methods.other)
        blocks += methods.methods(found)
    told = tuple(_told_once(blocks, found.words))
    private = found.draft.log is None
    return ReportText(says.title, found.day, found.words.language, told, private, about)


def _together(found: Findings, *sections: Section) -> list[Block]:
    return [block for section in sections for block in section(found)]


def _told_once(blocks: Iterable[Block], words: EvaluationWords) -> Iterator[Block]:
    """Write how to read a picture once, and then of which picture to read it as."""
    told: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, PictureBlock):
            first = told.setdefault(block.figure.how_to_read, block.figure.title)
            if first != block.figure.title:
                how = words.figures.as_before.format(title=first)
                yield PictureBlock(replace(block.figure, how_to_read=how))
                continue
        yield block
