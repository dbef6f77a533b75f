"""Put the report together: which sections there are, and in which order."""

from __future__ import annotations

from collections.abc import Callable

from myths.evaluation.reporting import more, people, results, texts, together
from myths.evaluation.reporting.blocks import Block, Heading, Paragraph, Text
from myths.evaluation.reporting.findings import Findings
from myths.evaluation.reporting.wording import day, paragraphs, words

Section = Callable[[Findings], list[Block]]


def _said(name: str) -> Section:
    """Make a section of fixed words."""
    return lambda _: [Heading(words()["headings"][name]), *paragraphs(words()[name])]


_LIMITS = _said("limits")
_SECTIONS: tuple[Section, ...] = (
    people.short,
    people.design,
    people.people,
    results.change,
    together.reliability,
    together.time,
    more.other,
    texts.texts,
    _LIMITS,
    more.methods,
)
_WITHOUT_ANSWERS = (people.design, _LIMITS, more.methods)


def build(found: Findings) -> Text:
    """Build the blocks; of too few people, or without answers, an honest small report."""
    blocks: list[Block] = [Paragraph(words()["made"].format(date=day(found.day)))]
    blocks += people.warnings(found)
    sections = _SECTIONS
    if found.people.empty or found.said.empty:
        blocks.append(Paragraph(words()["nothing"]))
        sections = _WITHOUT_ANSWERS
    elif len(found.people) < found.k:
        blocks.append(Paragraph(words()["few"].format(k=found.k)))
        sections = _WITHOUT_ANSWERS
    for section in sections:
        blocks += section(found)
    return Text(words()["title"], found.day, "en", tuple(blocks))
