"""The last sections: other questions, and methods with their sources."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from myths.evaluation.data.wordings import labels
from myths.evaluation.disclosure.bands import share
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import paragraphs, table, told
from myths.evaluation.reports.single_questions import SingleQuestion
from myths.evaluation.words import joined
from myths.vocabulary import SharedItem

_PROGRAMS = ("myths", "pandas", "scipy", "krippendorff", "altair", "vl-convert-python", "typst")


def other(found: Findings) -> list[Block]:
    """Return what people said of the workshop, and how many knew the facts."""
    words, says = found.words, found.words.report.other
    blocks: list[Block] = []
    if rows := _reaction(found):
        blocks += [ParagraphBlock(says.closing), *table(words, "other", rows)]
    if rows := _facts(found, found.singles.tries, "right", "right_last"):
        blocks += [ParagraphBlock(says.recall), *table(words, "recall", rows)]
    if rows := _facts(found, found.singles.recalled, "right"):
        blocks += [ParagraphBlock(says.no_first), *table(words, "no_first", rows)]
    heading = HeadingBlock(words.report.headings.other)
    return [heading, *(blocks or [ParagraphBlock(says.none)])]


def _reaction(found: Findings) -> list[list[str | int]]:
    """Describe the ratings that no module repeats: how the workshop was, what came of the plans."""
    words = found.words
    rows: list[list[str | int]] = []
    for each in found.singles.reactions:
        item, labelled = each.asked, _labels(found, each.asked)
        if not labelled:
            continue
        scale = range(min(labelled), max(labelled) + 1)
        names = [words.quoted(labelled.get(at, str(at))) for at in scale]
        counts = [int((each.given["value"] == at).sum()) for at in scale]
        meaning = found.content.meaning(item.module, item.item, item.wording).rstrip(".")
        question = words.asked(str(item.question).rstrip("."), item.language, meaning=meaning)
        if item.item == SharedItem.PLAN:  # it is the same in each module
            question = joined(": ", [found.title(item.module), question])
        rows.append([question, len(each.given), told(counts, names, words, k=found.k)])
    return rows


def _labels(found: Findings, item: Any) -> dict[int, str]:
    """Label the numbers that could be chosen: in the report's language, or else as it was asked."""
    key = item.module, item.item, item.wording
    meant = found.content.meant(*key)
    known = labels({each.value: each.label for each in meant.options}, meant.ends) if meant else {}
    asked = found.labels.get(key, {})
    return {
        at: known.get(at) or found.words.spoken(label, item.language) for at, label in asked.items()
    }


def _facts(
    found: Findings, answered: Sequence[SingleQuestion], *columns: str
) -> list[list[str | int]]:
    """Return how many answered each question about the facts, and the parts who were right."""
    return [
        [
            found.title(each.asked.module),
            len(each.given),
            *(
                share(int(each.given[name].sum()), len(each.given), found.words, k=found.k)
                for name in columns
            ),
        ]
        for each in answered
    ]


def methods(found: Findings) -> list[Block]:
    """Write the methods out, with sources and the versions of the programs."""
    words, says = found.words, found.words.report
    versions: list[list[str | int]] = [["Python", platform.python_version()]]
    versions += [[name, version(name)] for name in _PROGRAMS]
    return [
        HeadingBlock(says.headings.methods),
        *paragraphs(says.methods),
        HeadingBlock(says.headings.protection, 3),
        *paragraphs(says.protection, k=found.k),
        HeadingBlock(says.headings.software, 3),
        *table(words, "software", versions),
    ]
