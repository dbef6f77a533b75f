"""The last sections: other questions, and methods with their sources."""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterator
from importlib.metadata import version
from typing import Any

import pandas as pd

from myths.evaluation.data.wordings import labels
from myths.evaluation.disclosure.bands import share
from myths.evaluation.disclosure.release_draft import cells_of
from myths.evaluation.figures.figure import rows_of
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import paragraphs, table, told
from myths.evaluation.words import joined
from myths.vocabulary import Kind, Phase, SharedItem

_PROGRAMS = ("myths", "pandas", "scipy", "krippendorff", "altair", "vl-convert-python", "typst")


def other(found: Findings) -> list[Block]:
    """Return what people said of the workshop, and how many knew the facts."""
    words, says = found.words, found.words.report.other
    blocks: list[Block] = []
    if rows := _reaction(found):
        blocks += [ParagraphBlock(says.closing), *table(words, "other", rows)]
    if rows := _tries(found):
        blocks += [ParagraphBlock(says.recall), *table(words, "recall", rows)]
    if rows := _recall(found):
        blocks += [ParagraphBlock(says.no_first), *table(words, "no_first", rows)]
    heading = HeadingBlock(words.report.headings.other)
    return [heading, *(blocks or [ParagraphBlock(says.none)])]


def _reaction(found: Findings) -> list[list[str | int]]:
    """Describe the ratings that no module repeats: how the workshop was, what came of the plans."""
    words = found.words
    asked = found.book[(found.book["kind"] == Kind.RATING) & found.book["keyed"].isna()]
    rows: list[list[str | int]] = []
    for item in rows_of(asked):
        said = _given(found, item)
        row = f"{item.module}.{item.item} {item.wording}"
        values = said["value"][found.draft.count(row, said["participant"], cells_of(said))]
        labelled = _labels(found, item)
        if len(values) < found.k or not labelled:
            continue
        scale = range(min(labelled), max(labelled) + 1)
        names = [words.quoted(labelled.get(at, str(at))) for at in scale]
        counts = [int((values == at).sum()) for at in scale]
        meaning = found.content.meaning(item.module, item.item, item.wording).rstrip(".")
        question = words.asked(str(item.question).rstrip("."), item.language, meaning=meaning)
        if item.item == SharedItem.PLAN:  # it is the same in each module
            question = joined(": ", [found.title(item.module), question])
        rows.append([question, len(values), told(counts, names, words, k=found.k)])
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


def _tries(found: Findings) -> list[list[str | int]]:
    """Count who was right at first and at last, of those who have a first try and a last."""
    rows: list[list[str | int]] = []
    for module, items in _asked(found, with_first=True):
        first, last = (_right(found, items, phase) for phase in (Phase.BEFORE, Phase.AFTER))
        both = first.merge(last[["participant", "right"]], on="participant", suffixes=("", "_last"))
        cells = [*cells_of(first), *cells_of(last)]
        counted = both[found.draft.count(f"{module} tries", both["participant"], cells)]
        rights = [int(counted[name].sum()) for name in ("right", "right_last")]
        if (people := len(counted)) >= found.k:
            shares = [share(right, people, found.words, k=found.k) for right in rights]
            rows.append([found.title(module), people, *shares])
    return rows


def _recall(found: Findings) -> list[list[str | int]]:
    """Count who was right, where nobody kept a first try: as it was in earlier versions."""
    rows: list[list[str | int]] = []
    for module, items in _asked(found, with_first=False):
        said = _right(found, items, Phase.AFTER)
        counted = said[found.draft.count(f"{module} recall", said["participant"], cells_of(said))]
        people, right = len(counted), int(counted["right"].sum())
        if people >= found.k:
            part = share(right, people, found.words, k=found.k)
            rows.append([found.title(module), people, part])
    return rows


def _asked(found: Findings, *, with_first: bool) -> Iterator[tuple[object, pd.DataFrame]]:
    """Yield each module's wordings of its question about the facts, with first tries or without."""
    recall = found.book[(found.book["kind"] == Kind.RECALL) & found.book["correct"].notna()]
    chosen = recall[recall["phases"].str.contains(Phase.BEFORE) == with_first]
    yield from chosen.groupby("module", observed=True, sort=False)


def _right(found: Findings, items: pd.DataFrame, phase: Phase) -> pd.DataFrame:
    """Return the answers to these wordings in one phase, and whether each is right."""
    parts = [_given(found, item, [phase]).assign(correct=item.correct) for item in rows_of(items)]
    said = pd.concat(parts)
    return said.assign(right=said["value"] == said["correct"])


def _given(found: Findings, item: Any, phases: Collection[str] = Phase.words()) -> pd.DataFrame:
    """Return the answers with a value to one wording of a question."""
    said = found.said
    mine = (said["module"] == item.module) & (said["item"] == item.item)
    mine &= said["phase"].isin(phases)
    given: pd.DataFrame = said[mine & (said["wording"] == item.wording)].dropna(subset="value")
    return given


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
