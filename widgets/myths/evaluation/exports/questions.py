"""The question behind each column of `wide`: its title and the labels of its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from myths.evaluation.data.spread import in_order
from myths.evaluation.data.wordings import labels
from myths.evaluation.exports.spool import WORDING
from myths.evaluation.words import EXPORT
from myths.store import CELL
from myths.vocabulary import NUMERIC, Kind, Phase


@dataclass(frozen=True)
class ColumnQuestion:
    """What was asked; `labels` has every number that could be chosen."""

    title: str
    kind: str
    numeric: bool
    labels: Mapping[int, str]


def asked(
    counts: Mapping[tuple[str, ...], int], questions: pd.DataFrame
) -> dict[tuple[str, ...], ColumnQuestion]:
    """Return {(module, item, phase): its question} for all that was answered, in this order.

    `counts` has how many answers there are to each WORDING. A column that pools several wordings
    or languages has the words most people saw, and its title says that there are others. A number
    that stands for other words in another wording of the same language has neither as its label.
    """
    words = questions.astype(dict.fromkeys(WORDING, "str")).set_index(WORDING)["words"]
    cells: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for wording in sorted(counts, key=lambda each: (-counts[each], each)):
        cells.setdefault(wording[: len(CELL)], []).append(wording)
    found = {}
    for cell in in_order(cells, questions):
        wordings = cells[cell]
        kinds = [wording[len(CELL)] for wording in wordings]
        first: dict[str, Any] = words.loc[wordings[0]]
        title = f"{_when(cell[2], kinds[0])}: {first.get('question') or '.'.join(cell[:2])}"
        if len(wordings) > 1:
            title += f" [{len(wordings)} wordings: see the codebook]"
        numeric = any(kind in NUMERIC for kind in kinds)
        options = _pooled([(wording[-2], words.loc[wording]) for wording in wordings])
        found[cell] = ColumnQuestion(title, kinds[0], numeric, options)
    return found


def _when(phase: str, kind: str) -> str:
    """Return when it was asked; a question about the facts has a first answer and a last one."""
    if kind != Kind.RECALL:
        return phase
    return EXPORT.words.first if phase == Phase.BEFORE else EXPORT.words.last


def _pooled(wordings: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[int, str]:
    """Label the numbers of several wordings, each (language, words); the first ones count most."""
    found: dict[int, tuple[str, str]] = {}
    for language, words in wordings:
        for value, label in labels(words.get("options") or {}, words.get("ends")).items():
            known_in, known = found.setdefault(value, (language, label))
            if known_in == language and known != label:
                found[value] = language, EXPORT.words.several
    return {value: label for value, (_, label) in sorted(found.items())}
