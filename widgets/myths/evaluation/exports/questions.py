"""The question behind each column of `wide`: its title and the labels of its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from myths.evaluation.data.spread import in_order
from myths.evaluation.data.wordings import labels
from myths.evaluation.exports.spool import WORDING
from myths.evaluation.words import EvaluationWords, joined
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
    counts: Mapping[tuple[str, ...], int], questions: pd.DataFrame, words: EvaluationWords
) -> dict[tuple[str, ...], ColumnQuestion]:
    """Return {(module, item, phase): its question} for all that was answered, in this order.

    `counts` has how many answers there are to each WORDING. A column that pools several wordings
    or languages has the words most people saw, and its title says that there are others. A number
    that stands for other words in another wording of the same language has neither as its label.
    """
    said = questions.astype(dict.fromkeys(WORDING, "str")).set_index(WORDING)["words"]
    cells: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for wording in sorted(counts, key=lambda each: (-counts[each], each)):
        cells.setdefault(wording[: len(CELL)], []).append(wording)
    found = {}
    for cell in in_order(cells, questions):
        wordings = cells[cell]
        kinds = [wording[len(CELL)] for wording in wordings]
        first: dict[str, Any] = said.loc[wordings[0]]
        question = words.spoken(first.get("question") or "", wordings[0][-2])
        title = joined(": ", [_when(cell[2], kinds[0], words), question or ".".join(cell[:2])])
        if len(wordings) > 1:
            others = words.export.wordings.of(len(wordings))
            title = joined(" ", [title, f"[{others}]"])
        numeric = any(kind in NUMERIC for kind in kinds)
        options = _pooled([(wording[-2], said.loc[wording]) for wording in wordings], words)
        found[cell] = ColumnQuestion(title, kinds[0], numeric, options)
    return found


def _when(phase: str, kind: str, words: EvaluationWords) -> str:
    """Return when it was asked; a question about the facts has a first answer and a last one."""
    says = words.export
    if kind != Kind.RECALL:
        return str(says.phases[phase])
    return says.first if phase == Phase.BEFORE else says.last


def _pooled(
    wordings: Sequence[tuple[str, Mapping[str, Any]]], words: EvaluationWords
) -> dict[int, str]:
    """Label the numbers of several wordings, each (language, words); the first ones count most."""
    found: dict[int, tuple[str, str]] = {}
    for language, asked_so in wordings:
        options = asked_so.get("options") or {}
        for value, label in labels(options, asked_so.get("ends")).items():
            known_in, known = found.setdefault(value, (language, label))
            if known_in == language and known != label:
                found[value] = language, words.export.several
    return {value: label for value, (_, label) in sorted(found.items())}
