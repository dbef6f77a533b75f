"""The last sections: other questions, and methods with their sources."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import Any

import pandas as pd

from myths.evaluation.disclosure.bands import share
from myths.evaluation.figures.figure import rows_of
from myths.evaluation.reports.blocks import Block, HeadingBlock, ParagraphBlock
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import paragraphs, table, told, words
from myths.vocabulary import Kind

_PROGRAMS = ("myths", "pandas", "scipy", "krippendorff", "altair", "vl-convert-python", "typst")


def other(found: Findings) -> list[Block]:
    """Return what people said of the workshop, and how many knew the facts."""
    says, heads = words().other, words().headings
    blocks: list[Block] = []
    if rows := _reaction(found):
        blocks += [ParagraphBlock(says.closing), *table("other", rows)]
    if rows := _recall(found):
        blocks += [ParagraphBlock(says.recall), *table("recall", rows)]
    return [HeadingBlock(heads.other), *(blocks or [ParagraphBlock(says.none)])]


def _reaction(found: Findings) -> list[list[object]]:
    """Describe the ratings that no module repeats: how the workshop was, what came of the plans."""
    asked = found.book[(found.book["kind"] == Kind.RATING) & found.book["keyed"].isna()]
    rows: list[list[object]] = []
    for item in rows_of(asked):
        values = _values(found, item)
        labels = found.labels.get((item.module, item.item, item.wording), {})
        if len(values) < found.k or not labels:
            continue
        scale = range(min(labels), max(labels) + 1)
        names = [f"“{labels.get(at, at)}”" for at in scale]
        counts = [int((values == at).sum()) for at in scale]
        rows.append([str(item.question).rstrip("."), len(values), told(counts, names, k=found.k)])
    return rows


def _recall(found: Findings) -> list[list[object]]:
    asked = found.book[(found.book["kind"] == Kind.RECALL) & found.book["correct"].notna()]
    right: dict[str, list[int]] = {}
    for item in rows_of(asked):
        values = _values(found, item)
        sums = right.setdefault(found.title(item.module), [0, 0])
        sums[0] += int((values == item.correct).sum())
        sums[1] += len(values)
    return [
        [module, people, share(correct, people, k=found.k)]
        for module, (correct, people) in right.items()
        if people >= found.k
    ]


def _values(found: Findings, item: Any) -> pd.Series[float]:
    said = found.said
    mine = (said["module"] == item.module) & (said["item"] == item.item)
    values: pd.Series[float] = said.loc[mine & (said["wording"] == item.wording), "value"]
    return values.dropna()


def methods(found: Findings) -> list[Block]:
    """Write the methods out, with sources and the versions of the programs."""
    heads = words().headings
    versions = [["Python", platform.python_version()]]
    versions += [[name, version(name)] for name in _PROGRAMS]
    return [
        HeadingBlock(heads.methods),
        *paragraphs(words().methods),
        HeadingBlock(heads.protection, 3),
        *paragraphs(words().protection, k=found.k),
        HeadingBlock(heads.software, 3),
        *table("software", versions),
    ]
