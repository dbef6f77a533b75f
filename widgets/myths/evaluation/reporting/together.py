"""Two sections on how the questions did: how well they go together, and how long they took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.figures import rows_of
from myths.evaluation.reporting.blocks import Block, Heading, Paragraph
from myths.evaluation.reporting.findings import Findings
from myths.evaluation.reporting.wording import language, number, table, words
from myths.evaluation.scales import COMPOSITES, coefficients
from myths.evaluation.timing import SECTIONS

_ELSEWHERE = ("closing", "followup")  # pages that are no module
_LEAST = -1.0  # a lower coefficient says no more


def reliability(found: Findings) -> list[Block]:
    """Tell how well the statements of one kind go together, or why that is not told."""
    says = words()["reliability"]
    heading = Heading(words()["headings"]["reliability"])
    rows, refused = [], []
    for name, row in _composites(found):
        if isinstance(row, str) or pd.isna(row.alpha):
            refused.append(f"{name}. {row if isinstance(row, str) else row.note}")
        else:
            omega = _coefficient(row.omega, row.omega_low, row.omega_high)
            alpha = _coefficient(row.alpha, row.alpha_low, row.alpha_high)
            rows.append([name, row.k, number(int(row.n), found.k), alpha, omega])
    if not rows and not refused:
        return [heading, Paragraph(says["none"])]
    return [
        heading,
        Paragraph(says["what"]),
        *table("reliability", rows),
        *([Paragraph(says["refused"])] if refused else []),
        *map(Paragraph, refused),
    ]


def _composites(found: Findings) -> Iterator[tuple[str, Any]]:
    """Give each composite of each language: its row, or the sentence that refuses it."""
    for code in found.languages:
        pairs = found.pairs[found.pairs["language"] == code]
        for composite in COMPOSITES if len(pairs) else ():
            name = f"{words()['reliability']['names'][composite]} ({language(code)})"
            try:
                (row,) = rows_of(coefficients(pairs, composite))
            except EvaluationError as fault:
                yield name, str(fault)
            else:
                yield name, row


def _coefficient(value: Any, low: Any, high: Any) -> str:
    if pd.isna(value):
        return "not given"
    lowest = f"below {_LEAST:.0f}" if low < _LEAST else f"{low:.2f}"
    return f"{value:.2f} ({lowest} to {high:.2f})"


def time(found: Findings) -> list[Block]:
    """Tell how long the sections of each module took, coarsely."""
    says = words()["time"]
    heading = Heading(words()["headings"]["time"])
    if found.times.empty:
        return [heading, Paragraph(says["none"])]
    few = found.times["people"] < found.k
    told = found.times["minutes"].astype("object").mask(few, says["few"].format(k=found.k))
    times = found.times.assign(told=told)
    inside = times[~times["module"].isin(_ELSEWHERE)]
    sections = [name for name in SECTIONS if (inside["section"] == name).any()]
    rows: list[list[object]] = []
    for module, part in inside.groupby("module", observed=True, sort=False):
        minutes = dict(zip(part["section"], part["told"], strict=True))
        rows.append([found.title(module), *(minutes.get(name, "-") for name in sections)])
    others = times[times["module"].isin(_ELSEWHERE)]
    return [
        heading,
        Paragraph(says["what"]),
        *table("time", rows, head=[says["names"][name] for name in sections]),
        *(
            Paragraph(says["page"].format(page=found.title(row.module), minutes=row.told))
            for row in rows_of(others)
        ),
    ]
